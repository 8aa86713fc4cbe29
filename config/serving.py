"""How pages are served: the settings of gunicorn (`-c python:config.serving`). Address and processes come from outside.

All processes take from one queue of the kernel, each no more than it has threads for. So whoever asks first is answered
first, by whichever process is free; with connections kept open, users would stay with the process that they met by
chance, and two thirds of them wait while another rests (ADR 0015).
"""

from __future__ import annotations

import contextlib
import socket
from typing import Any

worker_class = "gthread"
threads = worker_connections = 8  # also how many slow lines a process can listen to at a time
keepalive = 0
graceful_timeout = 10  # seconds for what is under way when the house closes
loglevel = "warning"
WAITS = 60  # seconds


def when_ready(server: Any) -> None:
    """Browsers open connections ahead of need. One that says nothing stays with the kernel (Linux), so that it takes no
    place among the eight. A system that cannot do this serves all the same."""
    for listener in server.LISTENERS:
        with contextlib.suppress(AttributeError, OSError):
            listener.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, WAITS)
