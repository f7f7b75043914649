"""Scorers, filters and a picker in a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from asklearn.core.errors import InputError
from asklearn.core.protocols import Memory
from asklearn.core.records import Draw, Reason
from asklearn.core.view import Column, Picks, View
from asklearn.strategies.parts import Choosing, Filter, Method, Part, Picker, Scorer, Scores
from asklearn.strategies.pickers.best import Best


@dataclass(frozen=True, repr=False)
class Pipeline(Choosing):
    """Parts applied from left to right: ``Margin() | Top(5_000) | OnePerCluster()``.

    A scorer scores the candidates that are left, a filter drops some, the picker at the end chooses. With
    several scorers the last one before a filter or picker counts, so a costly one can come after a filter.
    Without a picker the best scores are picked.

    Parameters
    ----------
    steps : tuple of Part

    Raises
    ------
    InputError
        When a filter or picker reads scores and no scorer comes before it, or a picker is not the last.

    Examples
    --------
    >>> from asklearn.strategies import Entropy, OnePerCluster, Top
    >>> pipeline = Entropy() | Top(n=5_000) | OnePerCluster()
    >>> pipeline
    Entropy() | Top(n=5000) | OnePerCluster()
    >>> (Entropy() | Top(n=9)).to_json()
    {'name': 'pipeline', 'steps': [{'name': 'entropy'}, {'name': 'top', 'n': 9}]}
    """

    name: ClassVar[str] = "pipeline"
    steps: tuple[Part, ...]

    def __post_init__(self) -> None:
        scored = False
        for place, step in enumerate(self.steps):
            _check_step(step, scored=scored, last=place == len(self.steps) - 1)
            scored = scored or isinstance(step, Scorer)
        if not any(isinstance(step, Scorer | Picker) for step in self.steps):
            raise InputError("A pipeline needs a scorer or a picker, such as Margin() or Random().")

    @classmethod
    def of(cls, *parts: Part) -> Pipeline:
        """The pipeline of these parts, those of pipelines among them in their place."""
        return cls(tuple(step for part in parts for step in _steps(part)))

    @classmethod
    def build(cls, configuration: Mapping[str, Any]) -> Self:
        """A pipeline from the JSON of its steps."""
        from asklearn.strategies.catalogue import from_json

        return cls(tuple(from_json(step) for step in configuration["steps"]))

    @property
    def needs(self) -> frozenset[Column]:
        """Columns that any step reads."""
        return frozenset().union(*(step.needs for step in self.steps))

    @property
    def wants(self) -> frozenset[Column]:
        """Columns that any step reads when they are there."""
        return frozenset().union(*(step.wants for step in self.steps))

    def select(self, view: View, n: int, *, key: int, memory: Memory) -> tuple[Picks, Memory]:
        """At most n picks; the memory passes through unchanged."""
        picks = self._pick(view, min(n, len(view)), key) if n > 0 and len(view) else none_picked()
        return picks, memory

    def _pick(self, view: View, n: int, key: int) -> Picks:
        positions: NDArray[np.int64] | None = None
        scores: Scores = np.zeros(len(view), dtype=np.float32)
        scorer: Scorer | None = None
        for step in self.steps:
            if isinstance(step, Scorer):
                scorer, scores = step, scored(step, view)
            elif isinstance(step, Filter):
                kept = step.keep(view, scores, n, key)
                view, scores = view.take(kept), scores[kept]
                positions = kept if positions is None else positions[kept]
        last = self.steps[-1]
        picker = last if isinstance(last, Picker) else Best()
        picks = picker.pick(view, scores, min(n, len(view)), key)
        reasons = picks.reasons or _reasons(scorer, view, picks, scores)
        if positions is None:
            return replace(picks, reasons=reasons)
        # Behind a filter the probabilities of a draw speak of what the filter left, not of the pool.
        return Picks(positions[picks.positions], picks.scores, reasons, (Draw(),) * len(picks))

    def __repr__(self) -> str:
        return " | ".join(map(repr, self.steps))


def none_picked() -> Picks:
    """No picks."""
    return Picks(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float64), (), ())


def scored(scorer: Scorer, view: View) -> Scores:
    """Scores of all candidates, block by block, shape (n,).

    Raises
    ------
    InputError
        When a score is NaN; names the first positions.
    """
    if not len(view):
        return np.zeros(0, dtype=np.float32)
    parts = [one for one in view.map_blocks(scorer.summarise) if one is not None]
    summary = reduce(add, parts) if parts else None
    scores = np.concatenate(view.map_blocks(lambda block: scorer.score(block, summary)))
    if np.isnan(scores).any():
        places = np.flatnonzero(np.isnan(scores))
        where = ", ".join(map(str, places[:3])) + (", …" if len(places) > 3 else "")
        raise InputError(
            f"{scorer!r} scored {len(places)} candidates NaN (positions {where}): its columns have NaN."
        )
    return scores


def _reasons(scorer: Scorer | None, view: View, picks: Picks, scores: Scores) -> tuple[Reason, ...]:
    if scorer is None:
        return (Reason(kind="random"),) * len(picks)
    return scorer.explain(view.take(picks.positions), scores[picks.positions])


def _steps(part: Part) -> tuple[Part, ...]:
    if isinstance(part, Method):
        return _steps(part.pipeline())
    if isinstance(part, Pipeline):
        return part.steps
    return (part,)


def _check_step(step: Part, *, scored: bool, last: bool) -> None:
    if not isinstance(step, Scorer | Filter | Picker):
        raise InputError(f"{step!r} cannot be a step of a pipeline; scorers, filters and pickers can.")
    if isinstance(step, Picker) and not last:
        raise InputError(f"{step!r} picks, so it comes last; put scorers and filters before it.")
    if isinstance(step, Filter | Picker) and step.by_score and not scored:
        raise InputError(f"{step!r} reads scores; put a scorer before it, such as Margin() | {step!r}.")
