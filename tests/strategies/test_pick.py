"""Choosing from plain arrays: what is refused, and how it is said."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

import asklearn as al
from asklearn.core.errors import InputError, UnknownName
from asklearn.strategies import Diverse, Margin

P = [[0.98, 0.02], [0.55, 0.45], [0.70, 0.30]]
X = [[0.0, 1.0], [1.0, 0.0], [5.0, 5.0]]


def test_a_name_and_a_matrix_are_enough():
    picks = al.pick("margin", proba=P, n=2)
    assert picks.positions.tolist() == [1, 2]
    assert picks.scores == pytest.approx([-0.1, -0.4])
    assert len(picks.reasons) == len(picks.draws) == 2


def test_more_than_there_are_gives_all():
    assert sorted(al.pick("margin", proba=P, n=10).positions.tolist()) == [0, 1, 2]


def test_an_empty_pool_gives_none():
    assert len(al.pick("margin", proba=np.empty((0, 2)), n=3)) == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"proba": P, "n": 0}, "n is how many to pick, at least 1; got 0"),
        ({"proba": P, "n": -3}, "got -3"),
        ({"proba": P, "n": 1.5}, "got 1.5"),
        ({"proba": P, "n": True}, "got True"),
        ({"proba": [0.2, 0.8]}, "for two classes give both columns"),
        ({"proba": [[[0.5]]]}, r"shape \(n, n_classes\); got \(1, 1, 1\)"),
        ({"proba": np.empty((3, 0))}, r"got \(3, 0\)"),
        ({"proba": [[0.5, np.nan], [1, 0]]}, r"NaN or infinite values \(row 0\)"),
        ({"proba": [[1, 0], [np.inf, 0]]}, r"NaN or infinite values \(row 1\)"),
        ({"proba": [[1, 0], [0.7, 0.7], [0.1, 0.1]]}, r"do not sum to one.*\(rows 1, 2\)"),
        ({"proba": [[1.5, -0.5]]}, r"negative values \(row 0\)"),
        ({"proba": [["a", "b"]]}, "table of numbers"),
        ({"proba": [[0.5, 0.5], [1.0]]}, "table of numbers"),
        ({"proba": P, "ids": ["a", "b"]}, "got proba 3, ids 2 rows"),
        ({"proba": P, "ids": ["a", "b", "a"]}, "The id 'a' is given twice"),
        ({"proba": P, "embedding": [[1.0]]}, "got proba 3, embedding 1 rows"),
        ({"proba": P, "classes": ["one"]}, "number of classes differs: proba 2, classes 1"),
        ({"proba": P, "n_classes": 5}, "number of classes differs"),
        ({"embedding": X}, "needs probabilities, which nothing here provides"),
        ({}, "nothing to pick from"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(arguments, sentence):
    with pytest.raises(InputError, match=sentence) as caught:
        al.pick("margin", **arguments)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"embedding": [1.0, 2.0]}, r"embedding has the shape \(n, d\)"),
        ({"embedding": [[1.0], [np.nan], [0.0]]}, r"embedding has NaN or infinite values \(row 1\)"),
        ({"embedding": csr_array(np.array([[1.0], [np.inf]]))}, r"NaN or infinite values \(row 1\)"),
        ({"embedding": X, "labelled_embedding": X}, "comes with labels="),
        ({"embedding": X, "labelled_embedding": X, "labels": [0]}, "3 rows and labels 1"),
        ({"embedding": X, "labelled_embedding": [[1.0]], "labels": [0]}, "from the same encoder"),
        ({"embedding": X, "labels": ["bug"]}, "not among classes="),
        ({"embedding": X, "labels": [0.5]}, "class positions from 0"),
        ({"embedding": X, "labels": [2], "n_classes": 2}, "class 2, but there are 2 classes"),
    ],
)
def test_vectors_and_labels_are_checked_too(arguments, sentence):
    with pytest.raises(InputError, match=sentence):
        al.pick("diverse", **arguments)


def test_an_unknown_strategy_names_the_nearest():
    with pytest.raises(UnknownName, match="did you mean 'margin'"):
        al.pick("margn", proba=P)


def test_labels_may_be_names():
    picks = al.pick("auto", proba=P, labels=["bug", "praise"] * 5, classes=["bug", "praise"])
    assert picks.reasons[0].kind == "margin"


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.longdouble])
@pytest.mark.parametrize("classes", [2, 77, 1000])
def test_rounding_of_any_precision_is_no_error(dtype, classes):
    proba = np.random.default_rng(0).dirichlet(np.full(classes, 0.1), 300).astype(dtype)
    assert len(al.pick("margin", proba=proba, n=5)) == 5


def test_certainties_may_be_whole_numbers():
    assert al.pick("margin", proba=[[1, 0], [0, 1]]).positions.tolist() in ([0], [1])


def test_arrays_are_never_changed_and_may_be_read_only():
    proba, vectors = np.array(P), np.array(X)
    for array in (proba, vectors):
        array.flags.writeable = False
    for name in ("margin", "entropy", "least-confidence", "margin-clusters", "auto", "random"):
        al.pick(name, proba=proba, embedding=vectors, n=2)
    assert proba.tolist() == P
    assert vectors.tolist() == X


def test_a_caller_s_array_stays_writeable():
    proba = np.array(P)
    Margin().pick_from(proba=proba)
    proba[0, 0] = 0.5
    assert proba[0, 0] == 0.5


def test_ids_may_be_numbers_and_pick_as_their_texts_do():
    same = np.full((20, 2), 0.5)
    numbers = al.pick("margin", proba=same, ids=range(20), n=5)
    texts = al.pick("margin", proba=same, ids=[str(one) for one in range(20)], n=5)
    assert numbers.positions.tolist() == texts.positions.tolist()


def test_nothing_is_remembered_between_calls():
    far, near = np.eye(4) * 9, np.zeros((4, 4))
    method = Diverse()
    first = method.pick_from(embedding=far, n=2).positions.tolist()
    method.pick_from(embedding=near, n=3)
    assert method.pick_from(embedding=far, n=2).positions.tolist() == first
