"""JSON Lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import pyarrow as pa

from asklearn.core.errors import InputError
from asklearn.formats.batch import BATCH_ROWS, Problem, RawBatch
from asklearn.formats.encoding import FOREIGN, TextLines, check_encoding, detect_encoding, say_encoding
from asklearn.formats.foreign import say_foreign
from asklearn.formats.values import ExactFloat, column, text_column

Record = dict[str, Any]


class JsonlFile:
    """A JSON Lines file; its columns are the names in the first thousands of lines."""

    unit = "line"
    exact: frozenset[str] = frozenset()
    delimiter: str | None = None

    def __init__(self, path: Path, *, name: str, encoding: str | None = None) -> None:
        self.path, self.name = path, name
        self.total: int | None = path.stat().st_size
        self._encoding = check_encoding(encoding) if encoding else detect_encoding(path)
        self.encoding: str | None = say_encoding(self._encoding)
        lines = next(TextLines(path, self._encoding).chunks(), [])
        records = [found for line in lines if isinstance(found := _parse(line), dict)]
        if not records and not any(line.strip() for line in lines):
            raise InputError(f"{name} is empty.")
        if not records:
            raise InputError(f'{name} holds no line that is a JSON object, such as {{"text": "…"}}.')
        self.columns = names_of(records)

    def batches(self) -> Iterator[RawBatch]:
        """All rows, about a million characters at a time."""
        text, first = TextLines(self.path, self._encoding), 1
        for lines in text.chunks():
            for start in range(0, len(lines), BATCH_ROWS):
                part = lines[start : start + BATCH_ROWS]
                yield self._batch(part, first, text.done)
                first += len(part)

    def _batch(self, lines: list[str], first: int, done: int) -> RawBatch:
        records: list[Record] = []
        places: list[int] = []
        problems: list[Problem] = []
        for place, line in enumerate(lines):
            if not line.strip():
                continue
            found = say_foreign(line, self.encoding or "") if FOREIGN.search(line) else _parse(line)
            if isinstance(found, str):
                problems.append(Problem(first + place, found, raw=line))
            else:
                records.append(found)
                places.append(place)
        numbers = np.array(places, dtype=np.int64) + first
        return batch_of(
            records, numbers, lambda at: lines[places[at]], problems, done, (self.columns, self.exact)
        )


def _parse(line: str) -> Record | str:
    """The record of a line, or what is wrong with it."""
    try:
        found = json.loads(line.rstrip("\r\n"), parse_float=ExactFloat)
    except ValueError as error:
        place = f" at character {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        return f"it is no JSON{place}: {_reason(error)}"
    except RecursionError:
        return "it is nested too deeply"
    return (
        cast("Record", found) if isinstance(found, dict) else 'it is not a JSON object, such as {"text": "…"}'
    )


def _reason(error: ValueError) -> str:
    return (error.msg if isinstance(error, json.JSONDecodeError) else str(error)).lower()


def names_of(records: Iterable[Mapping[Any, Any]]) -> tuple[str, ...]:
    """All names of some records, in order of appearance."""
    return tuple(dict.fromkeys(str(name) for record in records for name in record))


def batch_of(
    records: list[Record],
    lines: Any,
    raw: Callable[[int], str],
    problems: list[Problem],
    done: int,
    named: tuple[Sequence[str], frozenset[str]],
) -> RawBatch:
    """A batch of records; those with half characters become problems, since no column can hold them.

    ``named`` are the columns that there are in any case, and those to read as texts.
    """
    bad = [at for at, record in enumerate(records) if _holds_foreign(record)]
    if bad:
        problems += [Problem(int(lines[at]), say_foreign("\ud800", ""), raw=raw(at)) for at in bad]
        good = np.setdiff1d(np.arange(len(records)), bad)
        before, records, lines = raw, [records[at] for at in good], lines[good]

        def raw(at: int) -> str:
            return before(int(good[at]))

    columns, exact = named
    names = dict.fromkeys((*columns, *names_of(records)))
    table = pa.table(
        {
            name: (text_column if name in exact else column)([record.get(name) for record in records])
            for name in names
        }
    )
    return RawBatch(table, lines, raw, problems, done)


def _holds_foreign(record: Record) -> bool:
    try:
        for value in record.values():
            if isinstance(value, str) and not value.isascii():
                value.encode()
            elif isinstance(value, dict | list):
                json.dumps(value, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        return True
    return False
