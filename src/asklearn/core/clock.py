"""Time: UTC integer microseconds inside, RFC 3339 at the edge."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

SECOND = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def now() -> int:
    """Microseconds since 1970-01-01 UTC."""
    return time.time_ns() // 1000


def to_rfc3339(at: int) -> str:
    """A time in microseconds as RFC 3339, such as ``2026-11-25T09:30:00.000001Z``."""
    moment = _EPOCH + timedelta(microseconds=at)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def from_rfc3339(text: str) -> int:
    """Microseconds since 1970 from RFC 3339 text.

    Raises
    ------
    ValueError
        When the text is not a date and time with an offset.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} lacks its offset from UTC, such as a final Z")
    return (moment - _EPOCH) // timedelta(microseconds=1)
