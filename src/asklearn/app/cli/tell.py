"""``asklearn tell``: answers from a file, a pipe, or the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from asklearn.app.cli.common import options as o
from asklearn.app.cli.common.answers import read_answers
from asklearn.app.cli.common.errors import said
from asklearn.app.cli.common.opening import opened
from asklearn.app.cli.common.output import present, say
from asklearn.core.errors import InputError
from asklearn.core.records import Answer

if TYPE_CHECKING:
    from asklearn.core.errors import RowError


def tell(
    answers: Annotated[
        str,
        typer.Argument(
            metavar="FILE|ID", help="JSON lines with id and label (- reads the pipe); or one item's id."
        ),
    ] = "-",
    label: Annotated[
        str | None, typer.Argument(metavar="LABEL", help="The item's label, when an id was given.")
    ] = None,
    annotator: o.Annotator = "me",
    on_error: o.OnErrorOption = o.OnError.STOP,
    project: o.ProjectOption = None,
    home: o.Home = o.HERE,
    json: o.Json = False,
) -> None:
    """Give answers: a file or pipe of JSON lines, or one ID and LABEL."""
    told: list[Answer]
    bad: list[RowError]
    with opened(home, project) as one:
        if label is not None:
            told, bad = [Answer(item=answers, value=label)], []
        else:
            told, bad = read_answers(_lines(answers), _name(answers), one, skip=on_error is o.OnError.SKIP)
        receipts = one.tell(told, annotator=annotator, source="cli") if told else []
    repeated = sum(receipt.repeated for receipt in receipts)
    for error in bad:
        say(said(error), style="yellow")
    result = {
        "told": len(receipts) - repeated,
        "repeated": repeated,
        "skipped": [{"line": error.line, "reason": error.reason} for error in bad],
        "receipts": receipts,
    }
    present(
        result,
        as_json=json,
        people=lambda console: console.print(_sentence(len(receipts), repeated, len(bad))),
    )


def _lines(source: str) -> Iterable[str]:
    if source == "-":
        if sys.stdin.isatty():
            raise InputError("Give answers as a file of JSON lines, through a pipe, or as ID and LABEL.")
        return sys.stdin
    try:
        # not splitlines: a text may hold a line separator of Unicode, which JSON leaves as it is
        return Path(source).read_text(encoding="utf-8-sig").split("\n")
    except FileNotFoundError:
        raise InputError(f"There is no file {source}; to label one item, give its id and a label.") from None
    except IsADirectoryError:
        raise InputError(f"{source} is a folder; give a file of JSON lines.") from None
    except UnicodeDecodeError:
        raise InputError(f"{source} is not UTF-8 text; save the JSON lines as UTF-8.") from None


def _name(source: str) -> str:
    return "standard input" if source == "-" else source


def _sentence(all_told: int, repeated: int, bad: int) -> str:
    parts = [f"{all_told - repeated} answer{'' if all_told - repeated == 1 else 's'} told"]
    if repeated:
        parts.append(f"{repeated} known already")
    if bad:
        parts.append(f"{bad} skipped")
    return ", ".join(parts) + "."
