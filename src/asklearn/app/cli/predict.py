"""``asklearn predict``: labels for new rows, with probabilities."""

from __future__ import annotations

import csv
import json as jsonlib
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from asklearn.app.cli.common import options as o
from asklearn.app.cli.common.output import print_json, say
from asklearn.app.cli.common.predicting import find_model, predictions
from asklearn.app.cli.common.progress import reading
from asklearn.core.errors import InputError
from asklearn.core.files import replacing


def predict(
    model: Annotated[str, typer.Argument(metavar="MODEL", help="A project, or an exported model (.skops).")],
    file: o.File,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="CSV or JSONL file to write.", show_default="stdout, as CSV"),
    ] = None,
    text: Annotated[
        str | None,
        typer.Option("--text", help="Column with the text, when it is not called as in training."),
    ] = None,
    id: o.Id = None,
    encoding: o.Encoding = None,
    delimiter: o.Delimiter = None,
    project: Annotated[
        str | None,
        typer.Option("--project", "-p", help="Project whose settings say which types of a file are trusted."),
    ] = None,
    home: o.Home = o.HERE,
    json: o.Json = False,
) -> None:
    """Label new rows with a trained model, with the probability of each label."""
    from asklearn.formats import read

    if not file.is_file():
        raise InputError(f"There is no file {file}.")
    pipeline = find_model(home, model, project)
    with reading(f"Reading {file.name}") as bar:
        source = read(
            file, text=text, id=id, encoding=encoding, delimiter=delimiter, on_error="stop", progress=bar
        )
        rows = predictions(pipeline, source, text)
        if json:
            print_json(list(rows))
            return
        count = _write(rows, [str(name) for name in pipeline.classes_], output)
    if output:
        say(f"{count:,} prediction{' is' if count == 1 else 's are'} in {output}.")


def _write(rows: Iterable[dict[str, Any]], names: list[str], output: Path | None) -> int:
    """Rows to stdout, or to a file that is there whole or as it was before."""
    if output is None:
        return _write_table(rows, names, sys.stdout)
    with replacing(output) as temporary, temporary.open("w", encoding="utf-8", newline="") as target:
        if output.suffix in (".jsonl", ".ndjson"):
            count = _write_lines(rows, target)
        else:
            count = _write_table(rows, names, target)
    return count


def _write_lines(rows: Iterable[dict[str, Any]], target: TextIO) -> int:
    return sum(1 for row in rows if target.write(jsonlib.dumps(row, ensure_ascii=False) + "\n"))


def _write_table(rows: Iterable[dict[str, Any]], names: list[str], target: TextIO) -> int:
    """A row for each item: id, label, its probability, then that of every label."""
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(["id", "label", "probability", *(f"p_{name}" for name in names)])
    count = 0
    for row in rows:
        shares = [f"{share:.6g}" for share in row["probabilities"].values()]
        writer.writerow([row["id"], row["label"], f"{row['probability']:.6g}", *shares])
        count += 1
    return count
