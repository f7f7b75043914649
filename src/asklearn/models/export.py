"""A trained model in one file, for anybody: a scikit-learn Pipeline from raw fields to label names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from asklearn.core.errors import InputError, StorageError
from asklearn.models.files import load_file, save_file
from asklearn.models.learner import FittedModel

MODEL_FILE = "model.skops"
CARD_FILE = "README.md"


def export_model(model: FittedModel, path: str | Path, *, card: str = "") -> Path:
    """Write a model's pipeline, and its card beside it.

    Parameters
    ----------
    model : FittedModel
    path : str or Path
        A file ``NAME.skops``, whose card becomes ``NAME.md``; or a folder, which gets ``model.skops`` and
        ``README.md``, as model hubs expect.
    card : str
        Markdown; an empty one is not written.

    Returns
    -------
    Path
        The skops file. Weights of a pretrained encoder are not in it: it names their package and version.

    Raises
    ------
    InputError
        When something in the model cannot be written without pickle.
    StorageError
        When the place cannot be written.
    """
    place = Path(path)
    file, beside = place, place.with_suffix(".md")
    if place.suffix != ".skops":
        file, beside = place / MODEL_FILE, place / CARD_FILE
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if card:
            beside.write_text(card, encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{file.parent} cannot be written: {error.strerror}.") from None
    save_file(model.pipeline(), file)
    return file


def load_exported(path: str | Path, *, trusted: Iterable[str] = ()) -> Any:
    """The pipeline of an exported model.

    Parameters
    ----------
    path : str or Path
        The skops file, or the folder that holds it.
    trusted : iterable of str
        Full names of types that the file may hold besides scikit-learn's and ours.

    Returns
    -------
    sklearn.pipeline.Pipeline
        ``predict`` gives label names, ``predict_proba`` a column for each of ``classes_``.

    Raises
    ------
    InputError
        When there is no such file, it needs types that are not trusted, or holds no classifier.
    """
    place = Path(path)
    file = place / MODEL_FILE if place.is_dir() else place
    loaded = load_file(file, trusted=trusted)
    if not hasattr(loaded, "predict") or not hasattr(loaded, "classes_"):
        raise InputError(f"{file} holds no classifier but {type(loaded).__name__}; give an exported model.")
    return loaded


def fields_of(pipeline: Any) -> tuple[str, ...]:
    """The columns that an exported model reads; empty when it does not say."""
    steps = getattr(pipeline, "named_steps", {})
    return tuple(getattr(steps.get("fields"), "fields", ()))
