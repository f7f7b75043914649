"""The default: variety first, then one of each cluster of the lowest margins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from asklearn.core.errors import InputError
from asklearn.core.protocols import Memory
from asklearn.core.view import Column, Decision, Embedding, Proba
from asklearn.strategies.filters.top import Top
from asklearn.strategies.parts import Part
from asklearn.strategies.pickers.diverse import Diverse
from asklearn.strategies.pickers.one_per_cluster import OnePerCluster
from asklearn.strategies.pickers.random import Random
from asklearn.strategies.pipeline import Pipeline
from asklearn.strategies.policies.policy import Evidence, Policy
from asklearn.strategies.scorers.margin import DecisionMargin, Margin


@dataclass(frozen=True, repr=False)
class Auto(Policy):
    """What fits the labels there are.

    The first labels come from every corner of the pool (`Diverse`), whatever a model or the label names
    say; measured, a first batch that trusts the names costs points. Then follows one of each cluster of
    the lowest margins (`MarginClusters`). Without vectors it is plain margin, without probabilities the
    margin of decision values, without either it stays with variety, and with nothing at all random.

    Parameters
    ----------
    first : int, optional
        How many labels come before the model is trusted, of at least two classes. By default three for
        each class, but at least 10 and at most 200. More pays only where classes are about equally large.
    per_pick : int
        How many of the lowest margins are looked at for each pick.

    References
    ----------
    Hacohen, Dekel and Weinshall, 2022 (first labels); Zhdanov, 2019 (then); Doucet et al., 2024,
    "Bridging diversity and uncertainty in active learning with self-supervised pre-training" (the switch).

    Examples
    --------
    >>> P = [[0.5, 0.5], [0.51, 0.49], [0.6, 0.4], [0.99, 0.01]]
    >>> X = [[0.0, 0.0], [0.0, 0.1], [9.0, 9.0], [5.0, 5.0]]
    >>> [reason.kind for reason in Auto().pick_from(proba=P, embedding=X, n=2).reasons]
    ['cold', 'cold']
    >>> labels = [0, 1] * 5
    >>> [reason.kind for reason in Auto().pick_from(proba=P, embedding=X, labels=labels, n=2).reasons]
    ['margin', 'margin']
    """

    name: ClassVar[str] = "auto"
    regime: ClassVar[str] = "the default: chooses by what there is"
    cost: ClassVar[str] = "that of diverse, then of margin-clusters"
    reference: ClassVar[str] = "measured; after Hacohen et al. 2022, Zhdanov 2019"

    first: int | None = None
    per_pick: int = 8

    def __post_init__(self) -> None:
        if (self.first is not None and self.first < 0) or self.per_pick < 1:
            raise InputError(f"first is at least 0 and per_pick at least 1; got {self!r}.")

    @property
    def wants(self) -> frozenset[Column]:
        """Probabilities or decision values, and vectors."""
        return frozenset({Proba(), Decision(), Embedding()})

    def choose(self, memory: Memory, evidence: Evidence) -> tuple[Pipeline, dict[str, Any]]:
        """The pipeline for what there is; the memory says which stage it is in."""
        cold = evidence.labels < self._first(evidence) or evidence.classes_seen < 2
        stage = "variety" if cold else "margin"
        return Pipeline.of(*self._parts(evidence.columns, trust=not cold)), {"stage": stage}

    def _first(self, evidence: Evidence) -> int:
        if self.first is not None:
            return self.first
        return min(max(3 * len(evidence.class_counts), 10), 200)

    def _parts(self, columns: frozenset[Column], *, trust: bool) -> tuple[Part, ...]:
        scorer = Margin() if Proba() in columns else DecisionMargin() if Decision() in columns else None
        if scorer is not None and trust:
            if Embedding() in columns:
                return scorer, Top(per_pick=self.per_pick), OnePerCluster()
            return (scorer,)
        return (Diverse(),) if Embedding() in columns else (Random(),)
