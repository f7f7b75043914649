"""Addresses to listen on: a busy port gives way to the next."""

from __future__ import annotations

import errno
import socket

from asklearn.core.errors import InputError

DEFAULT_PORT = 8765
TRIES = 50
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def listen(host: str, port: int, *, tries: int = TRIES) -> socket.socket:
    """A bound socket at the port, or at the first free one after it; port 0 takes any.

    Raises
    ------
    InputError
        When the host is none of this machine's, or no port is free or allowed.
    """
    last = min(port + tries, 65_536) if port else 1
    for one in range(port, last):
        try:
            return _bound(host, one)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise InputError(f"Cannot listen at {host}, port {one}: {error.strerror or error}.") from None
    raise InputError(f"All ports from {port} to {last - 1} are busy; give a free one with --port.")


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        # a port in TIME_WAIT is free; on Windows the option would share a busy one
        listener.setsockopt(socket.SOL_SOCKET, _exclusive(), 1)
        listener.bind(address)
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    listener.set_inheritable(False)
    return listener


def _exclusive() -> int:
    return int(getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR))


def url_of(host: str, port: int) -> str:
    """The address as a browser takes it; a server on all addresses is opened on this machine."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"


def names_of(host: str) -> list[str]:
    """Names that people may use for this machine; on loopback, only the one given."""
    if host in LOOPBACK:
        return [host]
    machine = socket.gethostname()
    return [host, machine, f"{machine}.local"]
