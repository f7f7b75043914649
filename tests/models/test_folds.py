"""Folds that any labels allow."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from asklearn.models.folds import search_splits, stratified_folds

LABELS = st.lists(st.integers(0, 6), min_size=1, max_size=60).map(lambda ys: np.array(ys, dtype=np.int64))


@given(LABELS, st.integers(2, 10), st.integers(0, 5))
def test_every_example_is_held_out_once_and_folds_are_even(y: np.ndarray, splits: int, seed: int) -> None:
    folds = stratified_folds(y, splits, seed=seed)
    sizes = np.bincount(folds)
    assert len(folds) == len(y)
    assert len(sizes) == min(splits, len(y))
    assert sizes.max() - sizes.min() <= 1
    assert np.array_equal(folds, stratified_folds(y, splits, seed=seed))


@given(LABELS, st.integers(2, 10))
def test_a_class_is_spread_as_evenly_as_can_be(y: np.ndarray, splits: int) -> None:
    folds = stratified_folds(y, splits)
    for one in np.unique(y):
        counts = np.bincount(folds[y == one], minlength=min(splits, len(y)))
        assert counts.max() - counts.min() <= 1


def test_another_seed_holds_out_others() -> None:
    y = np.zeros(50, dtype=np.int64)
    assert not np.array_equal(stratified_folds(y, 5, seed=0), stratified_folds(y, 5, seed=1))


@given(LABELS, st.integers(2, 6))
def test_a_search_always_trains_on_every_class(y: np.ndarray, splits: int) -> None:
    found = search_splits(y, splits)
    counts = np.bincount(y)
    if (counts >= 2).sum() < 2:
        assert found is None
        return
    assert 2 <= len(found) <= splits
    for train, test in found:
        assert set(y[train]) == set(y)
        assert len(test)
        assert not set(train) & set(test)
        assert np.isin(y[test], np.flatnonzero(counts >= 2)).all()
