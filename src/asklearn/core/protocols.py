"""The contracts between rooms. Whoever implements one passes its check in `asklearn.testing`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from asklearn.core.records import (
    Annotation,
    Event,
    Item,
    Label,
    Observation,
    Purpose,
    Query,
    QueryState,
    Reason,
    Receipt,
    Round,
    Verdict,
)
from asklearn.core.view import Column, Picks, View

Memory = Mapping[str, Any]


class Scorer(Protocol):
    """Gives each candidate a number; higher is asked sooner."""

    @property
    def needs(self) -> frozenset[Column]:
        """Columns that it reads."""
        ...

    @property
    def wants(self) -> frozenset[Column]:
        """Columns that it reads when somebody provides them, and can do without."""
        ...

    def summarise(self, view: View) -> Any | None:
        """A statistic of one part of the pool, merged associatively with ``+``; None when not needed."""
        ...

    def score(self, view: View, summary: Any | None) -> NDArray[np.floating[Any]]:
        """One float32 or float64 for each candidate; it depends on the row and the summary only."""
        ...

    def explain(self, view: View, scores: NDArray[np.floating[Any]]) -> tuple[Reason, ...]:
        """Why each of these candidates (the picked ones) got its score."""
        ...


class Filter(Protocol):
    """Drops candidates."""

    @property
    def needs(self) -> frozenset[Column]:
        """Columns that it reads."""
        ...

    @property
    def wants(self) -> frozenset[Column]:
        """Columns that it reads when somebody provides them, and can do without."""
        ...

    def keep(self, view: View, scores: NDArray[np.floating[Any]], n: int, key: int) -> NDArray[np.int64]:
        """Positions that stay, when n are to be picked in the end."""
        ...


class Picker(Protocol):
    """Chooses n candidates, in order, each once."""

    @property
    def needs(self) -> frozenset[Column]:
        """Columns that it reads."""
        ...

    @property
    def wants(self) -> frozenset[Column]:
        """Columns that it reads when somebody provides them, and can do without."""
        ...

    def pick(self, view: View, scores: NDArray[np.floating[Any]], n: int, key: int) -> Picks:
        """At most n distinct positions; ``reasons`` may be empty, then the scorer's hold."""
        ...


@runtime_checkable
class Strategy(Protocol):
    """What to ask next: a pipeline, or a policy that chooses among pipelines."""

    @property
    def needs(self) -> frozenset[Column]:
        """Columns that it reads."""
        ...

    @property
    def wants(self) -> frozenset[Column]:
        """Columns that it reads when somebody provides them, and can do without."""
        ...

    def select(self, view: View, n: int, *, key: int, memory: Memory) -> tuple[Picks, Memory]:
        """At most n picks of the view, and the memory to keep with the round."""
        ...

    def to_json(self) -> dict[str, Any]:
        """Its configuration; `asklearn.strategies.from_json` is the way back."""
        ...


class Stream(Protocol):
    """Decides item by item, one pass, within a budget."""

    def offer(self, view: View, memory: Memory, key: int) -> tuple[NDArray[np.bool_], Memory]:
        """Which of the items on offer to ask, and the memory."""
        ...


class Rule(Protocol):
    """A stopping rule: reads rounds, returns a verdict."""

    @property
    def needs(self) -> frozenset[str]:
        """Names of the observations that it reads."""
        ...

    def judge(self, rounds: Sequence[Round], labels: int) -> Verdict:
        """The verdict after these rounds, with ``labels`` labels in all."""
        ...

    def to_json(self) -> dict[str, Any]:
        """Its configuration; `asklearn.stopping.from_json` is the way back."""
        ...


class Task(Protocol):
    """What a label is. Values inside are label ids; names live at the edge."""

    @property
    def kind(self) -> str:
        """Name of its kind, such as ``"single-label"``."""
        ...

    @property
    def version(self) -> int:
        """Rises with every change of the label set."""
        ...

    @property
    def classes(self) -> tuple[str, ...]:
        """Ids of the labels, in the task's class order."""
        ...

    def validate(self, value: Any) -> Any:
        """The stored value of what a person wrote (a label's name); InputError when it is none."""
        ...

    def display(self, value: Any) -> Any:
        """What a person reads for a stored value."""
        ...

    def encode(self, values: Sequence[Any]) -> NDArray[np.int64]:
        """Class positions of stored values."""
        ...

    def decode(self, positions: NDArray[np.int64]) -> list[Any]:
        """Stored values of class positions."""
        ...

    def distance(self, a: Any, b: Any) -> float:
        """How far two values are apart, 0 to 1."""
        ...

    def merge(self, values: Sequence[Any], weights: Sequence[float]) -> tuple[Any, float]:
        """The settled value of several answers and its share of the weight."""
        ...

    def migrate(self, value: Any, version: int) -> Any | None:
        """A value of an older version of the task in this one; None when it must be asked again."""
        ...

    def to_json(self) -> dict[str, Any]:
        """Its definition, with its history of changes."""
        ...

    def json_schema(self) -> dict[str, Any]:
        """JSON Schema of a value at the edge."""
        ...


class Encoder(Protocol):
    """Turns items into features; deterministic once fitted."""

    @property
    def name(self) -> str:
        """Short name, the key of its features."""
        ...

    @property
    def sparse(self) -> bool:
        """Whether it answers CSR matrices."""
        ...

    @property
    def version(self) -> str:
        """Hash of configuration, code version, fitted state and field names."""
        ...

    def fit(self, sample: Any) -> Encoder:
        """Fit once on a sample of fields (a pyarrow Table or an array)."""
        ...

    def transform(self, fields: Any) -> Any:
        """Features of each item: (n, d) float16/float32, or CSR float32."""
        ...

    @property
    def sample_size(self) -> int:
        """How many items it was fitted on; 0 when it learns nothing."""
        ...

    def outgrown(self, items: int) -> bool:
        """Whether a pool of that many items should have it fitted anew."""
        ...

    def save(self, folder: Any) -> None:
        """Write configuration and fitted state into a folder."""
        ...


class Executor(Protocol):
    """Runs a function over parts; the answer never depends on which executor."""

    def map(self, function: Callable[[Any], Any], parts: Iterable[Any]) -> list[Any]:
        """Results in the order of the parts."""
        ...


class Store(Protocol):
    """Where annotations, queries, rounds and events live. Every write is durable when the call returns.

    All times are the store's own clock. Events are numbered without gaps, in commit order; an annotation's
    ``seq`` is that of its event, so one position serves both. Every call that changes the queue, the
    annotations, the labels, the rounds or the items also appends its event in the same transaction;
    leases come and go without one.
    """

    # queue ------------------------------------------------------------------------------------------
    def enqueue(self, queries: Sequence[Query], *, replace: bool = False, overlap: int = 1) -> int:
        """Add queries, and return how many were added.

        With ``replace``, first withdraw every queued (unleased) *train* query, in the same transaction: one
        that nobody ever saw is deleted, one that was leased before is kept as withdrawn. Left out are an
        item that has an open query, one that ``overlap`` annotators have answered, and one with the same
        fields as such an item; purposes gold, review and relabel ask about answered items too. A rank counts
        from the head of the queue as it is now, so that new train queries and a slice that waits stay
        interleaved.
        """
        ...

    def claim(self, annotator: str, session: str, n: int, *, seconds: float, overlap: int = 1) -> list[Query]:
        """Lease up to n queries, best rank first, to (annotator, session).

        What this session holds already comes first, counts towards n and is prolonged. Leases that ran
        out return to the queue. No item goes to more than ``overlap`` annotators, and none twice to one who
        has answered, skipped or flagged it (for gold, review and relabel: who has answered this query).
        """
        ...

    def renew(self, session: str, *, seconds: float) -> int:
        """Prolong this session's leases; returns how many it still holds."""
        ...

    def release(self, session: str, queries: Sequence[str] | None = None) -> int:
        """Give this session's leases back: those of the queries with these keys, or all.

        A *train* query that was queued before the newest ranking goes to the end of the queue, since that
        ranking could not know that it would come back.
        """
        ...

    def queries(
        self,
        *,
        item: str | Sequence[str] | None = None,
        key: str | Sequence[str] | None = None,
        states: Iterable[QueryState] | None = None,
        purposes: Iterable[Purpose] | None = None,
        limit: int | None = None,
    ) -> list[Query]:
        """Queries by items, keys, state or purpose, in the order of the queue."""
        ...

    # answers ----------------------------------------------------------------------------------------
    def tell(
        self,
        annotations: Sequence[Annotation],
        *,
        items: Mapping[str, Item] | None = None,
        session: str | None = None,
        seconds: float = 600.0,
    ) -> list[Receipt]:
        """Append annotations, all or none; late answers and answers without a query are always taken.

        Same key and body (item, annotator, kind, value, query, supersedes, seconds, answered_at, comment):
        a no-op, marked repeated; same key with another body: Conflict. An answer settles its query, or the
        item's open query when it names none, once the query's overlap is met; a skip, or a flag without a
        value, closes it as skipped. One annotator's newer answer or skip stands in place of the older. A
        retract reopens the query, leased to the annotator and to ``session`` (by default the session that
        had it last) for ``seconds``; where there was no query, a *manual* one is made. ``items`` brings
        items told without a query. ``received_at``, and ``answered_at`` when it is 0, are the store's clock.
        """
        ...

    def annotations(
        self,
        *,
        since: int = 0,
        before: int | None = None,
        item: str | Sequence[str] | None = None,
        annotator: str | None = None,
        current: bool = False,
        newest_first: bool = False,
        limit: int | None = None,
    ) -> list[Annotation]:
        """Annotations with ``since < seq < before``, in order of arrival or newest first.

        With ``current`` only those that stand: neither superseded nor retracted, and no retracts.
        """
        ...

    def put_labels(self, labels: Sequence[Label], *, removed: Sequence[str] = ()) -> None:
        """Settle labels (and unsettle the ``removed`` items)."""
        ...

    def labels(self) -> list[Label]:
        """All settled labels, by item id."""
        ...

    # rounds -----------------------------------------------------------------------------------------
    def commit_round(self, done: Round) -> None:
        """Append a round; Conflict when its number is taken."""
        ...

    def rounds(self) -> list[Round]:
        """All rounds, by number."""
        ...

    def lease(self, name: str, holder: str, *, seconds: float) -> bool:
        """Take or prolong a named lease (``"learn"``); False when someone else holds it."""
        ...

    def end_lease(self, name: str, holder: str) -> None:
        """Give a named lease back."""
        ...

    def holder(self, name: str) -> str | None:
        """Who holds a named lease now."""
        ...

    # events, memory, upkeep -------------------------------------------------------------------------
    def append(
        self, kind: str, *, subject: str = "", actor: str = "", body: Mapping[str, Any] | None = None
    ) -> int:
        """Append an event of its own; returns its seq."""
        ...

    def events(self, *, since: int = 0, limit: int | None = None) -> list[Event]:
        """Events with ``seq > since``, in order."""
        ...

    def last_event(self) -> int:
        """The newest event's seq, 0 when there is none."""
        ...

    def get(self, name: str) -> Any:
        """A remembered JSON value, or None."""
        ...

    def put(self, name: str, value: Any) -> None:
        """Remember a JSON value."""
        ...

    def counts(self) -> Mapping[str, int]:
        """How many there are of each.

        ``queued``, ``leased``, ``answered``, ``skipped`` queries; ``annotations``; ``labels``; ``flags``;
        ``rounds``; ``annotators``.
        """
        ...

    def known_items(self) -> dict[str, int]:
        """Items with an open query or an annotation that stands: id to pool row."""
        ...

    def forget(self, items: Sequence[str]) -> int:
        """Erase everything said about these items, also in past events, leaving one tombstone event each.

        Returns how many were known.
        """
        ...

    def check(self) -> list[str]:
        """Integrity: one sentence for each thing that is wrong; empty when whole."""
        ...

    def backup(self, path: str) -> None:
        """A consistent copy at a new path, also while others write; InputError when something is there."""
        ...

    def close(self) -> None:
        """Close connections; nothing acknowledged is pending."""
        ...


__all__ = [
    "Encoder", "Executor", "Filter", "Memory", "Observation", "Picker", "Rule", "Scorer",
    "Store", "Strategy", "Stream", "Task",
]  # fmt: skip
