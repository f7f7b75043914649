"""The n highest scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from asklearn.core.records import Draw
from asklearn.core.view import Picks, View
from asklearn.strategies.kernels.top import top
from asklearn.strategies.parts import Picker, Scores


@dataclass(frozen=True, repr=False)
class Best(Picker):
    """Pick the n highest scores; equal scores fall by a keyed hash of the item's id.

    Examples
    --------
    >>> from asklearn.strategies import Margin
    >>> (Margin() | Best()).pick_from(proba=[[0.5, 0.5], [0.9, 0.1]]).positions.tolist()
    [0]
    """

    name: ClassVar[str] = "best"

    def pick(self, view: View, scores: Scores, n: int, key: int) -> Picks:
        """The highest scores, best first."""
        positions = top(scores, view.keys, n, key)
        return Picks(positions, scores[positions].astype(np.float64), (), (Draw(),) * len(positions))
