"""What holds for every request, whatever it asks: host, origin, size, headers, no traceback."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from asklearn.app.server.problems import Refused, of_unknown, respond

MAX_BODY = 2_000_000
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[^@:/\[\]\s]+)(:\d{1,5})?")

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """ASGI middleware around the whole app.

    Parameters
    ----------
    app : ASGIApp
    hosts : iterable of str
        Host names under which the server answers, besides ``localhost``.
    any_address : bool
        Answer under any IP address too: for a server that listens on the network. A page of another
        site that rebinds its name to us still carries its own name as Host, so it stays out.
    """

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str] = (), any_address: bool = False) -> None:
        self.app = app
        self.hosts = frozenset({"localhost", "127.0.0.1", "::1", *(host.lower() for host in hosts)})
        self.any_address = any_address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check, pass on, and dress the response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            headers = Headers(scope=scope)
            self.check(scope["method"], scope["path"], headers)
            body = receive if scope["method"] in SAFE else await _limited(headers, receive)
            await self.app(scope, body, dressed)
        except Refused as refusal:
            await respond(refusal.problem)(scope, receive, dressed)
        except Exception as error:  # noqa: BLE001 - the last place where it can still be said in a sentence
            problem = of_unknown(error)
            if not started:
                await respond(problem)(scope, receive, dressed)

    def check(self, method: str, path: str, headers: Headers) -> None:
        """Refuse foreign hosts, and whatever another site's page sends.

        Raises
        ------
        Refused
            400 for a host that is not ours, 403 for a request from elsewhere.
        """
        host = headers.get("host", "")
        if not self._is_ours(host):
            raise Refused(
                400, "host", f"This server does not answer under the name {host!r}; open the link it printed."
            )
        if method not in SAFE and "origin" in headers:
            origin = urlsplit(headers["origin"])
            if origin.scheme not in ("http", "https") or origin.netloc.lower() != host.lower():
                raise _foreign()
        # another port of this machine is "same-site" and would get our cookie: only our own pages may call
        fetch_site = headers.get("sec-fetch-site", "none")
        if (method not in SAFE or path.startswith("/api/")) and fetch_site not in ("same-origin", "none"):
            raise _foreign()

    def _is_ours(self, host: str) -> bool:
        found = _HOST.fullmatch(host)
        name = found["name"].strip("[]").lower() if found else ""
        return name in self.hosts or (self.any_address and _is_address(name))


def _foreign() -> Refused:
    return Refused(
        403, "origin", "This request comes from another site; only asklearn's own page may send it."
    )


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _too_large() -> Refused:
    return Refused(413, "too-large", f"The request is larger than {MAX_BODY:,} bytes; send it in parts.")


async def _limited(headers: Headers, receive: Receive) -> Receive:
    """Read the whole body within the limit, and hand it on as one message."""
    declared = headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > MAX_BODY:
        raise _too_large()
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            break
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > MAX_BODY:
            raise _too_large()
    waiting: list[Message] = [{"type": "http.request", "body": bytes(body), "more_body": False}]

    async def once() -> Message:
        return waiting.pop() if waiting else await receive()

    return once
