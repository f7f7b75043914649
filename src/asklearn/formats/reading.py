"""Reading items from anything: one front, whatever the format."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asklearn.core.errors import InputError, RowError
from asklearn.formats.assembly import Assembly, item_columns, role_column
from asklearn.formats.batch import Source
from asklearn.formats.opening import open_source
from asklearn.formats.refusals import OnError, Refusals
from asklearn.formats.roles import Roles, find_roles

Progress = Callable[[int, int, int], None]


class Reading:
    """A source whose columns are known and whose rows are read as they are asked for, in bounded memory.

    Iterating yields tables of some thousand rows with ``id``, the fields, and what the file says of them;
    `items_of`, `labels_of`, `predictions_of` and `probabilities_of` take a table apart.

    Attributes
    ----------
    name : str
        What the source is called in messages.
    roles : Roles
    rows : int
        Good rows read so far.
    """

    def __init__(
        self,
        source: Source,
        roles: Roles,
        *,
        on_error: OnError = "stop",
        skipped_to: str | os.PathLike[str] | None = None,
        progress: Progress | None = None,
    ) -> None:
        self._source, self.roles, self._progress = source, roles, progress
        self._on_error, self._skipped_to = on_error, skipped_to
        self._refusals = Refusals(source.name, source.unit, on_error, skipped_to)
        self.name, self.rows = source.name, 0

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns of the source, as it calls them."""
        return self._source.columns

    @property
    def fields(self) -> tuple[str, ...]:
        """Fields that the items carry."""
        return tuple(self.roles.fields.values())

    @property
    def text(self) -> tuple[str, ...]:
        """Fields with the text; empty when all fields together are the content."""
        return self.roles.text

    @property
    def encoding(self) -> str | None:
        """The encoding, as a person reads it; None where there is none."""
        return self._source.encoding

    @property
    def delimiter(self) -> str | None:
        """What separates the columns, in words; None where nothing does."""
        return self._source.delimiter

    @property
    def skipped(self) -> int:
        """Bad rows left out so far."""
        return self._refusals.count

    @property
    def first_skipped(self) -> list[RowError]:
        """The first of them, at most twenty."""
        return self._refusals.first

    @property
    def classes(self) -> tuple[str, ...]:
        """Labels whose probabilities the source brings, in the order of `probabilities_of`."""
        return tuple(self.roles.probabilities)

    def __iter__(self) -> Iterator[pa.Table]:
        """The tables, from the first row; every call reads anew.

        Raises
        ------
        RowError
            On the first bad row, unless bad rows are skipped.
        InputError
            When there is a header and nothing else.
        """
        self.rows = 0
        self._refusals = Refusals(self.name, self._source.unit, self._on_error, self._skipped_to)
        try:
            for table, done in Assembly(self._source, self.roles, self._refusals).tables():
                self.rows += table.num_rows
                if self._progress is not None:
                    self._progress(self.rows, done, self._source.total or 0)
                yield table
        finally:
            self._refusals.close()
        if not self.rows and not self.skipped:
            raise InputError(f"{self.name} has columns ({', '.join(self.columns)}) but no rows.")

    def items_of(self, table: pa.Table) -> pa.Table:
        """``id`` and the fields of a table: what a pool takes."""
        return table.select(item_columns(table))

    def labels_of(self, table: pa.Table) -> list[str | None]:
        """The label of each row, as it is spelled; None where it has none."""
        return self._texts(table, self.roles.label)

    def predictions_of(self, table: pa.Table) -> list[str | None]:
        """The label that a weak model gave each row; None where it gave none."""
        return self._texts(table, self.roles.prediction)

    def probabilities_of(self, table: pa.Table) -> NDArray[np.float32]:
        """Its probabilities, shape (n, len(self.classes)); NaN where blank."""
        columns = [role_column(table, name).to_numpy() for name in self.roles.probabilities.values()]
        stacked = np.stack(columns, axis=1) if columns else np.empty((table.num_rows, 0))
        return stacked.astype(np.float32)

    def notes(self) -> tuple[str, ...]:
        """What was detected rather than told, in sentences."""
        found = []
        if self.encoding is not None:
            guess = "" if self.encoding.startswith("UTF") else " (a guess by its letters)"
            apart = f", separated by {self.delimiter}" if self.delimiter not in (None, "one column") else ""
            found.append(f"{self.name} is read as {self.encoding}{guess}{apart}.")
        if self.roles.id is None:
            found.append("Ids are made of the content.")
        else:
            found.append(f"Ids come from column {self.roles.id!r}.")
        found += [
            f"Column {name!r} is called {field!r} here."
            for name, field in self.roles.fields.items()
            if name != field
        ]
        if self.classes:
            pairs = ", ".join(f"{label!r} from {name!r}" for label, name in self.roles.probabilities.items())
            found.append(f"Probabilities: {pairs}.")
        return tuple(found)

    def summary(self) -> dict[str, Any]:
        """What is known of the source and of bad rows, for the report of an import."""
        return {
            "skipped": self.skipped,
            "skipped_file": self._refusals.path,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "columns": self.columns,
            "notes": self.notes(),
        }

    def _texts(self, table: pa.Table, name: str | None) -> list[str | None]:
        if name is None:
            return [None] * int(table.num_rows)
        values: list[str | None] = role_column(table, name).to_pylist()
        return values


def read(
    source: Any,
    *,
    text: str | Sequence[str] | None = None,
    id: str | Sequence[str] | None = None,
    label: str | Sequence[str | None] | None = None,
    prediction: str | None = None,
    probabilities: str | Sequence[str] | Mapping[str, str] | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    on_error: OnError = "stop",
    skipped_to: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
    name: str | None = None,
    format: str | None = None,
) -> Reading:
    """Open a source of items; its rows are read when the reading is iterated.

    Parameters
    ----------
    source : path, DataFrame, pyarrow.Table, list of str, list of dict or ndarray
        A CSV, TSV, JSONL, JSON or Parquet file; a pandas, polars or other frame that narwhals knows;
        texts; records; or an array of shape (n, d), whose rows become the field ``vector``.
    text : str or sequence of str, optional
        Columns with the text to label; all columns left over are kept as fields. When not given, all
        fields together are an item's content (of a list of texts, the texts).
    id : str, optional
        Column with the ids, which keep their exact spelling; a column called ``id`` when not given, and
        when there is none either, ids are made of the content. For lists and arrays also the ids
        themselves.
    label : str, optional
        Column with labels that are known already; blank is unlabelled. For lists and arrays also the
        labels themselves.
    prediction : str, optional
        Column with the label that a weak model gives.
    probabilities : str, sequence of str or mapping, optional
        Columns with its probabilities: a prefix of their names, the names, or label to name.
    encoding, delimiter : str, optional
        Detected when not given.
    on_error : {"stop", "skip"}
        Whether a bad row ends the reading or is left out.
    skipped_to : path, optional
        File for the rows left out; beside the source when not given.
    progress : callable, optional
        Called with rows, bytes read and bytes in all (0 when unknown).
    name : str, optional
        What to call the source in messages, such as the name of an upload.
    format : str, optional
        ``"csv"``, ``"tsv"``, ``"jsonl"``, ``"json"`` or ``"parquet"``; else known by name and first bytes.

    Raises
    ------
    InputError
        When the source is empty, of no known kind, or lacks a named column.

    Examples
    --------
    >>> reading = read(["it crashes", "thank you"], label=["bug", None])
    >>> [(reading.items_of(t).num_rows, reading.labels_of(t)) for t in reading]
    [(2, ['bug', None])]
    """
    given = {"id": id, "label": label}
    extra = {
        role: list(value) for role, value in given.items() if value is not None and not isinstance(value, str)
    }
    opened = open_source(
        source, name=name, format=format, encoding=encoding, delimiter=delimiter, extra=extra
    )
    if text is None and opened.columns[:1] == ("text",) and isinstance(source, list | tuple | np.ndarray):
        text = "text" if set(opened.columns) <= {"text", *extra} else None
    roles = find_roles(
        opened.columns,
        opened.name,
        text=text,
        id="id" if "id" in extra else _name(id),
        label="label" if "label" in extra else _name(label),
        prediction=prediction,
        probabilities=probabilities,
    )
    texts = (*roles.source_text, roles.id, roles.label, roles.prediction)
    opened.exact = frozenset(one for one in texts if one is not None)
    if skipped_to is None and on_error == "skip" and isinstance(source, str | os.PathLike):
        skipped_to = Path(source).with_suffix(".skipped.csv")
    return Reading(opened, roles, on_error=on_error, skipped_to=skipped_to, progress=progress)


def _name(value: str | Sequence[Any] | None) -> str | None:
    return value if isinstance(value, str) else None
