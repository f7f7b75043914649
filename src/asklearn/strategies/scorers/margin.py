"""The gap between the two likeliest classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from asklearn.core.records import Reason
from asklearn.core.view import Column, Decision, Proba, View
from asklearn.strategies.kernels.rows import as_float, leading, two_largest
from asklearn.strategies.parts import Scorer, Scores


@dataclass(frozen=True, repr=False)
class Margin(Scorer):
    r"""Ask where the two likeliest classes are closest ("breaking ties").

    The score is p2 - p1, from -1 (certain) to 0 (a tie). It is the baseline that is hard to beat: with
    large batches, where neighbours repeat each other, or with few labels, prefer `MarginClusters`.

    References
    ----------
    Scheffer, Decomain and Wrobel, 2001, "Active hidden Markov models for information extraction".

    Examples
    --------
    >>> P = [[0.9, 0.1, 0.0], [0.5, 0.1, 0.4], [0.4, 0.35, 0.25]]
    >>> picks = Margin().pick_from(proba=P, n=2, classes=["bug", "billing", "praise"])
    >>> picks.positions.tolist()
    [2, 1]
    >>> print(picks.sentences[0].replace("\u202f", " "))
    Asked because the model cannot decide between bug (40 %) and billing (35 %).
    """

    name: ClassVar[str] = "margin"
    regime: ClassVar[str] = "a trained model, small batches; the baseline to beat"
    cost: ClassVar[str] = "O(N·C)"
    reference: ClassVar[str] = "Scheffer et al. 2001"

    @property
    def needs(self) -> frozenset[Column]:
        """Class probabilities."""
        return frozenset({Proba()})

    def score(self, view: View, summary: Any | None) -> Scores:
        """Second largest minus largest probability of each candidate, shape (n,)."""
        first, second = two_largest(view.column(Proba()))
        return second - first

    def explain(self, view: View, scores: Scores) -> tuple[Reason, ...]:
        """The two classes and their probabilities."""
        return close_pair("margin", view.column(Proba()), ("p1", "p2"))


@dataclass(frozen=True, repr=False)
class DecisionMargin(Scorer):
    """Ask nearest to the decision boundary, for models without probabilities.

    The score is the second largest decision value minus the largest, at most 0.

    References
    ----------
    Tong and Koller, 2001, "Support vector machine active learning with applications to text
    classification" ("simple margin").

    Examples
    --------
    >>> DecisionMargin().pick_from(decision=[2.0, -0.1, -3.0], n=1).positions.tolist()
    [1]
    """

    name: ClassVar[str] = "decision-margin"
    regime: ClassVar[str] = "a model with decision values but no probabilities, such as a linear SVM"
    cost: ClassVar[str] = "O(N·C)"
    reference: ClassVar[str] = "Tong and Koller 2001"

    @property
    def needs(self) -> frozenset[Column]:
        """Decision values."""
        return frozenset({Decision()})

    def score(self, view: View, summary: Any | None) -> Scores:
        """Second largest minus largest decision value of each candidate, shape (n,)."""
        first, second = two_largest(view.column(Decision()))
        return second - first

    def explain(self, view: View, scores: Scores) -> tuple[Reason, ...]:
        """The two classes and their decision values."""
        return close_pair("decision-margin", view.column(Decision()), ("d1", "d2"))


def close_pair(kind: str, matrix: Any, names: tuple[str, str]) -> tuple[Reason, ...]:
    """A reason for each row that names its two largest columns."""
    values = as_float(matrix)
    return tuple(
        Reason(
            kind=kind,
            classes=tuple(map(int, order)),
            figures={name: float(row[at]) for name, at in zip(names, order, strict=False)},
        )
        for row, order in zip(values, leading(values, 2), strict=True)
    )
