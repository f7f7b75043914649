"""JSON: one array of objects, read object by object."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from asklearn.core.errors import InputError, RowError
from asklearn.formats.batch import BATCH_ROWS, MAX_FIELD, RawBatch
from asklearn.formats.encoding import FOREIGN, TextLines, check_encoding, detect_encoding, say_encoding
from asklearn.formats.foreign import say_foreign
from asklearn.formats.jsonl_file import Record, batch_of, names_of
from asklearn.formats.values import ExactFloat

_BETWEEN = re.compile(r"[\s,]*")
_LONGEST = 64 * MAX_FIELD


class JsonFile:
    """A JSON file that holds an array of objects."""

    unit = "line"
    exact: frozenset[str] = frozenset()
    delimiter: str | None = None

    def __init__(self, path: Path, *, name: str, encoding: str | None = None) -> None:
        self.path, self.name = path, name
        self.total: int | None = path.stat().st_size
        self._encoding = check_encoding(encoding) if encoding else detect_encoding(path)
        self.encoding: str | None = say_encoding(self._encoding)
        head = [record for record, _ in zip((r for r, _, _ in self._records()), range(1_000), strict=False)]
        if not head:
            raise InputError(f"{name} holds an empty array; there is nothing to read.")
        self.columns = names_of(head)

    def batches(self) -> Iterator[RawBatch]:
        """All rows, some thousand at a time."""
        records: list[Record] = []
        lines: list[int] = []
        done = 0
        for record, line, done in self._records():
            records.append(record)
            lines.append(line)
            if len(records) == BATCH_ROWS:
                yield self._batch(records, lines, done)
                records, lines = [], []
        if records:
            yield self._batch(records, lines, done)

    def _batch(self, records: list[Record], lines: list[int], done: int) -> RawBatch:
        def raw(at: int) -> str:
            return json.dumps(records[at], ensure_ascii=False)

        return batch_of(records, np.array(lines, dtype=np.int64), raw, [], done, (self.columns, self.exact))

    def _records(self) -> Iterator[tuple[Record, int, int]]:
        """Each object, the line on which it starts, and the bytes read so far.

        Raises
        ------
        RowError
            Where the text is no array of objects: what follows cannot be told apart any more.
        """
        text = TextLines(self.path, self._encoding)
        rest, line, opened = "", 1, False
        for chunk in text.chunks():
            buffer = rest + "".join(chunk)
            at = seen = 0
            if not opened and buffer.strip():
                at, opened = self._start(buffer), True
            for value, start, end in self._objects(buffer, at, line, last=text.done >= (self.total or 0)):
                line += buffer.count("\n", seen, start)
                at, seen = end, start
                yield value, line, text.done
            rest, line = buffer[at:], line + buffer.count("\n", seen, at)
        if not opened:
            raise InputError(f"{self.name} is empty.")
        end = _skip(rest, 0)
        if rest[end:].strip() != "]":
            follows = rest[end : end + 1] == "]"
            reason = "text follows the ] that closes the array" if follows else "the array is not closed by ]"
            line += rest.count("\n", 0, end)
            raise RowError(f"{reason}; the file may be damaged or cut off", file=self.name, line=line)

    def _objects(self, buffer: str, at: int, line: int, *, last: bool) -> Iterator[tuple[Record, int, int]]:
        """Whole objects of the buffer from ``at``, each with its start and end in it."""
        decoder = json.JSONDecoder(parse_float=ExactFloat)
        while True:
            start = _skip(buffer, at)
            if buffer[start : start + 1] in ("", "]"):
                return
            value, at, error = _decode(decoder, buffer, start)
            if error and not last and len(buffer) - start <= _LONGEST:
                return
            if error or not isinstance(value, dict):
                reason = error or 'it is not an object, such as {"text": "…"}'
                raise self._broken(buffer, start, line + buffer.count("\n", 0, start), reason)
            yield value, start, at

    def _start(self, buffer: str) -> int:
        """Where the first object may start: after the bracket that opens the array."""
        self._check_start(buffer)
        return buffer.index("[") + 1

    def _check_start(self, buffer: str) -> None:
        if not buffer.lstrip().startswith("["):
            raise InputError(
                f"{self.name} does not hold an array of objects, [{{…}}, {{…}}]; "
                "where it has one object a line, call it .jsonl."
            )

    def _broken(self, buffer: str, start: int, line: int, error: str) -> RowError:
        here = buffer[start : start + 2_000]
        reason = say_foreign(here, self.encoding or "") if FOREIGN.search(here) else error
        return RowError(reason, file=self.name, line=line)


def _skip(buffer: str, at: int) -> int:
    found = _BETWEEN.match(buffer, at)
    return found.end() if found else at


def _decode(decoder: json.JSONDecoder, buffer: str, start: int) -> tuple[Any, int, str]:
    try:
        value, end = decoder.raw_decode(buffer, start)
    except json.JSONDecodeError as error:
        return None, start, f"it is no JSON: {error.msg.lower()}"
    except RecursionError:
        return None, start, "it is nested too deeply"
    return value, end, ""
