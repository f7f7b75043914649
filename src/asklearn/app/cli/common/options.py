"""Options that many commands share, each declared once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

HERE = Path()


class OnError(StrEnum):
    """What a bad row does."""

    STOP = "stop"
    SKIP = "skip"


class OnChange(StrEnum):
    """What an id that is there with other content does."""

    ERROR = "error"
    REVISE = "revise"
    KEEP = "keep"


Home = Annotated[
    Path,
    typer.Option(
        "--home",
        envvar="ASKLEARN_HOME",
        help="Folder that holds projects.",
        show_default="the current folder",
    ),
]
ProjectArgument = Annotated[
    str | None,
    typer.Argument(metavar="PROJECT", help="Its name or folder; may be left out where there is only one."),
]
ProjectOption = Annotated[
    str | None,
    typer.Option(
        "--project", "-p", help="The project's name or folder; may be left out where there is only one."
    ),
]
Json = Annotated[
    bool, typer.Option("--json", help="Print one JSON document to stdout, and nothing else there.")
]
Annotator = Annotated[str, typer.Option("--annotator", envvar="ASKLEARN_ANNOTATOR", help="Who answers.")]
OnErrorOption = Annotated[
    OnError,
    typer.Option("--on-error", help="What a bad row does: stop everything, or be skipped and listed."),
]

OnChangeOption = Annotated[
    OnChange,
    typer.Option(
        "--on-change",
        help="An id that is there with other content: an error, or it is revised, or kept as it was.",
    ),
]

File = Annotated[Path, typer.Argument(metavar="FILE", help="A CSV, TSV, JSONL, JSON or Parquet file.")]
Text = Annotated[
    list[str] | None,
    typer.Option(
        "--text", help="Column with the text; repeat it for several.", show_default="found by its content"
    ),
]
Id = Annotated[
    str | None,
    typer.Option(
        "--id",
        help="Column with the id of each item.",
        show_default="the column id, else made of the content",
    ),
]
LabelColumn = Annotated[
    str | None, typer.Option("--label-column", help="Column with labels that are there already.")
]
Prediction = Annotated[
    str | None, typer.Option("--prediction", help="Column with the predictions of a model that you have.")
]
Probabilities = Annotated[
    str | None,
    typer.Option(
        "--probabilities", help="Start of the names of the columns with its probabilities, as in p_bug."
    ),
]
Encoding = Annotated[
    str | None, typer.Option("--encoding", help="Such as utf-8 or cp1252.", show_default="detected")
]
Delimiter = Annotated[
    str | None, typer.Option("--delimiter", help="What separates columns.", show_default="detected")
]
