"""Only the best scores stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from asklearn.core.errors import InputError
from asklearn.core.view import View
from asklearn.strategies.kernels.top import top
from asklearn.strategies.parts import Filter, Scores


@dataclass(frozen=True, repr=False)
class Top(Filter):
    """Keep the candidates of the highest scores: a fixed number, or some for each pick.

    Parameters
    ----------
    n : int, optional
        How many stay; never fewer than are to be picked.
    per_pick : int, optional
        How many stay for each pick of the batch, instead of ``n``.

    Raises
    ------
    InputError
        Unless exactly one of the two is given, and is at least 1.

    Examples
    --------
    >>> from asklearn.strategies import Margin, OnePerCluster
    >>> Margin() | Top(n=1_000) | OnePerCluster()
    Margin() | Top(n=1000) | OnePerCluster()
    """

    name: ClassVar[str] = "top"
    n: int | None = None
    per_pick: int | None = None

    def __post_init__(self) -> None:
        given = [value for value in (self.n, self.per_pick) if value is not None]
        if len(given) != 1 or given[0] < 1:
            raise InputError(
                f"Top keeps n= or per_pick= candidates, one of them and at least 1; got {self!r}."
            )

    def keep(self, view: View, scores: Scores, n: int, key: int) -> NDArray[np.int64]:
        """Positions of the best scores, best first; ties by key."""
        room = self.n if self.n is not None else n * (self.per_pick or 1)
        return top(scores, view.keys, max(n, room), key)
