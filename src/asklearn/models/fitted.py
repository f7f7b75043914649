"""A model that was fitted: a reader, a calibrated head, and what held-out folds said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asklearn.core.errors import InputError, VersionMismatch
from asklearn.core.protocols import Encoder, Task
from asklearn.models.files import load_file, save_file
from asklearn.models.learner import Inputs
from asklearn.models.readers import Reader

FORMAT = 1


@dataclass(frozen=True)
class HeadModel:
    """A fitted model of the loop; implements `asklearn.models.learner.FittedModel`.

    Attributes
    ----------
    classes : tuple of str
        Label ids, in the task's order.
    reader : Reader
        Turns items into what the head's estimator wants.
    head : CalibratedHead or classifier
        Knows all labels by name, in the same order.
    oof_proba : ndarray of shape (n, n_classes), float32, or None
        Calibrated out-of-fold probabilities of the training items.
    notes : tuple of str
        What a person may want to know about the fit.
    """

    classes: tuple[str, ...]
    reader: Reader
    head: Any
    oof_proba: NDArray[np.float32] | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def names(self) -> tuple[str, ...]:
        """Label names as they were when it was trained, in class order."""
        return tuple(str(name) for name in self.head.classes_)

    @property
    def columns(self) -> tuple[str, ...]:
        """Raw fields that it reads besides what encoders made."""
        return tuple(self.reader.columns)

    def predict_proba(self, inputs: Inputs) -> NDArray[np.float32]:
        """Calibrated probabilities, shape (n, n_classes), float32."""
        return np.asarray(self.head.predict_proba(self.reader.read(inputs)), dtype=np.float32)

    def pipeline(self) -> Any:
        """One fitted scikit-learn Pipeline from raw fields to label names.

        Its input is a list of texts (for a model of one field), a list of dicts, a DataFrame, a pyarrow
        Table, or an array for a model of vectors.
        """
        from sklearn.pipeline import Pipeline

        return Pipeline([("fields", self.reader), ("model", self.head)])

    def save(self, path: str) -> None:
        """Write reader and head as one skops file; encoders are named, not contained."""
        contents = {
            "format": FORMAT,
            "classes": list(self.classes),
            "reader": self.reader.detached(),
            "head": self.head,
            "oof_proba": self.oof_proba,
            "notes": list(self.notes),
        }
        save_file(contents, path)

    @classmethod
    def load(
        cls, path: str, task: Task, encoders: Mapping[str, Encoder], *, trusted: tuple[str, ...] = ()
    ) -> HeadModel:
        """The way back from `save`.

        Raises
        ------
        InputError
            When the file is no such model, or needs types that are not trusted.
        VersionMismatch
            When it knows other labels, or other features.
        """
        saved = load_file(path, trusted=trusted)
        if not isinstance(saved, dict) or saved.get("format") != FORMAT:
            raise InputError(f"{path} is no model of a project; asklearn predict reads exported models.")
        classes = tuple(saved["classes"])
        if classes != task.classes:
            raise VersionMismatch(
                f"The model in {path} was trained before the labels changed; it knows "
                f"{', '.join(map(repr, classes[:8]))}. Train again."
            )
        reader = saved["reader"].attached(encoders)
        return cls(classes, reader, saved["head"], saved["oof_proba"], tuple(saved["notes"]))
