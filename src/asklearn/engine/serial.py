"""One part after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from asklearn.engine.blas import one_blas_thread


@dataclass(frozen=True)
class Serial:
    """Runs parts in the calling thread.

    Examples
    --------
    >>> Serial().map(len, ["a", "bcd"])
    [1, 3]
    """

    def map(self, function: Callable[[Any], Any], parts: Iterable[Any]) -> list[Any]:
        """Results in the order of the parts."""
        with one_blas_thread():
            return [function(part) for part in parts]
