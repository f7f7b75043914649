"""Choosing among pipelines: what a policy sees and what it remembers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from asklearn.core.protocols import Memory
from asklearn.core.view import Column, Picks, View
from asklearn.strategies.parts import Choosing
from asklearn.strategies.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a policy knows before it chooses.

    Attributes
    ----------
    class_counts : tuple of int
        Labels of each class, in class order.
    columns : frozenset of Column
        What somebody provides.
    round : int
        Rounds so far; 0 before the first model.
    """

    class_counts: tuple[int, ...]
    columns: frozenset[Column]
    round: int = 0

    @classmethod
    def of(cls, view: View) -> Evidence:
        """The evidence in a view."""
        y = view.labelled.y if view.labelled is not None else np.empty(0, dtype=np.int64)
        counts = np.bincount(y, minlength=view.n_classes)
        return cls(tuple(map(int, counts)), frozenset(view.providers), view.round)

    @property
    def labels(self) -> int:
        """Labels in all."""
        return sum(self.class_counts)

    @property
    def classes_seen(self) -> int:
        """Classes with a label."""
        return sum(count > 0 for count in self.class_counts)


class Policy(Choosing):
    """Chooses a pipeline for each batch; what it remembers is JSON, kept with the round."""

    def choose(self, memory: Memory, evidence: Evidence) -> tuple[Pipeline, dict[str, Any]]:
        """The pipeline for the next batch, and the memory after it."""
        raise NotImplementedError

    def select(self, view: View, n: int, *, key: int, memory: Memory) -> tuple[Picks, Memory]:
        """N picks of the pipeline that it chooses."""
        pipeline, after = self.choose(memory, Evidence.of(view))
        picks, _ = pipeline.select(view, n, key=key, memory={})
        return picks, after
