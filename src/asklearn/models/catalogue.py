"""Learners by name, by object, by import path, by file."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asklearn.core.errors import InputError
from asklearn.core.registry import Registry
from asklearn.models.fields import VECTOR
from asklearn.models.kinds import column_kinds
from asklearn.models.learner import Learner

LEARNERS = Registry(
    "learner",
    "asklearn.learners",
    {
        "auto": "asklearn.models.catalogue:auto_learner",
        "mixed": "asklearn.models.catalogue:mixed_learner",
        "table": "asklearn.models.catalogue:table_learner",
        "text": "asklearn.models.catalogue:text_learner",
        "tfidf": "asklearn.models.catalogue:tfidf_learner",
    },
)
"""Each builds a learner from ``fields=`` and ``kinds=``."""

_SAMPLE = 1_000


class Rows(Protocol):
    """What is asked of a pool: how many rows, and some of them."""

    def __len__(self) -> int:
        """Rows."""
        ...

    def take(self, rows: NDArray[np.int64], columns: list[str] | None = None) -> pa.Table:
        """Those rows."""
        ...


def find_learner(
    spec: Any = "auto",
    *,
    fields: Sequence[str] = ("text",),
    text: Sequence[str] = (),
    pool: Rows | None = None,
    trusted: Sequence[str] = (),
) -> Learner:
    """A learner for a project's fields.

    Parameters
    ----------
    spec : str, Path, scikit-learn classifier, or Learner
        A registered name; ``"module:attribute"`` for a classifier, a learner, or a function that returns
        one; the path of a classifier saved unfitted by `asklearn.models.files.save_file`; or the object.
    fields : sequence of str
        Columns to learn from.
    text : sequence of str
        Those among them that a person named as text; the kinds of the others are judged by the pool.
    pool : optional
    trusted : sequence of str
        Full names of types that model files may hold besides scikit-learn's.

    Raises
    ------
    InputError
        When it is none of these, or a name that nobody registered.
    """
    if hasattr(spec, "encoders") and hasattr(spec, "describe"):
        ready: Learner = spec
        return ready
    kinds = _kinds(tuple(fields), tuple(text), pool)
    if isinstance(spec, Path):
        from asklearn.models.files import load_file

        kept = load_file(spec, trusted=trusted)
        return find_learner(kept, fields=fields, text=text, pool=pool, trusted=trusted)
    if isinstance(spec, str) and ":" in spec:
        found = _imported(spec)
        found = found() if callable(found) and not hasattr(found, "fit") else found
        return find_learner(found, fields=fields, text=text, pool=pool, trusted=trusted)
    if isinstance(spec, str):
        built: Learner = LEARNERS.get(spec)(fields=tuple(kinds), kinds=kinds)
        return built
    return _adapted(spec, kinds, trusted)


def _adapted(estimator: Any, kinds: dict[str, str], trusted: Sequence[str]) -> Learner:
    from asklearn.models.estimator import EstimatorLearner

    return EstimatorLearner(estimator, fields=tuple(kinds), kinds=kinds, trusted=trusted)


def _kinds(fields: tuple[str, ...], text: tuple[str, ...], pool: Rows | None) -> dict[str, str]:
    """Kind of each field; text until the pool says otherwise."""
    others = [name for name in fields if name not in text]
    judged: dict[str, str] = {}
    if others and pool is not None and len(pool):
        rows = np.unique(np.linspace(0, len(pool) - 1, _SAMPLE).astype(np.int64))
        judged = dict(column_kinds(pool.take(rows, columns=others), others))
    elif others:
        judged = {name: "vector" if name == VECTOR else "text" for name in others}
    kinds = {name: judged.get(name, "text") for name in fields if name in judged or name in text}
    return kinds or dict.fromkeys(fields, "text")


def _imported(path: str) -> Any:
    module, _, name = path.partition(":")
    try:
        return getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise InputError(
            f"The learner {path!r} cannot be imported here: {error}. Write it as 'module:attribute', and "
            "make sure that its package is installed."
        ) from None


def auto_learner(*, fields: Sequence[str], kinds: dict[str, str]) -> Learner:
    """By the kinds of columns: the text learner, logistic regression, extra trees, or a mixture."""
    found = set(kinds.values())
    if found <= {"text"}:
        return text_learner(fields=fields, kinds=kinds)
    if found == {"vector"}:
        return vector_learner(fields=fields, kinds=kinds)
    if "text" in found:
        return mixed_learner(fields=fields, kinds=kinds)
    return table_learner(fields=fields, kinds=kinds)


def mixed_learner(*, fields: Sequence[str], kinds: dict[str, str]) -> Learner:
    """The text learner on texts and extra trees on all other columns, fused."""
    from asklearn.models.mixed import MixedLearner
    from asklearn.models.text import TextLearner

    texts = [name for name in fields if kinds[name] == "text"]
    others = {name: kinds[name] for name in fields if kinds[name] != "text"}
    if not texts or not others:
        return auto_learner(fields=fields, kinds=kinds)
    rest = table_learner(fields=tuple(others), kinds=others)
    return MixedLearner(TextLearner(fields=texts), rest, fields=fields)


def text_learner(*, fields: Sequence[str], kinds: dict[str, str]) -> Learner:
    """The default learner for text, on the text columns."""
    from asklearn.models.text import TextLearner

    texts = [name for name in fields if kinds[name] == "text"]
    return TextLearner(fields=texts or fields)


def tfidf_learner(*, fields: Sequence[str], kinds: dict[str, str]) -> Learner:
    """TF-IDF and logistic regression: the baseline."""
    from sklearn.linear_model import LogisticRegression

    from asklearn.models.encoders import TfidfEncoder
    from asklearn.models.estimator import EstimatorLearner

    texts = [name for name in fields if kinds[name] == "text"] or list(fields)
    return EstimatorLearner(
        LogisticRegression(C=10.0, max_iter=1_000),
        fields=texts,
        reads="features",
        encoders=[TfidfEncoder(texts)],
    )


def vector_learner(*, fields: Sequence[str], kinds: dict[str, str]) -> Learner:
    """Logistic regression on standardised vectors."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    from asklearn.models.estimator import EstimatorLearner

    estimator = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=1_000))
    return EstimatorLearner(estimator, fields=fields, kinds=kinds)


def table_learner(*, fields: Sequence[str], kinds: dict[str, str]) -> Learner:
    """Extra trees on numbers, categories and vectors of texts."""
    from sklearn.ensemble import ExtraTreesClassifier

    from asklearn.models.estimator import EstimatorLearner

    return EstimatorLearner(ExtraTreesClassifier(200), fields=fields, kinds=kinds, reads="table")
