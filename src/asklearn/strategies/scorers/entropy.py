"""How widely a prediction is spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from asklearn.core.records import Reason
from asklearn.core.view import Column, Proba, View
from asklearn.strategies.kernels.rows import as_float, entropy, leading
from asklearn.strategies.parts import Scorer, Scores


@dataclass(frozen=True, repr=False)
class Entropy(Scorer):
    """Ask where the prediction is spread most widely: Shannon entropy, in nats.

    With many classes a long tail of unlikely ones drives it, so that margin is usually better.

    References
    ----------
    Shannon, 1948, "A mathematical theory of communication"; Settles, 2009, "Active learning literature
    survey", section 3.1.

    Examples
    --------
    >>> picks = Entropy().pick_from(proba=[[1.0, 0.0, 0.0], [0.4, 0.3, 0.3], [0.5, 0.5, 0.0]], n=2)
    >>> picks.positions.tolist(), picks.scores.round(2).tolist()
    ([1, 2], [1.09, 0.69])
    """

    name: ClassVar[str] = "entropy"
    regime: ClassVar[str] = "a trained model with few classes"
    cost: ClassVar[str] = "O(N·C)"
    reference: ClassVar[str] = "Shannon 1948; Settles 2009"

    @property
    def needs(self) -> frozenset[Column]:
        """Class probabilities."""
        return frozenset({Proba()})

    def score(self, view: View, summary: Any | None) -> Scores:
        """Entropy of each candidate in nats, shape (n,)."""
        return entropy(view.column(Proba()))

    def explain(self, view: View, scores: Scores) -> tuple[Reason, ...]:
        """The entropy, and the likeliest class with its probability."""
        proba = as_float(view.column(Proba()))
        return tuple(
            Reason(
                kind="entropy",
                classes=(int(best),),
                figures={"entropy": float(score), "p1": float(row[best])},
            )
            for row, (best,), score in zip(proba, leading(proba, 1), scores, strict=True)
        )
