"""Imported by an interpreter at its start: writes down every address that it looks up, binds or connects to."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

_EVENTS = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname")


def _write_down(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _EVENTS:
        address = arguments[1] if event in ("socket.connect", "socket.bind", "socket.sendto") else arguments[:2]
        line = json.dumps([event, address], default=repr) + "\n"
        descriptor = os.open(os.environ["SOCKET_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(descriptor, line.encode())
        os.close(descriptor)


if "SOCKET_LOG" in os.environ:
    sys.addaudithook(_write_down)
