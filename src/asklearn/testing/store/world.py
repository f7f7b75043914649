"""What the checks build stores, queries and answers with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from asklearn.core.clock import SECOND
from asklearn.core.ids import new_key
from asklearn.core.protocols import Store
from asklearn.core.records import Annotation, Item, Query


class ManualClock:
    """A store's time that moves when told to."""

    def __init__(self, at: int = 1_700_000_000 * SECOND) -> None:
        self.at = at

    def __call__(self) -> int:
        """Microseconds since 1970 UTC; no two calls give the same."""
        self.at += 1
        return self.at

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.at += round(seconds * SECOND)


class MakeStore(Protocol):
    """Opens a new, empty store that takes its time from ``clock``."""

    def __call__(self, *, clock: Callable[[], int]) -> Store:
        """The store."""
        ...


def query(item: str, rank: int = 0, **values: Any) -> Query:
    """A query for an item with a text of its own."""
    fields = values.pop("fields", {"text": f"text of {item}"})
    return Query(key=new_key(), item=Item(id=item, fields=fields, row=rank), rank=rank, **values)


def queue(*items: str, **values: Any) -> list[Query]:
    """Queries for items, in this order."""
    return [query(item, rank, **values) for rank, item in enumerate(items)]


def answer(to: Query | str, value: Any = "a", by: str = "ana", **values: Any) -> Annotation:
    """An answer to a query, or to an item without one."""
    item, key = (to, None) if isinstance(to, str) else (to.id, to.key)
    values = {"key": new_key(), "query": key, **values}
    return Annotation(item=item, annotator=by, value=value, **values)


def retract(what: Annotation, by: str = "ana") -> Annotation:
    """Take an answer back."""
    return Annotation(
        key=new_key(), item=what.item, annotator=by, kind="retract", query=what.query, supersedes=what.key
    )


@contextmanager
def refused(kind: type[Exception], words: str) -> Iterator[None]:
    """What happens inside raises this error, with these words in its sentence."""
    try:
        yield
    except kind as error:
        if words not in str(error):
            raise AssertionError(f"{words!r} is not in {error!s}") from error
    else:
        raise AssertionError(f"no {kind.__name__} was raised")


def ids(queries: Sequence[Query]) -> list[str]:
    """The items of queries."""
    return [one.id for one in queries]


class Check:
    """Base of the checks: a store and its clock for each.

    Attributes
    ----------
    make : MakeStore
        Set by whoever runs the checks.
    """

    make: MakeStore
    clock: ManualClock
    store: Store

    def setup_method(self) -> None:
        """Open an empty store."""
        self.clock = ManualClock()
        self.store = self.make(clock=self.clock)

    def teardown_method(self) -> None:
        """Whatever a check did, the store is whole after it."""
        assert self.store.check() == []
        self.store.close()

    def claim(self, n: int = 1, by: str = "ana", session: str | None = None, **values: Any) -> list[Query]:
        """Claim for ten minutes."""
        return self.store.claim(by, session or f"session of {by}", n, **{"seconds": 600, **values})

    def state(self, item: str) -> str:
        """State of an item's newest query."""
        return self.store.queries(item=item)[-1].state
