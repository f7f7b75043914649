"""What an estimator reads: texts, columns by name, vectors, or the features of our encoders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from asklearn.core.errors import InputError

Wants = Literal["texts", "frame", "features", "vectors", "table"]
WANTS = ("texts", "frame", "features", "vectors", "table")


def first_step(estimator: Any) -> Any:
    """The part of an estimator that meets the data: a pipeline's first step, the inside of a search."""
    while True:
        if hasattr(estimator, "steps"):
            steps = [step for _, step in estimator.steps if step is not None and step != "passthrough"]
            if not steps:
                return estimator
            estimator = steps[0]
        elif hasattr(estimator, "transformer_list"):
            estimator = estimator.transformer_list[0][1]
        elif inside(estimator) is not None:
            estimator = inside(estimator)
        else:
            return estimator


def inside(estimator: Any) -> Any:
    """The estimator that a search or a calibration wraps; None for any other."""
    inner = estimator.get_params(deep=False).get("estimator") if hasattr(estimator, "get_params") else None
    return inner if hasattr(inner, "fit") else None


def last_step(estimator: Any) -> Any:
    """The classifier itself: a pipeline's last step, the inside of a search or calibration."""
    while True:
        if hasattr(estimator, "steps"):
            estimator = estimator.steps[-1][1]
        elif inside(estimator) is not None:
            estimator = inside(estimator)
        else:
            return estimator


def wants(estimator: Any, kinds: Mapping[str, str]) -> Wants:
    """What the estimator is to be fed with, by its first step and the kinds of the project's fields.

    A text vectoriser first: texts. A ColumnTransformer first: a DataFrame. Anything else: the vectors of a
    pool of arrays, the features of encoders where all fields are text, and a table of numbers, categories
    and vectors of texts otherwise.

    Raises
    ------
    InputError
        When it is no classifier at all.
    """
    if not hasattr(estimator, "fit") or not hasattr(estimator, "get_params") or isinstance(estimator, type):
        raise InputError(
            f'A learner is "auto", the name of one, or a scikit-learn classifier; got {estimator!r}.'
        )
    first = first_step(estimator)
    if _tag(first, "string"):
        return "texts"
    if hasattr(first, "transformers") or type(first).__name__ == "TableVectorizer":
        return "frame"
    if set(kinds.values()) == {"vector"}:
        return "vectors"
    return "features" if set(kinds.values()) <= {"text"} else "table"


def feature_names(estimator: Any) -> tuple[str, ...]:
    """Which encoders of text serve an estimator.

    Linear models read the sentence vectors beside TF-IDF; models of counts, which take no negative number,
    TF-IDF alone; all others, such as forests, neighbours, kernels and networks, the sentence vectors.
    """
    from sklearn.linear_model._base import LinearClassifierMixin

    if any(_tag(part, "positive_only") for part in (first_step(estimator), last_step(estimator))):
        return ("tfidf",)
    if isinstance(last_step(estimator), LinearClassifierMixin) and _tag(estimator, "sparse"):
        return ("sentence", "tfidf")
    return ("sentence",)


def _tag(estimator: Any, name: str) -> bool:
    from sklearn.utils import get_tags

    try:
        return bool(getattr(get_tags(estimator).input_tags, name, False))
    except (AttributeError, TypeError, ValueError):
        return False
