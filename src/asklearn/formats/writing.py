"""Writing tables: whole files or none, and what goes out comes in again unchanged."""

from __future__ import annotations

import csv
import json
import math
import os
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pyarrow as pa

from asklearn.core.errors import InputError
from asklearn.core.files import replacing, storage_errors, write_whole
from asklearn.formats.batch import BATCH_ROWS
from asklearn.formats.escapes import ESCAPE_COLUMN, escape_column, needs_escape
from asklearn.formats.values import exact_text

_SUFFIXES = {
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
    ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip


def write(
    table: pa.Table, path: str | os.PathLike[str], format: str | None = None, *, card: str = ""
) -> Path:
    """Write a table to a file, or to a folder that Hugging Face `datasets` loads.

    Parameters
    ----------
    table : pyarrow.Table
    path : path
        Replaced whole, or left as it was.
    format : str, optional
        ``"csv"``, ``"tsv"``, ``"jsonl"``, ``"json"``, ``"parquet"`` or ``"datasets"`` (a folder with
        ``README.md`` and ``data/train.parquet``); known by the path's ending when not given.
    card : str
        What the folder's README says below its heading.

    Returns
    -------
    Path
        What was written.

    Raises
    ------
    InputError
        When the format is unknown.
    StorageError
        When the disk is full or refuses.

    Notes
    -----
    In CSV, texts that a spreadsheet would run as a formula get an apostrophe before them; the file then
    has a last, empty column ``asklearn:escaped``, by which `read` knows to take it off again.
    """
    target = Path(path)
    chosen = _chosen(target, format)
    if chosen == "datasets":
        _write_folder(table, target, card)
        return target
    if target.is_dir():
        raise InputError(f"{target} is a folder; name a file in it, or choose the format datasets.")
    with storage_errors(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as temporary:
        _WRITERS[chosen](table, temporary)
    return target


def _chosen(path: Path, format: str | None) -> str:
    known = [*_WRITERS, "datasets"]
    if format is None:
        found = _SUFFIXES.get(path.suffix.lower())
        if found is None:
            raise InputError(
                f"{path.name!r} does not say its format; end it in .csv, .jsonl or .parquet, "
                f"or choose one of: {', '.join(known)}."
            )
        return found
    if format not in known:
        near = get_close_matches(format, known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(known)}."
        raise InputError(f"There is no format {format!r} to write; {hint}")
    return format


def _write_csv(table: pa.Table, path: Path, delimiter: str = ",") -> None:
    if ESCAPE_COLUMN in table.column_names:
        raise InputError(f"A column cannot be called {ESCAPE_COLUMN!r} in CSV; rename it.")
    texts = {name for name in table.column_names if pa.types.is_string(table.schema.field(name).type)}
    header = pa.array(table.column_names, type=pa.string())
    escaped = needs_escape(header) or any(needs_escape(table[name]) for name in texts)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
        extra = [ESCAPE_COLUMN] if escaped else []
        writer.writerow((escape_column(header) if escaped else header).to_pylist() + extra)
        for start in range(0, table.num_rows, BATCH_ROWS):
            part = table.slice(start, BATCH_ROWS)
            columns = [_cells(part[name], escaped=escaped and name in texts) for name in table.column_names]
            if escaped:
                columns.append([""] * part.num_rows)
            writer.writerows(zip(*columns, strict=True))


def _write_tsv(table: pa.Table, path: Path) -> None:
    _write_csv(table, path, "\t")


def _cells(column: pa.ChunkedArray, *, escaped: bool) -> list[str]:
    if pa.types.is_string(column.type):
        values: list[str | None] = (escape_column(column) if escaped else column).to_pylist()
    else:
        values = [exact_text(value) for value in column.to_pylist()]
    return [value or "" for value in values]


def _write_jsonl(table: pa.Table, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in _json_lines(table))


def _write_json(table: pa.Table, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("[")
        for place, line in enumerate(_json_lines(table)):
            file.write((",\n" if place else "\n") + line)
        file.write("\n]\n")


def _json_lines(table: pa.Table) -> Iterator[str]:
    for start in range(0, table.num_rows, BATCH_ROWS):
        for row in table.slice(start, BATCH_ROWS).to_pylist():
            yield json.dumps(
                {name: _finite(value) for name, value in row.items()}, ensure_ascii=False, default=str
            )


def _finite(value: Any) -> Any:
    """JSON has no NaN and no infinity."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _write_parquet(table: pa.Table, path: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(table, path, compression="zstd")


_WRITERS: dict[str, Callable[[pa.Table, Path], None]] = {
    "csv": _write_csv,
    "tsv": _write_tsv,
    "jsonl": _write_jsonl,
    "json": _write_json,
    "parquet": _write_parquet,
}


def _write_folder(table: pa.Table, folder: Path, card: str) -> None:
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file; a data set for Hugging Face is a folder.")
    data = folder / "data" / "train.parquet"
    with storage_errors(folder):
        data.parent.mkdir(parents=True, exist_ok=True)
    with replacing(data) as temporary:
        _write_parquet(table, temporary)
    write_whole(folder / "README.md", _card(table, folder.resolve().name, card).encode())


def _card(table: pa.Table, name: str, body: str) -> str:
    columns = "\n".join(f"- `{field.name}` ({field.type})" for field in table.schema)
    return f"""---
pretty_name: {json.dumps(name, ensure_ascii=False)}
configs:
- config_name: default
  data_files:
  - split: train
    path: data/train.parquet
---

# {name}

{body or "Written by asklearn."}

{table.num_rows:,} rows with the columns:

{columns}
"""
