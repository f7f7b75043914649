"""Which format a source is in, and its opening."""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from asklearn.core.errors import InputError
from asklearn.core.files import storage_errors
from asklearn.formats.batch import Source

_SUFFIXES = {
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".txt": "csv",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip
_FORMATS = ("csv", "tsv", "jsonl", "json", "parquet")
_STRANGERS = {
    b"PK\x03\x04": "is a ZIP archive or an Excel workbook; save it as CSV",
    b"\xd0\xcf\x11\xe0": "is an old Excel workbook; save it as CSV",
    b"\x1f\x8b": "is compressed with gzip; unpack it first",
    b"BZh": "is compressed with bzip2; unpack it first",
    b"\xfd7zXZ": "is compressed with xz; unpack it first",
    b"\x28\xb5\x2f\xfd": "is compressed with zstd; unpack it first",
    b"%PDF": "is a PDF, which holds no rows",
    b"SQLite format 3": "is a SQLite database; export a table of it as CSV",
}


def open_source(
    source: Any,
    *,
    name: str | None = None,
    format: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    extra: Mapping[str, list[Any]] | None = None,
) -> Source:
    """Open a file or object; see `asklearn.formats.read`.

    Raises
    ------
    InputError
        When it is nothing that can be read.
    """
    if not isinstance(source, str | os.PathLike):
        from asklearn.formats.objects import open_object

        return open_object(source, name, extra or {})
    if extra:
        raise InputError(f"For a file, {' and '.join(extra)} is the name of a column.")
    path = Path(source)
    called = name or path.name
    return _open_file(_checked(path), called, _format(path, called, format), encoding, delimiter)


def _open_file(path: Path, name: str, format: str, encoding: str | None, delimiter: str | None) -> Source:
    match format:
        case "parquet":
            from asklearn.formats.parquet_file import ParquetFile

            return ParquetFile(path, name=name)
        case "jsonl":
            from asklearn.formats.jsonl_file import JsonlFile

            return JsonlFile(path, name=name, encoding=encoding)
        case "json":
            from asklearn.formats.json_file import JsonFile

            return JsonFile(path, name=name, encoding=encoding)
        case _:
            from asklearn.formats.csv_file import CsvFile

            return CsvFile(path, name=name, encoding=encoding, delimiter=delimiter)


def _checked(path: Path) -> Path:
    if not path.exists():
        beside = [one.name for one in path.parent.iterdir()] if path.parent.is_dir() else []
        near = get_close_matches(path.name, beside, n=1, cutoff=0.6)
        raise InputError(f"There is no file {path}" + (f"; did you mean {near[0]!r}?" if near else "."))
    if path.is_dir():
        raise InputError(f"{path} is a folder; name a file in it.")
    return path


def _format(path: Path, name: str, format: str | None) -> str:
    if format is not None:
        if format not in _FORMATS:
            raise InputError(f"There is no format {format!r} to read; there are: {', '.join(_FORMATS)}.")
        return "csv" if format == "tsv" else format
    with storage_errors(path, "read"), path.open("rb") as file:
        head = file.read(64)
    if head.startswith(b"PAR1"):
        return "parquet"
    for magic, said in _STRANGERS.items():
        if head.startswith(magic):
            raise InputError(f"{name} {said}.")
    suffix = Path(name).suffix.lower()
    return _SUFFIXES.get(suffix) or _SUFFIXES.get(path.suffix.lower()) or _by_head(head)


def _by_head(head: bytes) -> str:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return "json" if text.startswith(b"[") else "jsonl" if text.startswith(b"{") else "csv"
