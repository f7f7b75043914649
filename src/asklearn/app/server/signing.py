"""Signed texts: what a server handed out and wants back unchanged."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

MAX_SEALED = 4_096


class Signer:
    """Seals small JSON values with HMAC-SHA256 so that nobody else can make or change one.

    Parameters
    ----------
    secret : bytes
        The project's secret. Each purpose signs with a key of its own derived from it, so a value
        sealed as a cookie never passes as a token.

    Examples
    --------
    >>> signer = Signer(b"k" * 32)
    >>> signer.open("cookie", signer.seal("cookie", {"id": "a"}))
    {'id': 'a'}
    >>> signer.open("token", signer.seal("cookie", {"id": "a"})) is None
    True
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def seal(self, purpose: str, value: Mapping[str, Any]) -> str:
        """URL-safe text: the value and its signature."""
        body = _to_text(json.dumps(dict(value), separators=(",", ":")).encode())
        return f"{body}.{self._sign(purpose, body)}"

    def open(self, purpose: str, sealed: str) -> dict[str, Any] | None:
        """The value, or None when it is not ours, was changed, or was sealed for something else."""
        body, _, signature = sealed.rpartition(".")
        if not body or len(sealed) > MAX_SEALED or not sealed.isascii():
            return None
        if not hmac.compare_digest(signature, self._sign(purpose, body)):
            return None
        value = json.loads(_from_text(body))
        return value if isinstance(value, dict) else None

    def name(self, purpose: str) -> str:
        """A short public name that is the project's own: 8 hexadecimal digits."""
        return self._key(purpose).hex()[:8]

    def _key(self, purpose: str) -> bytes:
        return hmac.digest(self._secret, f"asklearn {purpose}".encode(), sha256)

    def _sign(self, purpose: str, body: str) -> str:
        return _to_text(hmac.digest(self._key(purpose), body.encode(), sha256))


def _to_text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _from_text(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
