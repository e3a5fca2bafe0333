"""A receiver of webhooks for tests: a web server on this machine that keeps what it gets and answers as it is told."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from mailservers import HOST, Certificate

Answer = Callable[[int], tuple[int, dict[str, str]] | None]
"""Given how many requests came before, returns status and headers, or None to hang up without a word."""


@dataclass
class Receiver:
    """A web server on a thread; `got` is (path, headers, body) of each request, in order."""

    answer: Answer = lambda before: (200, {})
    certificate: Certificate | None = None
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def __enter__(self) -> Receiver:
        self._server = ThreadingHTTPServer((HOST, 0), self._handler())
        if self.certificate is not None:
            context: ssl.SSLContext = self.certificate.server_context()
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *about: object) -> None:
        self._server.shutdown()
        self._thread.join(10)
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                """Keep the request and answer."""
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                answer = receiver.answer(len(receiver.got))
                receiver.got.append((self.path, dict(self.headers), body))
                if answer is None:
                    self.close_connection = True
                    return
                status, headers = answer
                self.send_response(status)
                for name, value in {"Content-Length": "0", **headers}.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *about: Any) -> None:
                """Say nothing."""

        return Handler
