"""Waiting longer after each failure."""

from __future__ import annotations


class Backoff:
    """Pauses that double from ``first`` to ``longest``, in seconds.

    Examples
    --------
    >>> backoff = Backoff(first=1, longest=5)
    >>> [backoff.next() for _ in range(4)]
    [1, 2, 4, 5]
    >>> backoff.reset()
    >>> backoff.next()
    1
    """

    def __init__(self, *, first: float, longest: float) -> None:
        self.first, self.longest = first, longest
        self._pause = first

    def next(self) -> float:
        """The pause after one more failure."""
        pause = self._pause
        self._pause = min(pause * 2, self.longest)
        return pause

    def reset(self) -> None:
        """Start over: it went well."""
        self._pause = self.first
