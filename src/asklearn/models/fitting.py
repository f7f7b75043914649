"""Fitting whatever a person brings, on as few labels as there are."""

from __future__ import annotations

import re
import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from sklearn.utils.validation import has_fit_parameter

from asklearn.core.errors import InputError
from asklearn.models.folds import search_splits
from asklearn.models.wants import inside


def fit_estimator(
    estimator: Any,
    X: Any,
    y: NDArray[np.int64],
    names: NDArray[Any],
    *,
    seed: int = 0,
    sample_weight: NDArray[np.float64] | None = None,
) -> tuple[Any, NDArray[Any], tuple[str, ...]]:
    """A fitted clone (of a search, what it chose), its classes in class order, and notes for a person.

    Labels are given by name; an estimator that refuses texts gets numbers from 0. What is left to chance in
    it (a ``random_state`` of None) follows the seed. Where a cross-validation inside it asks for more
    examples of each class than there are, it gets folds that the labels allow, or goes without.

    Raises
    ------
    InputError
        When it cannot be fitted; names the estimator and what it says.
    """
    present = np.unique(y)
    codes = np.searchsorted(present, y)
    ready, notes = _prepared(estimator, codes, seed)
    try:
        fitted, said = _fit(ready, X, names[y], sample_weight)
        known = names[present]
    except InputError:
        raise
    except Exception as first:  # noqa: BLE001  (any estimator, any error)
        try:
            fitted, said = _fit(clone(ready), X, codes, sample_weight)
        except Exception:  # noqa: BLE001
            raise InputError(_failure(estimator, first, len(y), len(present))) from first
        known = np.arange(len(present))
    chosen = getattr(fitted, "best_estimator_", None)
    if chosen is not None:
        said = (*said, f"{called(fitted)} chose {_shown(fitted.best_params_)}.")
    return fitted if chosen is None else chosen, known, (*notes, *said)


def _shown(parameters: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in parameters.items()) or "its own parameters"


def _fit(estimator: Any, X: Any, y: Any, sample_weight: Any) -> tuple[Any, tuple[str, ...]]:
    options = _weights(estimator, sample_weight)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        estimator.fit(X, y, **options)
    lines = {f"{called(estimator)}: {_first_line(str(one.message))}" for one in caught if _matters(one)}
    return estimator, tuple(sorted(lines))


def _matters(caught: warnings.WarningMessage) -> bool:
    """What concerns this fit, not the next release of a library."""
    return not issubclass(caught.category, FutureWarning | DeprecationWarning | PendingDeprecationWarning)


def _weights(estimator: Any, sample_weight: Any) -> dict[str, Any]:
    if sample_weight is None:
        return {}
    if hasattr(estimator, "steps"):
        name, last = estimator.steps[-1]
        return {f"{name}__sample_weight": sample_weight} if has_fit_parameter(last, "sample_weight") else {}
    return {"sample_weight": sample_weight} if has_fit_parameter(estimator, "sample_weight") else {}


def _prepared(estimator: Any, y: NDArray[np.int64], seed: int) -> tuple[Any, tuple[str, ...]]:
    try:
        ready = clone(estimator)
    except TypeError as error:
        raise InputError(
            f"{called(estimator)} is not a scikit-learn classifier: {_first_line(str(error))} Give one with "
            "get_params, fit and predict."
        ) from None
    chance = {
        name: seed
        for name, value in ready.get_params().items()
        if value is None and _is(name, "random_state")
    }
    ready.set_params(**chance)
    return _with_folds(ready, y, seed)


def _with_folds(estimator: Any, y: NDArray[np.int64], seed: int) -> tuple[Any, tuple[str, ...]]:
    """Every ``cv`` inside that asks for too much gets folds that the labels allow."""
    notes: list[str] = []
    smallest = int(np.bincount(y).min())
    parameters = estimator.get_params()
    for name in sorted((name for name in parameters if _is(name, "cv")), key=len, reverse=True):
        wanted = _splits(parameters[name])
        if wanted is None or smallest >= wanted:
            continue
        owner_name = name.rpartition("__")[0]
        owner = parameters[owner_name] if owner_name else estimator
        splits = search_splits(y, wanted, seed=seed)
        if splits is not None:
            owner.set_params(cv=splits)
            notes.append(f"{called(owner)}: {len(splits)} folds, as some labels have few examples yet.")
            continue
        inner = inside(owner)
        if inner is None:
            continue
        notes.append(
            f"{called(owner)}: too few examples of each label yet, so {called(inner)} is fitted as it is."
        )
        if not owner_name:
            return inner, tuple(notes)
        estimator.set_params(**{owner_name: inner})
    return estimator, tuple(notes)


def _splits(cv: Any) -> int | None:
    """Folds that a ``cv`` parameter asks for; None when it does not say, or needs no such care."""
    if cv is None:
        return 5
    if isinstance(cv, int) and not isinstance(cv, bool):
        return cv
    if isinstance(cv, str) or not hasattr(cv, "split"):
        return None
    return int(getattr(cv, "n_splits", getattr(cv, "cvargs", {}).get("n_splits", 5)))


def _is(name: str, parameter: str) -> bool:
    return name == parameter or name.endswith(f"__{parameter}")


def called(estimator: Any) -> str:
    """What a person calls an estimator: its class, or the classes of a pipeline's steps."""
    if hasattr(estimator, "steps"):
        return " + ".join(called(step) for _, step in estimator.steps if step not in (None, "passthrough"))
    inner, own = inside(estimator), type(estimator).__name__
    return own if inner is None else f"{own}({called(inner)})"


def _failure(estimator: Any, error: Exception, n: int, classes: int) -> str:
    message = _first_line(str(error)) or type(error).__name__
    return f"{called(estimator)} could not be fitted on {n} labels of {classes} classes. It says: {message}"


def _first_line(message: str) -> str:
    lines = [line.strip() for line in message.strip().splitlines() if line.strip()]
    return re.sub(r"\s+", " ", lines[0])[:300] if lines else ""
