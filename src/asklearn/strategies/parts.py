"""What every strategy is made of: configuration that prints, compares and round-trips."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from asklearn.core.protocols import Memory
from asklearn.core.records import Reason
from asklearn.core.view import Column, Picks, View

if TYPE_CHECKING:
    from asklearn.strategies.pipeline import Pipeline

Scores = NDArray[np.floating[Any]]
NO_COLUMNS: frozenset[Column] = frozenset()


class Part:
    """A scorer, filter, picker, or something made of them: a frozen dataclass with its configuration only.

    Attributes
    ----------
    name : str
        Short name, as in ``strategy="margin"`` and in JSON.
    regime : str
        When it is the right choice, in a few words.
    cost : str
        What a batch costs, with N candidates, C classes, d dimensions, n picks.
    reference : str
        The paper.
    needs, wants : frozenset of Column
        Columns that it cannot do without, and those that it reads when they are there.
    """

    name: ClassVar[str] = ""
    regime: ClassVar[str] = ""
    cost: ClassVar[str] = ""
    reference: ClassVar[str] = ""

    @property
    def needs(self) -> frozenset[Column]:
        """Columns that it reads."""
        return NO_COLUMNS

    @property
    def wants(self) -> frozenset[Column]:
        """Columns that it reads when somebody provides them."""
        return NO_COLUMNS

    def to_json(self) -> dict[str, Any]:
        """Its name and configuration as plain JSON; `from_json` is the way back."""
        return {"name": self.name, **{key: _plain(value) for key, value in _configuration(self).items()}}

    @classmethod
    def build(cls, configuration: Mapping[str, Any]) -> Self:
        """One of this class from its configuration in JSON, without the name."""
        return cls(**configuration)

    def __or__(self, other: Part) -> Pipeline:
        if not isinstance(other, Part):
            return NotImplemented
        from asklearn.strategies.pipeline import Pipeline

        return Pipeline.of(self, other)

    def __repr__(self) -> str:
        inner = ", ".join(f"{key}={value!r}" for key, value in _configuration(self).items())
        return f"{type(self).__name__}({inner})"


def _configuration(part: Part) -> dict[str, Any]:
    """The fields that differ from their defaults."""
    found = {}
    for field in fields(part):  # type: ignore[arg-type]
        value = getattr(part, field.name)
        if field.default is MISSING or value != field.default:
            found[field.name] = value
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Part):
        return value.to_json()
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


class Choosing(Part):
    """A part that chooses by itself: everything that `asklearn.strategies.strategy` accepts."""

    def select(self, view: View, n: int, *, key: int, memory: Memory) -> tuple[Picks, Memory]:
        """At most n picks of the view, best first, and the memory to keep with the round.

        Parameters
        ----------
        view : View
        n : int
            0 gives none; more than there are candidates gives all of them.
        key : int
            Key of all randomness, ties included.
        memory : mapping
            What the last call returned; empty at first.
        """
        raise NotImplementedError

    def pick_from(
        self,
        *,
        proba: Any = None,
        decision: Any = None,
        embedding: Any = None,
        labelled_embedding: Any = None,
        labels: Any = None,
        n: int = 1,
        seed: int = 0,
        ids: Any = None,
        classes: Any = None,
        n_classes: int | None = None,
    ) -> Picks:
        """Choose from plain arrays, with no project; see `asklearn.strategies.pick`."""
        from asklearn.strategies.arrays import pick_from

        return pick_from(
            self,
            proba=proba,
            decision=decision,
            embedding=embedding,
            labelled_embedding=labelled_embedding,
            labels=labels,
            n=n,
            seed=seed,
            ids=ids,
            classes=classes,
            n_classes=n_classes,
        )


class Scorer(Choosing):
    """Gives each candidate a number; higher is asked sooner. Alone it picks the n highest."""

    def summarise(self, view: View) -> Any | None:
        """A statistic of one block of the pool, merged with ``+``; None when none is needed."""
        return None

    def score(self, view: View, summary: Any | None) -> Scores:
        """One number for each candidate, float32 or float64, never NaN."""
        raise NotImplementedError

    def explain(self, view: View, scores: Scores) -> tuple[Reason, ...]:
        """Why each of these candidates got its score."""
        raise NotImplementedError

    def select(self, view: View, n: int, *, key: int, memory: Memory) -> tuple[Picks, Memory]:
        """The n highest scores."""
        from asklearn.strategies.pipeline import Pipeline

        return Pipeline.of(self).select(view, n, key=key, memory=memory)


class Filter(Part):
    """Drops candidates.

    Attributes
    ----------
    by_score : bool
        Whether it reads scores, so that a scorer must come before it.
    """

    by_score: ClassVar[bool] = True

    def keep(self, view: View, scores: Scores, n: int, key: int) -> NDArray[np.int64]:
        """Positions that stay, when n are to be picked in the end."""
        raise NotImplementedError


class Picker(Choosing):
    """Chooses n candidates, in order, each once.

    Attributes
    ----------
    by_score : bool
        Whether it reads scores, so that a scorer must come before it.
    """

    by_score: ClassVar[bool] = True

    def pick(self, view: View, scores: Scores, n: int, key: int) -> Picks:
        """At most n distinct positions; ``reasons`` may stay empty, then the scorer's hold."""
        raise NotImplementedError

    def select(self, view: View, n: int, *, key: int, memory: Memory) -> tuple[Picks, Memory]:
        """N picks of all candidates."""
        from asklearn.strategies.pipeline import Pipeline

        return Pipeline.of(self).select(view, n, key=key, memory=memory)


class Method(Choosing):
    """A published method under its own name: a pipeline with the paper's defaults."""

    def pipeline(self) -> Pipeline:
        """The parts that it is made of."""
        raise NotImplementedError

    @property
    def needs(self) -> frozenset[Column]:
        """Columns that its parts read."""
        return self.pipeline().needs

    @property
    def wants(self) -> frozenset[Column]:
        """Columns that its parts read when somebody provides them."""
        return self.pipeline().wants

    def select(self, view: View, n: int, *, key: int, memory: Memory) -> tuple[Picks, Memory]:
        """N picks of the pipeline."""
        return self.pipeline().select(view, n, key=key, memory=memory)
