"""Long lists of ids in statements of a bounded size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Connection, Executable, Row, bindparam

T = TypeVar("T")
_SIZE = 500

#: The list in a statement: ``column.in_(MANY)``.
MANY: BindParameter[Any] = bindparam("many", expanding=True)


def chunks(values: Iterable[T], size: int = _SIZE) -> Iterator[list[T]]:
    """The values, ``size`` at a time."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


def rows_of(connection: Connection, statement: Executable, values: Iterable[Any]) -> Iterator[Row[Any]]:
    """Rows of a statement whose expanding parameter `MANY` takes the distinct values, chunk by chunk."""
    for part in chunks(dict.fromkeys(values)):
        yield from connection.execute(statement, {"many": part})


def run_for(connection: Connection, statement: Executable, values: Sequence[Any]) -> int:
    """Run a statement on the values of its expanding parameter `MANY`; returns the rows it changed."""
    changed = 0
    for part in chunks(values):
        changed += connection.execute(statement, {"many": part}).rowcount
    return changed
