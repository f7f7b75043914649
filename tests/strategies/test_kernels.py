"""Top without sorting, and k-means."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy.sparse import csr_array
from sklearn.cluster import KMeans

from asklearn.core.errors import InputError
from asklearn.core.ids import hash_ids
from asklearn.core.randomness import mix
from asklearn.strategies.kernels.kmeans import kmeans, nearest
from asklearn.strategies.kernels.top import first_by_key, top
from asklearn.strategies.kernels.vectors import SKETCH, dense_rows


@given(some.lists(some.integers(-3, 3), min_size=1, max_size=60), some.integers(0, 70), some.integers(0, 5))
def test_top_is_a_full_sort_by_score_then_by_key(values, n, key):
    scores = np.array(values, dtype=np.float32)
    keys = hash_ids(map(str, range(len(values))))
    expected = np.lexsort((mix(key, keys), -scores))[:n]
    assert top(scores, keys, n, key).tolist() == expected.tolist()


def test_top_takes_infinite_scores():
    scores = np.array([-np.inf, 1, np.inf, -np.inf])
    assert top(scores, hash_ids("abcd"), 2, 0).tolist() == [2, 1]


@given(some.integers(0, 40), some.integers(0, 50))
def test_first_by_key_gives_the_smallest_hashes_in_order(size, n):
    keys = hash_ids(map(str, range(size)))
    expected = np.argsort(mix(9, keys))[:n]
    assert first_by_key(np.arange(size), keys, n, 9).tolist() == expected.tolist()


def blobs(n=300, k=6, d=8, seed=0):
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(k, d)) * 10
    return (centres[np.arange(n) % k] + rng.normal(size=(n, d)) * 0.1).astype(np.float32)


def test_kmeans_finds_clusters_that_are_far_apart():
    found = kmeans(blobs(), 6, key=1)
    groups = [set(found.member[start::6].tolist()) for start in range(6)]
    assert all(len(group) == 1 for group in groups)
    assert len(set.union(*groups)) == 6


def test_kmeans_is_about_as_good_as_that_of_scikit_learn():
    X = np.random.default_rng(0).normal(size=(600, 16)).astype(np.float32)
    theirs = KMeans(20, n_init=1, random_state=0).fit(X).inertia_
    ours = kmeans(X, 20, key=0).distance.sum()
    assert ours < 1.05 * theirs


def test_kmeans_gives_the_same_answer_each_time_and_another_for_another_key():
    X = np.random.default_rng(0).normal(size=(200, 5)).astype(np.float32)
    assert kmeans(X, 7, key=1).member.tolist() == kmeans(X, 7, key=1).member.tolist()
    assert kmeans(X, 7, key=1).member.tolist() != kmeans(X, 7, key=2).member.tolist()


@pytest.mark.parametrize("k", [1, 3, 10, 20])
def test_kmeans_stands_rows_that_are_all_alike_and_zeros(k):
    for X in (np.zeros((10, 4), np.float32), np.ones((10, 4), np.float32)):
        found = kmeans(X, k, key=0)
        assert len(found.centres) == min(k, 10)
        assert np.isfinite(found.centres).all()
        assert found.distance.tolist() == [0] * 10


def test_kmeans_with_as_many_clusters_as_rows_gives_each_its_own():
    X = blobs(n=6)
    assert sorted(kmeans(X, 6, key=0).member.tolist()) == list(range(6))


def test_nearest_agrees_with_all_distances():
    rng = np.random.default_rng(0)
    X, centres = rng.normal(size=(5_000, 6)).astype(np.float32), rng.normal(size=(9, 6)).astype(np.float32)
    member, distance = nearest(X, centres)
    plain = ((X[:, None, :] - centres[None]) ** 2).sum(axis=2)
    assert member.tolist() == plain.argmin(axis=1).tolist()
    np.testing.assert_allclose(distance, plain.min(axis=1), rtol=1e-3, atol=1e-4)


def test_wide_sparse_rows_are_sketched_and_keep_their_inner_products():
    rng = np.random.default_rng(0)
    X = csr_array(rng.random((40, 5_000)) * (rng.random((40, 5_000)) < 0.01))
    Z = dense_rows(X)
    assert Z.shape == (40, SKETCH)
    exact, sketched = (X @ X.T).toarray(), Z @ Z.T
    assert np.corrcoef(exact.ravel(), sketched.ravel())[0, 1] > 0.95


def test_narrow_sparse_rows_are_taken_as_they_are():
    X = csr_array(np.eye(3))
    assert dense_rows(X).tolist() == np.eye(3).tolist()


def test_vectors_with_nan_are_refused_by_row():
    X = np.ones((5, 2), np.float32)
    X[3, 1] = np.nan
    with pytest.raises(InputError, match=r"1 candidates \(3\)"):
        dense_rows(X)
