"""The default policy: variety first, then one of each cluster of the lowest margins, by what there is."""

from __future__ import annotations

import numpy as np
import pytest

from asklearn.core.errors import InputError
from asklearn.core.view import Decision, Embedding, Proba
from asklearn.strategies import Auto, Evidence, pick

ALL = frozenset({Proba(), Decision(), Embedding()})


def chosen(counts, columns=ALL, **configuration):
    pipeline, memory = Auto(**configuration).choose({}, Evidence(tuple(counts), frozenset(columns)))
    return repr(pipeline), memory["stage"]


def test_the_first_batch_does_not_trust_the_model_or_the_names():
    assert chosen([0, 0, 0]) == ("Diverse()", "variety")
    assert chosen([5, 4, 0]) == ("Diverse()", "variety")


def test_then_comes_one_of_each_cluster_of_the_lowest_margins():
    assert chosen([5, 5, 0]) == ("Margin() | Top(per_pick=8) | OnePerCluster()", "margin")


def test_a_second_class_must_have_been_seen():
    assert chosen([30, 0]) == ("Diverse()", "variety")


def test_how_many_labels_come_first_can_be_said():
    assert chosen([1, 1], first=2)[1] == "margin"
    assert chosen([9, 9], first=20)[1] == "variety"
    with pytest.raises(InputError, match="first is at least 0"):
        Auto(first=-1)


@pytest.mark.parametrize(
    ("columns", "cold", "warm"),
    [
        ({Proba()}, "Random()", "Margin()"),
        ({Decision()}, "Random()", "DecisionMargin()"),
        ({Decision(), Embedding()}, "Diverse()", "DecisionMargin() | Top(per_pick=8) | OnePerCluster()"),
        ({Embedding()}, "Diverse()", "Diverse()"),
        (set(), "Random()", "Random()"),
    ],
)
def test_it_works_with_what_there_is(columns, cold, warm):
    assert chosen([0, 0], columns)[0] == cold
    assert chosen([50, 50], columns)[0] == warm


def test_it_picks_one_item_or_the_whole_pool():
    rng = np.random.default_rng(0)
    P, X = rng.dirichlet([1, 1, 1], 40), rng.normal(size=(40, 3))
    for labels in ([], [0, 1, 2] * 10):
        for n in (1, 40, 99):
            picks = pick("auto", proba=P, embedding=X, labels=labels, n=n)
            assert len(set(picks.positions.tolist())) == min(n, 40)


def test_labels_without_vectors_are_enough_to_switch():
    P = np.full((5, 2), 0.5)
    assert pick("auto", proba=P, labels=[0, 1] * 10).reasons[0].kind == "margin"
    assert pick("auto", proba=P).reasons[0].kind == "random"
