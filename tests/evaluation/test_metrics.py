"""Metrics and their intervals, against scikit-learn and exact values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from sklearn.metrics import cohen_kappa_score, f1_score

from asklearn.evaluation import cohen_kappa, macro_f1, observe, wilson

PAIRS = some.lists(some.tuples(some.integers(0, 3), some.integers(0, 3)), min_size=1, max_size=60)


@given(PAIRS)
def test_macro_f1_is_that_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    truth, guess = (np.array(side) for side in zip(*pairs, strict=True))
    assert macro_f1(truth, guess, 4) == pytest.approx(
        f1_score(truth, guess, average="macro", zero_division=0.0)
    )


@given(PAIRS)
def test_kappa_is_that_of_scikit_learn_where_it_has_a_value(pairs: list[tuple[int, int]]) -> None:
    a, b = (np.array(side) for side in zip(*pairs, strict=True))
    if len({*a, *b}) == 1:
        assert cohen_kappa(a, b, 4) == 1.0
    else:
        assert cohen_kappa(a, b, 4) == pytest.approx(cohen_kappa_score(a, b))


@given(some.integers(1, 500), some.data())
def test_wilson_holds_the_share_and_stays_within_bounds(n: int, data: some.DataObject) -> None:
    p = data.draw(some.integers(0, n)) / n
    low, high = wilson(p, n)
    assert 0 <= low <= p + 1e-12
    assert p - 1e-12 <= high <= 1


def test_wilson_covers_a_share_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(0)
    hits = rng.binomial(60, 0.85, size=4_000)
    inside = [low <= 0.85 <= high for low, high in (wilson(k / 60, 60) for k in hits)]
    assert 0.93 < np.mean(inside) < 0.97


def test_observations_name_what_they_rest_on() -> None:
    right, f1 = observe(np.array([0, 1, 1]), np.array([0, 1, 0]), 2, basis="slice")
    assert (right.name, right.basis, right.n) == ("accuracy", "slice", 3)
    assert right.value == pytest.approx(2 / 3)
    assert f1.low is not None
    assert f1.high is not None
    assert f1.low <= f1.value <= f1.high
    assert observe(np.array([], dtype=int), np.array([], dtype=int), 2, basis="slice") == ()
