"""A real small server that speaks clamd's PING and INSTREAM, and every way it can fail."""

import socketserver
import threading
import time
from contextlib import contextmanager

# Assembled at run time: an antivirus on a developer's machine must not eat this file.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!" + b"$H+H*"


class Double:
    def __init__(self):
        self.received = []
        self.says = None  # bytes to answer whatever came
        self.wait = 0

    def answer(self, content):
        if self.says is not None:
            return self.says
        return b"stream: Eicar-Test FOUND\0" if EICAR in content else b"stream: OK\0"


@contextmanager
def running():
    double = Double()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            order = b""
            while not order.endswith(b"\0"):
                order += self.rfile.read(1)
            if order == b"zPING\0":
                self.wfile.write(b"PONG\0")
                return
            assert order == b"zINSTREAM\0"
            content = b""
            while size := int.from_bytes(self.rfile.read(4), "big"):
                content += self.rfile.read(size)
            double.received.append(content)
            time.sleep(double.wait)
            self.wfile.write(double.answer(content))

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        double.address = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield double
        server.shutdown()
