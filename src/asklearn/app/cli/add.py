"""``asklearn add``: more items for a project."""

from __future__ import annotations

from asklearn.app.cli.common import options as o
from asklearn.app.cli.common.importing import Columns, import_file, show_report
from asklearn.app.cli.common.opening import opened
from asklearn.app.cli.common.output import present
from asklearn.core.errors import InputError


def add(
    file: o.File,
    text: o.Text = None,
    id: o.Id = None,
    label_column: o.LabelColumn = None,
    prediction: o.Prediction = None,
    probabilities: o.Probabilities = None,
    on_error: o.OnErrorOption = o.OnError.STOP,
    on_change: o.OnChangeOption = o.OnChange.ERROR,
    encoding: o.Encoding = None,
    delimiter: o.Delimiter = None,
    project: o.ProjectOption = None,
    home: o.Home = o.HERE,
    json: o.Json = False,
) -> None:
    """Add a file of items; what is there already is not added twice."""
    if not file.is_file():
        raise InputError(f"There is no file {file}.")
    columns = Columns(
        tuple(text or ()),
        id,
        label_column,
        prediction,
        probabilities,
        on_error,
        encoding,
        delimiter,
        on_change,
    )
    with opened(home, project) as one:
        report = import_file(one, file, columns)
    present(report, as_json=json, people=lambda console: show_report(console, report))
