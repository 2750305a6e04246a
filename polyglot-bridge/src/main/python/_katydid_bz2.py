"""The compressor and the decompressor of `bz2`, in Java: GraalPy looks for a library that is not there."""
import _katydid


class BZ2Compressor:
    """bz2.BZ2Compressor."""

    def __init__(self, compresslevel=9, /):
        if not 1 <= compresslevel <= 9:
            raise ValueError("compresslevel must be between 1 and 9")
        self._java = _katydid._host.newBzip2Encoder(compresslevel)

    def compress(self, data, /):
        if self._java is None:
            raise ValueError("Compressor has been flushed")
        return self._java.add(bytes(memoryview(data).cast("B"))).encode("latin-1")

    def flush(self):
        if self._java is None:
            raise ValueError("Repeated call to flush()")
        java, self._java = self._java, None
        return java.finish().encode("latin-1")

    def __reduce__(self):
        raise TypeError("cannot pickle '_bz2.BZ2Compressor' object")


class BZ2Decompressor:
    """bz2.BZ2Decompressor."""

    def __init__(self):
        self._java = _katydid._host.newBzip2Decoder()
        self._ready = b""
        self.eof = False
        self.unused_data = b""

    @property
    def needs_input(self):
        return not self.eof and not self._ready

    def decompress(self, data, max_length=-1):
        if self.eof:
            raise EOFError("End of stream already reached")
        java = self._java
        if java is not None:
            text = java.add(bytes(memoryview(data).cast("B")))
            if text is None:
                raise OSError("Invalid data stream")
            self._ready += text.encode("latin-1")
            if java.ended():
                self.unused_data = java.rest().encode("latin-1")
                self._java = None
        size = len(self._ready) if max_length < 0 else max_length
        piece, self._ready = self._ready[:size], self._ready[size:]
        self.eof = self._java is None and not self._ready
        return piece

    def __reduce__(self):
        raise TypeError("cannot pickle '_bz2.BZ2Decompressor' object")


for _class in (BZ2Compressor, BZ2Decompressor):
    _class.__module__ = "_bz2"


def change(module):
    """`module`: bz2."""
    module.BZ2Compressor, module.BZ2Decompressor = BZ2Compressor, BZ2Decompressor
