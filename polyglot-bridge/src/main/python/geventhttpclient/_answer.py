"""What geventhttpclient's own functions answer."""
from locust.contrib._fast_response import FastResponse


class Answer(FastResponse):
    """Read completely; read() takes from it as from a file."""

    _at = 0

    def read(self, n=None):
        content = self.content
        end = len(content) if n is None or n < 0 else self._at + n
        piece = content[self._at:end]
        self._at += len(piece)
        return piece

    def readline(self):
        end = self.content.find(b"\n", self._at) + 1 or len(self.content)
        return self.read(end - self._at)

    def readlines(self):
        return self.read().splitlines(keepends=True)

    def get(self, name, default=None):
        return self.headers.get(name, default)

    def __getitem__(self, name):
        return self.headers[name]

    @property
    def code(self):
        return self.status_code

    @property
    def status_message(self):
        return self._reply.reason()

    def geturl(self):
        return self.url

    def info(self):
        return self.headers
