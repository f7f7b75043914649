"""``asklearn export``: labels, annotations, the whole provenance, or the model, as files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from asklearn.app.cli.common import options as o
from asklearn.app.cli.common.opening import opened
from asklearn.app.cli.common.output import present
from asklearn.core.errors import InputError


class What(StrEnum):
    """What is exported."""

    LABELS = "labels"
    ANNOTATIONS = "annotations"
    PROVENANCE = "provenance"
    MODEL = "model"


class Format(StrEnum):
    """How tables are written."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    DATASETS = "datasets"


SUFFIXES = {Format.CSV: ".csv", Format.JSONL: ".jsonl", Format.PARQUET: ".parquet", Format.DATASETS: ""}


def export(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="Where to; by default named after project and content."),
    ] = None,
    what: Annotated[What, typer.Option("--what", help="What to export.")] = What.LABELS,
    format: Annotated[
        Format | None,
        typer.Option(
            "--format", help="How; datasets makes a folder for Hugging Face.", show_default="from FILE"
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", "-f", help="Write over a file that exists.")] = False,
    project: o.ProjectOption = None,
    home: o.Home = o.HERE,
    json: o.Json = False,
) -> None:
    """Write labels, annotations, the whole provenance or the model to a file."""
    with opened(home, project) as one:
        target = file or Path(f"{one.name}-{what.value}{_suffix(what, format)}")
        if target.exists() and not force:
            raise InputError(
                f"{target} exists already; choose another name, or add --force to write over it."
            )
        if what is What.MODEL:
            _check_model_file(target, format)
            one.export_model(target)
        else:
            one.export(target, what=what.value, format=format.value if format else None)
    present(
        {"what": what.value, "path": str(target)},
        as_json=json,
        people=lambda console: console.print(f"The {what.value} {_verb(what)} in {target}."),
    )


def _check_model_file(target: Path, format: Format | None) -> None:
    if format is not None or target.suffix not in ("", ".skops"):
        raise InputError(
            "A model goes out as a skops file, NAME.skops, or as a folder without an ending; "
            "the formats are for tables."
        )


def _suffix(what: What, format: Format | None) -> str:
    if what is What.MODEL:
        return ".skops"
    return SUFFIXES[format or (Format.JSONL if what is What.PROVENANCE else Format.CSV)]


def _verb(what: What) -> str:
    return "are" if what in (What.LABELS, What.ANNOTATIONS) else "is"
