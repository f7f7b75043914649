"""Things in memory: DataFrames of any kind, lists of texts or records, arrays."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from asklearn.core.errors import InputError
from asklearn.formats.batch import BATCH_ROWS, RawBatch, Source
from asklearn.formats.jsonl_file import Record, batch_of, names_of
from asklearn.formats.parquet_file import batch_of_table, refuse_twins
from asklearn.formats.values import column, vectors

Extra = Mapping[str, Sequence[Any]]


class TableSource:
    """A table in memory."""

    unit = "row"
    exact: frozenset[str] = frozenset()
    encoding: str | None = None
    delimiter: str | None = None
    total: int | None = None

    def __init__(self, table: pa.Table, *, name: str) -> None:
        self._table, self.name = table, name
        self.columns = tuple(table.column_names)
        refuse_twins(self.columns, name)

    def batches(self) -> Iterator[RawBatch]:
        """All rows, some thousand at a time."""
        for start in range(0, self._table.num_rows, BATCH_ROWS):
            part = self._table.slice(start, BATCH_ROWS)
            yield batch_of_table(part, np.arange(start + 1, start + 1 + part.num_rows), 0)


class RecordSource:
    """A list of texts, which become the field ``text``, or of records."""

    unit = "row"
    exact: frozenset[str] = frozenset()
    encoding: str | None = None
    delimiter: str | None = None
    total: int | None = None

    def __init__(self, values: Sequence[Any], extra: Extra, *, name: str) -> None:
        self._values, self._extra, self.name = values, extra, name
        odd = next((at for at, one in enumerate(values) if not isinstance(one, str | Mapping)), None)
        if odd is not None:
            raise InputError(
                "A list of items holds texts, or records such as {'text': '…'}; "
                f"at position {odd} it holds {type(values[odd]).__name__}."
            )
        texts = any(isinstance(one, str) for one in values)
        names = names_of(one for one in values if isinstance(one, Mapping))
        _check_extra(extra, names, len(values), name)
        self.columns = tuple(dict.fromkeys((*(["text"] if texts else []), *names, *extra)))

    def batches(self) -> Iterator[RawBatch]:
        """All rows, some thousand at a time."""
        for start in range(0, len(self._values), BATCH_ROWS):
            stop = min(start + BATCH_ROWS, len(self._values))
            part = [self._record(at) for at in range(start, stop)]

            def raw(at: int, part: list[Record] = part) -> str:
                return str(part[at])

            yield batch_of(part, np.arange(start + 1, stop + 1), raw, [], 0, (self.columns, self.exact))

    def _record(self, at: int) -> Record:
        value = self._values[at]
        record = {"text": value} if isinstance(value, str) else {str(k): v for k, v in value.items()}
        return {**record, **{name: values[at] for name, values in self._extra.items()}}


def open_object(source: Any, name: str | None, extra: Extra) -> Source:
    """Open a thing in memory.

    Raises
    ------
    InputError
        When it is nothing that holds items, or holds none.
    """
    opened, rows = _open(source, name, extra)
    if not rows:
        raise InputError(f"{opened.name} has no rows.")
    return opened


def _open(source: Any, name: str | None, extra: Extra) -> tuple[Source, int]:
    if isinstance(source, np.ndarray) and source.ndim == 1 and source.dtype.kind in "UOT":
        source, name = source.tolist(), name or "the array"
    if isinstance(source, Sequence) and not isinstance(source, str | bytes):
        return RecordSource(source, extra, name=name or "the list"), len(source)
    if isinstance(source, pa.Table):
        table, called = source, "the table"
    elif isinstance(source, np.ndarray):
        table, called = _of_array(source), "the array"
    else:
        table, called = _of_frame(source), "the DataFrame"
    called = name or called
    _check_extra(extra, table.column_names, table.num_rows, called)
    for one, values in extra.items():
        table = table.append_column(one, column(values))
    return TableSource(table, name=called), table.num_rows


def _check_extra(extra: Extra, columns: Sequence[str], rows: int, name: str) -> None:
    for one, values in extra.items():
        if one in columns:
            raise InputError(f"{name} has a column {one!r} already; name that, or leave it out.")
        if len(values) != rows:
            raise InputError(f"There are {len(values)} values of {one} for the {rows} rows of {name}.")


def _of_array(array: Any) -> pa.Table:
    if array.ndim != 2 or array.dtype.kind not in "fiub" or not array.shape[1]:
        raise InputError(
            "An array of items has one row of numbers for each, shape (n, d); "
            f"got shape {array.shape} of {array.dtype}."
        )
    return pa.table({"vector": vectors(array)})


def _of_frame(source: Any) -> pa.Table:
    import narwhals as nw

    try:
        frame: Any = nw.from_native(source, pass_through=True)
    except nw.exceptions.DuplicateError:
        raise InputError("The DataFrame has several columns of the same name; rename all but one.") from None
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    if not isinstance(frame, nw.DataFrame):
        raise InputError(
            "Items come from a file, a DataFrame, a list of texts or records, or an array of shape (n, d); "
            f"got {type(source).__name__}."
        )
    names = [str(name) for name in frame.columns]
    return pa.table([_frame_column(frame[:, at]) for at in range(len(names))], names=names)


def _frame_column(series: Any) -> Any:
    """A column as Arrow; columns of mixed kinds go by their Python values."""
    try:
        return series.to_arrow()
    except (pa.ArrowException, TypeError, ValueError):
        values = series.to_list()
        return column([None if isinstance(one, float) and math.isnan(one) else one for one in values])
