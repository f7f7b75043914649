"""Who may come in: a one-time token in a link buys a signed cookie, which outlives restarts."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, replace

from starlette.requests import HTTPConnection
from starlette.responses import Response

from asklearn.app.server.signing import Signer

COOKIE_SECONDS = 400 * 24 * 3600
"""The longest life that browsers grant a cookie; each naming renews it."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """One browser (or script) that came in, and the annotator name it gave."""

    id: str
    name: str | None = None

    def session(self, tab: str) -> str:
        """The session of one tab, told apart from equally named tabs of other browsers."""
        return f"{self.id}.{tab}"


class Gate:
    """Mints and redeems one-time tokens; reads and writes the cookie.

    Parameters
    ----------
    secret : bytes
        The project's secret.
    instance : str
        Of one server start. A token is good for one use at one instance; whoever can read the project
        folder can mint one (`asklearn serve`, called again, does so for the server that runs).
    """

    def __init__(self, secret: bytes, instance: str | None = None) -> None:
        self.instance = instance or secrets.token_hex(8)
        self._signer = Signer(secret)
        self._used: set[str] = set()
        self._lock = threading.Lock()

    @property
    def cookie_name(self) -> str:
        """Of the project, not of the port: browsers share cookies among the ports of a host."""
        return f"asklearn-{self._signer.name('cookie name')}"

    @property
    def project_id(self) -> str:
        """Tells this project apart from others, in public."""
        return self._signer.name("project")

    def mint(self) -> str:
        """A fresh one-time token."""
        return self._signer.seal("token", {"at": self.instance, "nonce": secrets.token_hex(12)})

    def redeem(self, token: str) -> Visitor | None:
        """A new visitor for an unused token of this instance, else None."""
        value = self._signer.open("token", token)
        if value is None or value.get("at") != self.instance:
            return None
        with self._lock:
            if value["nonce"] in self._used:
                return None
            self._used.add(value["nonce"])
        return Visitor(id=secrets.token_hex(6))

    def visitor(self, connection: HTTPConnection) -> Visitor | None:
        """Who asks, by cookie or by ``Authorization: Bearer`` with the cookie's value."""
        scheme, _, bearer = connection.headers.get("authorization", "").partition(" ")
        ticket = bearer.strip() if scheme.lower() == "bearer" else connection.cookies.get(self.cookie_name)
        value = self._signer.open("cookie", ticket) if ticket else None
        return None if value is None else Visitor(id=value["id"], name=value.get("name"))

    def ticket(self, visitor: Visitor) -> str:
        """The cookie's value."""
        return self._signer.seal("cookie", {"id": visitor.id, "name": visitor.name})

    def remember(self, response: Response, visitor: Visitor) -> None:
        """Put the visitor's cookie on a response.

        ``Lax``, not ``Strict``: a link followed from a chat or a mail must find its reader signed in.
        What changes anything is a POST, and those are checked for their origin besides.
        """
        response.set_cookie(
            self.cookie_name,
            self.ticket(visitor),
            max_age=COOKIE_SECONDS,
            path="/",
            httponly=True,
            samesite="lax",
        )

    def rename(self, response: Response, visitor: Visitor, name: str) -> Visitor:
        """The visitor under another annotator name, with its new cookie on the response."""
        named = replace(visitor, name=name)
        self.remember(response, named)
        return named
