"""One per cluster of the lowest margins."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as some
from scipy.sparse import csr_array

from asklearn.strategies import Margin, MarginClusters, OnePerCluster, Top, pick


def ambiguous(n, gaps):
    gaps = np.asarray(gaps, dtype=np.float64)
    return np.stack([0.5 + gaps / 2, 0.5 - gaps / 2], axis=1)


def test_each_pick_has_the_lowest_margin_of_its_cluster():
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(4, 5)) * 20
    X = (centres[np.arange(40) % 4] + rng.normal(size=(40, 5))).astype(np.float32)
    gaps = rng.random(40) * 0.3
    picks = (Margin() | OnePerCluster()).pick_from(proba=ambiguous(40, gaps), embedding=X, n=4)
    expected = [min(range(group, 40, 4), key=lambda row: gaps[row]) for group in range(4)]
    assert sorted(picks.positions.tolist()) == sorted(expected)
    assert picks.scores.tolist() == sorted(picks.scores.tolist(), reverse=True)


def test_near_duplicates_are_asked_once():
    X = np.repeat(np.eye(3), 10, axis=0)
    gaps = np.repeat([0.0, 0.1, 0.2], 10) + np.tile(np.arange(10) * 0.001, 3)
    picks = pick("margin-clusters", proba=ambiguous(30, gaps), embedding=X, n=3)
    assert picks.positions.tolist() == [0, 10, 20]
    assert pick("margin", proba=ambiguous(30, gaps), n=3).positions.tolist() == [0, 1, 2]


def test_only_the_lowest_margins_are_looked_at():
    X = np.eye(100)
    gaps = np.arange(100) / 200
    picks = MarginClusters(per_pick=2).pick_from(proba=ambiguous(100, gaps), embedding=X, n=5)
    assert max(picks.positions) < 10


def test_one_pick_is_the_lowest_margin():
    rng = np.random.default_rng(0)
    P, X = rng.dirichlet([1, 1, 1], 500), rng.normal(size=(500, 3))
    alone = pick("margin-clusters", proba=P, embedding=X)
    assert alone.positions.tolist() == pick("margin", proba=P).positions.tolist()


@given(some.lists(some.integers(0, 2), min_size=1, max_size=25), some.integers(1, 30))
def test_never_twice_and_never_too_few_however_alike_the_items_are(places, n):
    X = np.array(places, dtype=np.float32)[:, None]
    picks = pick("margin-clusters", proba=ambiguous(len(places), X[:, 0] / 10), embedding=X, n=n)
    assert len(set(picks.positions.tolist())) == len(picks) == min(n, len(places))


def test_sparse_vectors_serve_as_well():
    X = np.repeat(np.eye(3), 4, axis=0)
    P = ambiguous(12, np.arange(12) / 100)
    dense = pick("margin-clusters", proba=P, embedding=X, n=3)
    sparse = pick("margin-clusters", proba=P, embedding=csr_array(X), n=3)
    assert dense.positions.tolist() == sparse.positions.tolist()


def test_top_never_keeps_fewer_than_are_picked():
    picks = (Margin() | Top(n=2)).pick_from(proba=ambiguous(9, np.zeros(9)), n=5)
    assert len(picks) == 5
