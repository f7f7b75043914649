"""Margin, entropy and least confidence: against plain numpy, in any precision, in any order of rows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra.numpy import arrays

from asklearn.strategies import DecisionMargin, Entropy, LeastConfidence, Margin, pick
from asklearn.strategies.kernels.rows import entropy, largest, two_largest

MATRICES = some.integers(1, 70).flatmap(
    lambda columns: arrays(
        np.float32, some.tuples(some.integers(1, 30), some.just(columns)), elements=some.integers(0, 20)
    )
)


def plain_margin(P):
    ordered = np.sort(np.asarray(P, dtype=np.float64), axis=1)
    return ordered[:, -2] - ordered[:, -1]


def plain_entropy(P):
    P = np.asarray(P, dtype=np.float64)
    return -np.sum(np.where(P > 0, P * np.log(np.where(P > 0, P, 1)), 0), axis=1)


def random_proba(n, classes, dtype=np.float32, seed=0):
    P = np.random.default_rng(seed).dirichlet(np.full(classes, 0.4), n)
    return P.astype(dtype)


@given(MATRICES)
def test_the_two_largest_of_each_row(matrix):
    first, second = two_largest(matrix)
    assert first.tolist() == matrix.max(axis=1).tolist() == largest(matrix).tolist()
    if matrix.shape[1] > 1:
        assert second.tolist() == np.sort(matrix, axis=1)[:, -2].tolist()


@given(MATRICES)
def test_entropy_is_never_nan_and_zero_where_all_is_certain(matrix):
    weights = matrix + (matrix.sum(axis=1, keepdims=True) == 0)
    P = weights / weights.sum(axis=1, keepdims=True)
    found = entropy(P)
    np.testing.assert_allclose(found, plain_entropy(P), atol=2e-5)
    certain = np.eye(3, dtype=np.float32)
    assert entropy(certain).tolist() == [0, 0, 0]


@pytest.mark.parametrize("classes", [2, 3, 10, 47, 48, 200])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    ("method", "plain"),
    [
        (Margin(), plain_margin),
        (Entropy(), plain_entropy),
        (LeastConfidence(), lambda P: -np.asarray(P, dtype=np.float64).max(axis=1)),
    ],
    ids=repr,
)
def test_the_picks_are_those_of_plain_numpy(method, plain, classes, dtype):
    P = random_proba(20_000, classes, dtype)
    picks = method.pick_from(proba=P, n=50)
    scores = plain(P)
    # Float rounding may swap neighbours, so the scores are compared and not the positions.
    np.testing.assert_allclose(scores[picks.positions], np.sort(scores)[::-1][:50], rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(picks.scores, scores[picks.positions], rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("method", [Margin(), Entropy(), LeastConfidence()], ids=repr)
def test_half_precision_picks_what_its_values_in_single_precision_pick(method):
    P = random_proba(5_000, 4, np.float16)
    half = method.pick_from(proba=P, n=100).positions
    assert half.tolist() == method.pick_from(proba=P.astype(np.float32), n=100).positions.tolist()


def test_margins_closer_than_single_precision_keep_their_order_in_double():
    gaps = np.array([3e-10, 1e-10, 2e-10])
    P = np.stack([0.5 + gaps / 2, 0.5 - gaps / 2], axis=1)
    assert Margin().pick_from(proba=P, n=3).positions.tolist() == [1, 2, 0]


def test_equal_scores_fall_by_id_and_seed_never_by_position():
    P = np.full((50, 2), 0.5)
    ids = [f"item {one}" for one in range(50)]
    order = np.random.default_rng(1).permutation(50)
    picked = [ids[one] for one in Margin().pick_from(proba=P, ids=ids, n=5).positions]
    moved = [
        ids[order[one]] for one in Margin().pick_from(proba=P, ids=[ids[at] for at in order], n=5).positions
    ]
    assert picked == moved
    firsts = {int(Margin().pick_from(proba=P, ids=ids, seed=seed).positions[0]) for seed in range(30)}
    assert len(firsts) > 10


def test_a_margin_is_explained_by_its_two_classes():
    picks = pick("margin", proba=[[0.10, 0.48, 0.42]], classes=["praise", "bug", "billing"])
    (reason,) = picks.reasons
    assert reason.kind == "margin"
    assert reason.classes == (1, 2)
    assert reason.figures == pytest.approx({"p1": 0.48, "p2": 0.42})
    assert picks.sentences == [
        "Asked because the model cannot decide between bug (48\u202f%) and billing (42\u202f%)."
    ]


def test_two_classes_in_a_tie_are_named_in_class_order():
    (reason,) = Margin().pick_from(proba=[[0.2, 0.4, 0.4]]).reasons
    assert reason.classes == (1, 2)


def test_with_a_single_class_everything_is_as_good_as_everything():
    assert len(Margin().pick_from(proba=np.ones((9, 1)), n=4)) == 4


def test_decision_values_of_two_classes_may_be_one_column():
    one = DecisionMargin().pick_from(decision=[3.0, 0.2, -0.1, -4.0], n=4)
    two = DecisionMargin().pick_from(decision=[[-1.5, 1.5], [-0.1, 0.1], [0.05, -0.05], [2.0, -2.0]], n=4)
    assert one.positions.tolist() == two.positions.tolist() == [2, 1, 0, 3]
    assert one.sentences[0] == "Asked because the model cannot decide between class 0 and class 1."
