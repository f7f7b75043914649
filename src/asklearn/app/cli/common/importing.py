"""Importing a file, as `new` and `add` do it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from asklearn.app.cli.common.options import OnChange, OnError
from asklearn.app.cli.common.progress import reading

if TYPE_CHECKING:
    from rich.console import Console

    from asklearn.project import ImportReport, Project


@dataclass(frozen=True)
class Columns:
    """What each column of a file is, and how the file is read."""

    text: tuple[str, ...] = ()
    id: str | None = None
    label: str | None = None
    prediction: str | None = None
    probabilities: str | None = None
    on_error: OnError = OnError.STOP
    encoding: str | None = None
    delimiter: str | None = None
    on_change: OnChange = OnChange.ERROR


def import_file(project: Project, file: Path, columns: Columns) -> ImportReport:
    """Add the file's rows to the pool, with a bar in the terminal."""
    with reading(f"Reading {file.name}") as bar:
        return project.add(
            file,
            text=columns.text or None,
            id=columns.id,
            label=columns.label,
            prediction=columns.prediction,
            probabilities=columns.probabilities,
            on_error=columns.on_error.value,
            on_change=columns.on_change.value,
            encoding=columns.encoding,
            delimiter=columns.delimiter,
            progress=bar,
        )


def show_report(console: Console, report: ImportReport) -> None:
    """The import in a sentence, and what was detected on the way."""
    console.print(report.sentence)
    for note in report.notes:
        console.print(note, style="dim")
