"""CSV and TSV files: every row is taken or refused by its line, none is swallowed by its neighbour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from asklearn.core.errors import InputError
from asklearn.formats.batch import Problem, RawBatch
from asklearn.formats.delimited import (
    DELIMITERS,
    NO_DELIMITER,
    Records,
    allow_long_fields,
    detect_delimiter,
    parse,
    read_header,
)
from asklearn.formats.encoding import FOREIGN, TextLines, check_encoding, detect_encoding, say_encoding
from asklearn.formats.escapes import ESCAPE_COLUMN, unescape_column
from asklearn.formats.foreign import say_foreign

_DELIMITER_NAMES = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "bar": "|"}
_SAMPLE_LINES = 1_000


class CsvFile:
    """A CSV file, opened far enough to know its columns.

    Parameters
    ----------
    path : Path
    name : str
        What the file is called in messages.
    encoding, delimiter : str, optional
        Detected when not given.

    Raises
    ------
    InputError
        When it is empty, or two columns have the same name.
    """

    unit = "line"
    exact: frozenset[str] = frozenset()

    def __init__(
        self, path: Path, *, name: str, encoding: str | None = None, delimiter: str | None = None
    ) -> None:
        allow_long_fields()
        self.path, self.name = path, name
        self.total: int | None = path.stat().st_size
        self._encoding = check_encoding(encoding) if encoding else detect_encoding(path)
        self.encoding: str | None = say_encoding(self._encoding)
        lines = next(TextLines(path, self._encoding).chunks(), [])
        if not any(line.strip() for line in lines):
            raise InputError(f"{name} is empty.")
        self._skip, self._delimiter = _declared(lines[0])
        if delimiter:
            self._delimiter = _one_character(delimiter)
        elif self._skip == 0:
            preferred = "\t" if path.suffix.lower() in (".tsv", ".tab") else ","
            self._delimiter = detect_delimiter(lines[:_SAMPLE_LINES], preferred)
        self.delimiter: str | None = DELIMITERS.get(self._delimiter, repr(self._delimiter))
        header, used = read_header(lines[self._skip :], self._delimiter)
        self._skip += used
        self._header = _names(header, name)
        self._escaped = ESCAPE_COLUMN in self._header
        if self._escaped:
            self._header = unescape_column(pa.array(self._header)).to_pylist()
        self.columns = tuple(one for one in self._header if one != ESCAPE_COLUMN)

    def batches(self) -> Iterator[RawBatch]:
        """All rows, about a million characters at a time."""
        text = TextLines(self.path, self._encoding)
        first, lines, width = 1, list[str](), len(self._header)
        header = self._skip
        for chunk in text.chunks():
            lines = lines + chunk
            if header:
                passed = min(header, len(lines))
                first, header, lines = first + passed, header - passed, lines[passed:]
            records = parse(lines, self._delimiter, width, first=first, final=False)
            yield self._batch(records, lines, first, text.done)
            first, lines = first + records.used, lines[records.used :]
        if lines:
            records = parse(lines, self._delimiter, width, first=first, final=True)
            yield self._batch(records, lines, first, text.done)

    def _batch(self, records: Records, lines: list[str], first: int, done: int) -> RawBatch:
        if any(not line.isascii() and FOREIGN.search(line) for line in lines[: records.used]):
            self._refuse_foreign(records, lines, first)
        columns = zip(*records.rows, strict=True) if records.rows else ([] for _ in self._header)
        arrays = [pa.array(values, type=pa.string()) for values in columns]
        table = pa.table(arrays, names=self._header)
        if self._escaped:
            table = pa.table({name: unescape_column(table[name]) for name in self.columns})

        def raw(place: int) -> str:
            return "".join(lines[records.starts[place] : records.ends[place]])

        starts = np.array(records.starts, dtype=np.int64) + first
        return RawBatch(table, starts, raw, records.problems, done)

    def _refuse_foreign(self, records: Records, lines: list[str], first: int) -> None:
        good = []
        for place, row in enumerate(records.rows):
            column = next((at for at, value in enumerate(row) if FOREIGN.search(value)), None)
            if column is None:
                good.append(place)
                continue
            start, end = records.starts[place], records.ends[place]
            reason = say_foreign(row[column], self.encoding or "")
            raw = "".join(lines[start:end])
            records.problems.append(Problem(first + start, reason, self._header[column], raw))
        if len(good) < len(records.rows):
            records.rows = [records.rows[place] for place in good]
            records.starts = [records.starts[place] for place in good]
            records.ends = [records.ends[place] for place in good]


def _declared(line: str) -> tuple[int, str]:
    """A first line such as ``sep=;``, which spreadsheets write, says the delimiter itself."""
    found = line.strip().removeprefix("sep=")
    return (1, found) if len(found) == 1 and line.startswith("sep=") else (0, NO_DELIMITER)


def _one_character(delimiter: str) -> str:
    found = _DELIMITER_NAMES.get(delimiter.lower(), delimiter)
    if len(found) != 1 or found in '"\r\n':
        raise InputError(f"A delimiter is one character, such as , or ; or tab; got {delimiter!r}.")
    return found


def _names(header: list[str], file: str) -> list[str]:
    """The names of the columns; a nameless one is called after its position."""
    if any(FOREIGN.search(one) for one in header):
        raise InputError(f"The header of {file} holds bytes that are no text; check the file's encoding.")
    names = [name if name.strip() else f"column_{place}" for place, name in enumerate(header, start=1)]
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise InputError(
            f"{file} has {Counter(names)[twice[0]]} columns called {twice[0]!r}; rename all but one."
        )
    return names
