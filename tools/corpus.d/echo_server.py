"""A server that answers every request with 200 and an object that has the keys which load tests commonly read."""
import asyncio
import json

_ID = "5f0c1e4a-8f4e-4c5e-9a53-2f1d6f7b1c11"
_ITEM = {"id": 7, "_id": _ID, "uuid": _ID, "name": "name", "title": "title", "slug": "slug", "url": "/item/7",
         "price": 3.5, "quantity": 2, "status": "ok", "username": "user", "email": "user@example.com"}
_BODY = {
    **_ITEM, "token": "t0k3n", "access_token": "t0k3n", "accessToken": "t0k3n", "refresh_token": "r3fr3sh",
    "refreshToken": "r3fr3sh", "id_token": "t0k3n", "jwt": "t0k3n", "auth_token": "t0k3n", "key": "k3y",
    "token_type": "bearer", "expires_in": 3600, "session_id": _ID, "sessionId": _ID, "session": _ID, "success": True,
    "message": "ok", "msg": "ok", "code": 200, "error": None, "count": 2, "total": 2, "user_id": 7, "userId": 7,
    "user": _ITEM, "order_id": 7, "orderId": 7, "task_id": _ID, "job_id": _ID, "access": "t0k3n", "refresh": "r3fr3sh",
    "result": _ITEM, "data": {**_ITEM, "token": "t0k3n", "access_token": "t0k3n", "items": [_ITEM, _ITEM]},
    "results": [_ITEM, _ITEM], "items": [_ITEM, _ITEM], "users": [_ITEM, _ITEM], "products": [_ITEM, _ITEM],
    "content": [_ITEM, _ITEM], "short_code": "abc", "short_url": "http://127.0.0.1/abc", "prediction": 1,
    "health": "ok", "choices": [{"message": {"content": "text"}, "text": "text"}], "answer": "text", "response": "text",
    "csrfmiddlewaretoken": "c5rf", "csrf_token": "c5rf",
}
_TEXT = json.dumps(_BODY).encode()
_HEAD = (b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nSet-Cookie: csrftoken=c5rf; Path=/\r\n"
         b"Set-Cookie: sessionid=s3ss10n; Path=/; HttpOnly\r\nX-CSRF-Token: c5rf\r\nContent-Length: %d\r\n\r\n" % len(_TEXT))


async def _serve(reader, writer):
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
            if headers.get("expect", "").lower() == "100-continue":
                writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            if "chunked" in headers.get("transfer-encoding", ""):
                while True:
                    size = int((await reader.readline()).split(b";")[0] or b"0", 16)
                    await reader.readexactly(size + 2)
                    if size == 0:
                        break
            else:
                await reader.readexactly(int(headers.get("content-length") or 0))
            writer.write(_HEAD if lines[0].startswith("HEAD ") else _HEAD + _TEXT)
            await writer.drain()
            if headers.get("connection", "").lower() == "close":
                break
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError, ValueError):
        pass
    finally:
        writer.close()


def serve(ready):
    """Serves on a free port of loopback for as long as the process lives; ready(port) is told once."""
    async def run():
        server = await asyncio.start_server(_serve, "127.0.0.1", 0, limit=1 << 20)
        ready(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())
