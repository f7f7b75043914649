"""What happens to bad rows: the first one stops the import, or all of them go to a file of their own."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import IO, Literal

from asklearn.core.errors import InputError, RowError
from asklearn.core.files import storage_errors
from asklearn.formats.batch import Problem

OnError = Literal["stop", "skip"]
_SHOWN = 20
_LONGEST = 10_000


class Refusals:
    """Bad rows of one reading.

    Parameters
    ----------
    source : str
        What the source is called in messages.
    unit : str
        ``"line"`` or ``"row"``.
    on_error : {"stop", "skip"}
    path : path, optional
        File for skipped rows: line, column, reason, raw text. Made with the first of them.

    Attributes
    ----------
    count : int
    first : list of RowError
        The first twenty.
    """

    def __init__(
        self, source: str, unit: str, on_error: OnError, path: str | os.PathLike[str] | None
    ) -> None:
        if on_error not in ("stop", "skip"):
            raise InputError(f'on_error is "stop" or "skip", not {on_error!r}.')
        self._source, self._unit, self._stop = source, unit, on_error == "stop"
        self._path = None if path is None else Path(path)
        self._file: IO[str] | None = None
        self.count = 0
        self.first: list[RowError] = []

    @property
    def path(self) -> str | None:
        """The file with the skipped rows, when there are any."""
        return str(self._path) if self.count and self._path else None

    def add(self, problems: list[Problem]) -> None:
        """Take bad rows, in the order of their lines.

        Raises
        ------
        RowError
            For the first of them, when bad rows stop the reading.
        """
        for problem in sorted(problems, key=lambda one: one.line):
            error = RowError(
                problem.reason, file=self._source, line=problem.line, column=problem.column, unit=self._unit
            )
            if self._stop:
                raise error
            self.count += 1
            if len(self.first) < _SHOWN:
                self.first.append(error)
            self._write(problem)

    def close(self) -> None:
        """Finish the file of skipped rows."""
        if self._file is not None:
            with storage_errors(self._path or ""):
                self._file.close()
            self._file = None

    def _write(self, problem: Problem) -> None:
        if self._path is None:
            return
        with storage_errors(self._path):
            if self._file is None:
                self._file = self._path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
                csv.writer(self._file).writerow([self._unit, "column", "reason", "raw", "asklearn:escaped"])
            row = [problem.column or "", problem.reason, problem.raw[:_LONGEST].rstrip("\r\n")]
            csv.writer(self._file).writerow([problem.line, *map(_escaped, row), ""])


def _escaped(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "'")) else text
