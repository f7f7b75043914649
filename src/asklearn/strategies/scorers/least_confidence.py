"""How unlikely the best guess is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from asklearn.core.records import Reason
from asklearn.core.view import Column, Proba, View
from asklearn.strategies.kernels.rows import largest, leading
from asklearn.strategies.parts import Scorer, Scores


@dataclass(frozen=True, repr=False)
class LeastConfidence(Scorer):
    """Ask where even the likeliest class is unlikely.

    The score is -p1, from -1 (certain) to -1/n_classes: left negative, because 1 - p1 would round away
    differences between small probabilities. In large batches it falls behind random; prefer `Margin`.

    References
    ----------
    Lewis and Gale, 1994, "A sequential algorithm for training text classifiers".

    Examples
    --------
    >>> P = [[0.9, 0.1, 0.0], [0.5, 0.1, 0.4], [0.4, 0.35, 0.25]]
    >>> LeastConfidence().pick_from(proba=P, n=1).positions.tolist()
    [2]
    """

    name: ClassVar[str] = "least-confidence"
    regime: ClassVar[str] = "a trained model, batches of one"
    cost: ClassVar[str] = "O(N·C)"
    reference: ClassVar[str] = "Lewis and Gale 1994"

    @property
    def needs(self) -> frozenset[Column]:
        """Class probabilities."""
        return frozenset({Proba()})

    def score(self, view: View, summary: Any | None) -> Scores:
        """Minus the largest probability of each candidate, shape (n,)."""
        return -largest(view.column(Proba()))

    def explain(self, view: View, scores: Scores) -> tuple[Reason, ...]:
        """The likeliest class and its probability."""
        best = leading(view.column(Proba()), 1)[:, 0]
        return tuple(
            Reason(kind="least-confidence", classes=(int(one),), figures={"p1": -float(score)})
            for one, score in zip(best, scores, strict=True)
        )
