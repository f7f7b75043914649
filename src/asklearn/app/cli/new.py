"""``asklearn new``: a project from a file."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from asklearn.app.cli.common import options as o
from asklearn.app.cli.common.importing import Columns, import_file, show_report
from asklearn.app.cli.common.label_names import gather_labels
from asklearn.app.cli.common.output import present
from asklearn.core.errors import InputError

if TYPE_CHECKING:
    from asklearn.project import ImportReport


def new(
    file: o.File,
    labels: Annotated[str | None, typer.Option("--labels", help="Labels, separated by commas.")] = None,
    label: Annotated[
        list[str] | None, typer.Option("--label", help="One label; repeat it. For names with commas.")
    ] = None,
    labels_file: Annotated[
        Path | None,
        typer.Option("--labels-file", help="File with one label a line; a tab sets off a description."),
    ] = None,
    text: o.Text = None,
    id: o.Id = None,
    label_column: o.LabelColumn = None,
    prediction: o.Prediction = None,
    probabilities: o.Probabilities = None,
    on_error: o.OnErrorOption = o.OnError.STOP,
    encoding: o.Encoding = None,
    delimiter: o.Delimiter = None,
    name: Annotated[
        str | None, typer.Option("--name", help="Name of the project.", show_default="the file's")
    ] = None,
    goal: Annotated[
        int | None, typer.Option("--goal", min=1, help="How many labels you plan to give.")
    ] = None,
    overlap: Annotated[int, typer.Option("--overlap", min=1, help="How many people answer each item.")] = 1,
    seed: Annotated[int, typer.Option("--seed", help="Same seed, same questions.")] = 0,
    strategy: Annotated[
        str, typer.Option("--strategy", help="Its name; asklearn strategies lists them.")
    ] = "auto",
    learner: Annotated[
        str, typer.Option("--learner", help="Its name, or module:attribute of your own.")
    ] = "auto",
    home: o.Home = o.HERE,
    json: o.Json = False,
) -> None:
    """Make a project of a file of unlabelled items."""
    from asklearn.project import Project
    from asklearn.stopping import Budget, Stable
    from asklearn.tasks import SingleLabel

    if not file.is_file():
        raise InputError(f"There is no file {file}.")
    columns = Columns(
        tuple(text or ()), id, label_column, prediction, probabilities, on_error, encoding, delimiter
    )
    given = gather_labels(labels, label, labels_file)
    if not given:
        raise InputError(
            "A project needs its labels: --labels a,b,c, or --label once for each, or --labels-file."
        )
    folder = home / (name or file.stem)
    was_there = folder.exists()
    project = Project.create(
        folder,
        task=SingleLabel(given),
        learner=learner,
        strategy=strategy,
        stop=Stable(patience=3) | Budget(labels=goal) if goal else None,
        seed=seed,
        text=columns.text or None,
        overlap=overlap,
        name=name,
    )
    try:
        report = import_file(project, file, columns)
    except BaseException:
        project.close()
        shutil.rmtree(folder)  # it held nothing before, and the next try starts clean
        if was_there:
            folder.mkdir()
        raise
    project.close()
    _present(folder, report, as_json=json)


def _present(folder: Path, report: ImportReport, *, as_json: bool) -> None:
    def people(console: Any) -> None:
        show_report(console, report)
        console.print(f"Next: asklearn serve {folder}")

    present({"project": str(folder), "import": report}, as_json=as_json, people=people)
