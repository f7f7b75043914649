"""Predictions for a file: by a project's newest model, or by an exported one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from asklearn.app.cli.common.opening import SETTINGS, find_project, opened
from asklearn.core.errors import AsklearnError, InputError

MODEL_FILE = "model.skops"


def find_model(home: Path, name: str, project: str | None) -> Any:
    """The fitted pipeline of a project, or of an exported file or model folder.

    Parameters
    ----------
    project : str or None
        Whose settings say which types of a file are trusted.

    Raises
    ------
    InputError
        When a file holds types that nobody trusts; lists them.
    NotReady
        When the project has no model yet.
    """
    path = Path(name)
    file = path / MODEL_FILE if path.is_dir() and not (path / SETTINGS).is_file() else path
    if file.is_file():
        from asklearn.models.export import load_exported

        return load_exported(file, trusted=_trusted(home, project))
    with opened(home, name) as one:
        return one.model


def predictions(pipeline: Any, reading: Any, text: str | None) -> Iterator[dict[str, Any]]:
    """For each row its id, its likeliest label, and the probability of every label.

    Parameters
    ----------
    pipeline : sklearn.pipeline.Pipeline
    reading : asklearn.formats.Reading
    text : str or None
        The column with the text, when it is not called as in training.
    """
    names = [str(name) for name in pipeline.classes_]
    for table in reading:
        items = reading.items_of(table)
        shares = _shares(pipeline, items, text)
        for id_, row in zip(items["id"].to_pylist(), shares, strict=True):
            best = int(row.argmax())
            yield {
                "id": id_,
                "label": names[best],
                "probability": float(row[best]),
                "probabilities": dict(zip(names, map(float, row), strict=True)),
            }


def _shares(pipeline: Any, items: Any, text: str | None) -> Any:
    """Probabilities by a model of ours, which reads a table, or by another, which reads texts."""
    from asklearn.models.export import fields_of

    if fields_of(pipeline):
        return pipeline.predict_proba(_renamed(items, pipeline, text))
    if text is None:
        raise InputError("This model was not exported by asklearn; say with --text which column it reads.")
    if not hasattr(pipeline, "predict_proba"):
        raise InputError("This model was not exported by asklearn, and gives no probabilities.")
    try:
        return pipeline.predict_proba(items[text].to_pylist())
    except (ValueError, TypeError, AttributeError) as error:
        raise InputError(f"This model cannot read the texts of {text!r} ({error}).") from None


def _trusted(home: Path, project: str | None) -> Sequence[str]:
    from asklearn.project.settings import read_settings

    try:
        return read_settings(find_project(home, project)).trusted
    except AsklearnError:
        if project is not None:
            raise
        return ()


def _renamed(items: Any, pipeline: Any, text: str | None) -> Any:
    from asklearn.models.export import fields_of

    wanted = fields_of(pipeline)
    if text is not None and len(wanted) == 1 and text in items.column_names:
        items = items.rename_columns([wanted[0] if name == text else name for name in items.column_names])
    missing = [name for name in wanted if name not in items.column_names]
    if missing:
        there = ", ".join(name for name in items.column_names if name != "id")
        raise InputError(
            f"The model reads {', '.join(map(repr, missing))}, which the file does not have; "
            f"its columns are {there}. Where the text is called otherwise, say so with --text."
        )
    return items
