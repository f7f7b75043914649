"""Encoders, estimators, calibration: from raw fields and a few labels to honest probabilities."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asklearn.models.catalogue import LEARNERS, find_learner
    from asklearn.models.encoders import (
        ENCODERS,
        FunctionEncoder,
        SentenceEncoder,
        TfidfEncoder,
        VectorEncoder,
        find_encoder,
        load_encoder,
    )
    from asklearn.models.estimator import EstimatorLearner
    from asklearn.models.files import foreign_types
    from asklearn.models.learner import FittedModel, Inputs, Learner
    from asklearn.models.text import TextLearner

_HOMES = {
    "ENCODERS": "encoders",
    "EstimatorLearner": "estimator",
    "FittedModel": "learner",
    "FunctionEncoder": "encoders",
    "Inputs": "learner",
    "LEARNERS": "catalogue",
    "Learner": "learner",
    "SentenceEncoder": "encoders",
    "TextLearner": "text",
    "TfidfEncoder": "encoders",
    "VectorEncoder": "encoders",
    "find_encoder": "encoders",
    "find_learner": "catalogue",
    "foreign_types": "files",
    "load_encoder": "encoders",
}

__all__ = [
    "ENCODERS",
    "LEARNERS",
    "EstimatorLearner",
    "FittedModel",
    "FunctionEncoder",
    "Inputs",
    "Learner",
    "SentenceEncoder",
    "TextLearner",
    "TfidfEncoder",
    "VectorEncoder",
    "find_encoder",
    "find_learner",
    "foreign_types",
    "load_encoder",
]


def __getattr__(name: str) -> Any:
    """Import what is used, when it is used: scikit-learn alone takes most of a second."""
    if name not in _HOMES:
        raise AttributeError(f"module 'asklearn.models' has no attribute {name!r}")
    return getattr(import_module(f"asklearn.models.{_HOMES[name]}"), name)
