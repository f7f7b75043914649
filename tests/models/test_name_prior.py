"""The default text head: names first, labels as they come, honest probabilities throughout."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from sklearn.base import clone

from asklearn.core.errors import InputError
from asklearn.models.name_prior import NamePriorClassifier
from asklearn.models.text_features import TextFeatures

CLASSES = ["billing", "bug", "praise", "spam"]
WIDTH = 24


class Problem:
    """Items around one direction for each class; the names point roughly there; words tell classes, too."""

    def __init__(self, n: int = 400, *, noise: float = 1.0, name_noise: float = 0.8, seed: int = 0) -> None:
        g = np.random.default_rng(seed)
        common = 3.0 * g.normal(size=WIDTH)
        means = g.normal(size=(len(CLASSES), WIDTH))
        self.index = g.integers(0, len(CLASSES), n)
        self.dense = (common + means[self.index] + noise * g.normal(size=(n, WIDTH))).astype(np.float32)
        self.names = (common + means + name_noise * g.normal(size=means.shape)).astype(np.float32)
        words = g.random((n, 60)) < 0.05
        words[np.arange(n), self.index * 5 + g.integers(0, 5, n)] = True
        self.sparse = csr_matrix(
            words.astype(np.float32) * np.where(np.arange(60) < 20, 1.0, 0.4).astype(np.float32)
        )
        self.y = np.array(CLASSES)[self.index]

    def X(self, rows: slice) -> tuple[np.ndarray, Any]:
        return self.dense[rows], self.sparse[rows]

    def fit(self, n: int, **options: Any) -> NamePriorClassifier:
        given = {"classes": CLASSES, "name_vectors": self.names, "pool": self.dense} | options
        return NamePriorClassifier(seed=3).fit(self.X(slice(n)), self.y[:n], **given)

    def accuracy(self, model: NamePriorClassifier) -> float:
        return float((model.predict(self.X(slice(200, None))) == self.y[200:]).mean())


@pytest.fixture(scope="module")
def problem() -> Problem:
    return Problem()


def test_with_zero_labels_the_names_answer(problem: Problem) -> None:
    model = problem.fit(0)
    assert problem.accuracy(model) > 0.6
    assert model.oof_proba_.shape == (0, 4)


def test_the_pool_moves_the_names_to_where_the_items_are() -> None:
    hard = Problem(name_noise=1.4, seed=5)
    assert hard.accuracy(hard.fit(0)) > hard.accuracy(hard.fit(0, pool=None))


def test_with_neither_labels_nor_names_every_class_is_equally_likely(problem: Problem) -> None:
    model = problem.fit(0, name_vectors=None)
    np.testing.assert_allclose(model.predict_proba(problem.X(slice(5))), 0.25, atol=1e-6)


def test_labels_improve_on_names(problem: Problem) -> None:
    assert problem.accuracy(problem.fit(200)) > max(0.85, problem.accuracy(problem.fit(0)))


def test_names_that_say_nothing_do_no_lasting_harm() -> None:
    problem = Problem()
    misleading = problem.names[::-1].copy()
    with_names = problem.accuracy(problem.fit(150, name_vectors=misleading))
    assert with_names > problem.accuracy(problem.fit(150, name_vectors=None)) - 0.03


@pytest.mark.parametrize("n", [1, 3, 12])
def test_one_class_seen_leaves_the_others_possible(problem: Problem, n: int) -> None:
    rows = np.flatnonzero(problem.index == 1)[:n]
    model = NamePriorClassifier().fit(
        (problem.dense[rows], problem.sparse[rows]),
        problem.y[rows],
        classes=CLASSES,
        name_vectors=problem.names,
        pool=problem.dense,
    )
    p = model.predict_proba(problem.X(slice(None)))
    assert p.min() > 0
    assert set(model.predict(problem.X(slice(None)))) > {"bug"}


def test_a_class_without_labels_is_still_found_by_its_name(problem: Problem) -> None:
    rows = np.flatnonzero(problem.index != 2)[:60]
    model = NamePriorClassifier().fit(
        problem.dense[rows], problem.y[rows], classes=CLASSES, name_vectors=problem.names, pool=problem.dense
    )
    praise = problem.index == 2
    p = model.predict_proba(problem.dense)[:, 2]
    assert p[praise].mean() > 2 * p[~praise].mean()
    assert p.min() > 0


def test_a_class_without_a_name_is_learnt_from_labels(problem: Problem) -> None:
    names = problem.names.copy()
    names[0] = 0.0
    assert problem.accuracy(problem.fit(150, name_vectors=names)) > 0.9


@pytest.mark.parametrize("part", ["dense", "sparse", "both"])
def test_vectors_alone_tfidf_alone_and_both(problem: Problem, part: str) -> None:
    def X(rows: slice) -> Any:
        return {"dense": problem.dense[rows], "sparse": problem.sparse[rows], "both": problem.X(rows)}[part]

    model = NamePriorClassifier().fit(X(slice(150)), problem.y[:150])
    assert list(model.classes_) == CLASSES
    assert model.score(X(slice(200, None)), problem.y[200:]) > 0.65


def test_probabilities_are_calibrated() -> None:
    problem = Problem(3_000, noise=1.6, seed=2)
    p = problem.fit(150).predict_proba(problem.X(slice(200, None)))
    right = p.argmax(1) == problem.index[200:]
    bins = np.array_split(np.argsort(p.max(1)), 10)
    assert np.mean([abs(p.max(1)[b].mean() - right[b].mean()) for b in bins]) < 0.06


def test_out_of_fold_probabilities_tell_the_accuracy_on_new_items() -> None:
    problem = Problem(3_000, noise=1.6, seed=2)
    model = problem.fit(200)
    oof = (model.oof_proba_.argmax(1) == problem.index[:200]).mean()
    assert model.oof_proba_.shape == (200, 4)
    np.testing.assert_allclose(model.oof_proba_.sum(1), 1.0, atol=1e-5)
    assert oof == pytest.approx(problem.accuracy(model), abs=0.08)


def test_the_same_seed_gives_the_same_probabilities(problem: Problem) -> None:
    first, second = (problem.fit(60).predict_proba(problem.X(slice(None))) for _ in range(2))
    assert np.array_equal(first, second)


def test_a_row_of_weight_two_counts_as_two_rows_in_the_class_prior(problem: Problem) -> None:
    weight = np.where(problem.index[:60] == 0, 20.0, 1.0)
    plain = problem.fit(60).predict_proba(problem.X(slice(200, None)))[:, 0].mean()
    weighted = problem.fit(60, sample_weight=weight).predict_proba(problem.X(slice(200, None)))[:, 0].mean()
    assert weighted > plain


def test_rows_of_weight_zero_are_as_good_as_absent(problem: Problem) -> None:
    wrong = np.where(np.arange(80) < 40, problem.y[:80], "spam")
    weight = np.where(np.arange(80) < 40, 1.0, 0.0)
    model = NamePriorClassifier().fit(problem.dense[:80], wrong, classes=CLASSES, sample_weight=weight)
    assert (model.predict(problem.dense[200:]) == problem.y[200:]).mean() > 0.85


def test_columns_follow_the_order_of_classes_given(problem: Problem) -> None:
    turned = CLASSES[::-1]
    model = problem.fit(80, classes=turned, name_vectors=problem.names[::-1])
    assert list(model.classes_) == turned
    assert problem.accuracy(model) > 0.85


def test_words_never_seen_in_training_change_nothing(problem: Problem) -> None:
    sparse = problem.sparse.tolil()
    sparse[:, 40:] = 0
    model = NamePriorClassifier().fit(csr_matrix(sparse)[:100], problem.y[:100])
    np.testing.assert_array_equal(
        model.predict_proba(csr_matrix(sparse)[200:]), model.predict_proba(problem.sparse[200:])
    )


def test_many_classes_are_told_apart_by_names_and_better_with_labels() -> None:
    g = np.random.default_rng(0)
    means = g.normal(size=(300, 64))
    y = g.integers(0, 300, 1_000)
    X = (means[y] + 1.3 * g.normal(size=(1_000, 64))).astype(np.float32)
    names = means + 1.5 * g.normal(size=means.shape)
    few, many = (
        NamePriorClassifier().fit(X[:n], y[:n], classes=np.arange(300), name_vectors=names, pool=X)
        for n in (30, 400)
    )
    assert few.score(X[400:], y[400:]) > 0.5
    assert many.score(X[400:], y[400:]) > few.score(X[400:], y[400:])


def test_more_labels_than_landmarks(monkeypatch: pytest.MonkeyPatch, problem: Problem) -> None:
    monkeypatch.setattr("asklearn.models.span.MAX_LANDMARKS", 64)
    assert problem.accuracy(problem.fit(200)) > 0.9


def test_an_empty_batch_has_no_rows(problem: Problem) -> None:
    assert problem.fit(20).predict_proba(problem.X(slice(0))).shape == (0, 4)


def test_it_is_a_scikit_learn_estimator() -> None:
    assert clone(NamePriorClassifier(seed=7)).get_params() == {"seed": 7}


def test_it_survives_a_skops_file(problem: Problem, tmp_path: Any) -> None:
    from skops.io import dump, get_untrusted_types, load

    model = problem.fit(40)
    dump(model, tmp_path / "head.skops")
    needed = get_untrusted_types(file=tmp_path / "head.skops")
    assert needed == ["asklearn.models.name_prior.NamePriorClassifier"]
    again = load(tmp_path / "head.skops", trusted=needed)
    X = problem.X(slice(None))
    assert np.array_equal(again.predict_proba(X), model.predict_proba(X))
    assert np.array_equal(again.oof_proba_, model.oof_proba_)


@settings(max_examples=25, deadline=None)
@given(
    n=st.integers(0, 12),
    named=st.booleans(),
    pooled=st.booleans(),
    scale=st.sampled_from([1e-6, 1.0, 1e6]),
    seed=st.integers(0, 5),
)
def test_probabilities_are_always_probabilities(
    n: int, named: bool, pooled: bool, scale: float, seed: int
) -> None:
    g = np.random.default_rng(seed)
    X = (scale * g.normal(size=(20, 6))).astype(np.float32)
    X[0] = 0.0
    y = g.integers(0, 3, n)
    model = NamePriorClassifier().fit(
        (X[:n], csr_matrix(np.abs(X[:n]))),
        y,
        classes=[0, 1, 2],
        name_vectors=g.normal(size=(3, 6)) if named else None,
        pool=X if pooled else None,
    )
    p = model.predict_proba((X, csr_matrix(np.abs(X))))
    assert p.shape == (20, 3)
    assert np.isfinite(p).all()
    np.testing.assert_allclose(p.sum(1), 1.0, atol=1e-5)


@pytest.mark.parametrize(
    ("X", "y", "options", "sentence"),
    [
        (np.ones((2, 3)), ["a"], {}, "X has 2 rows but y has 1"),
        (np.ones((1, 3)), ["z"], {"classes": ["a", "b"]}, "'z' in y is not among classes"),
        (np.ones((0, 3)), [], {}, "classes are not known"),
        (np.ones((1, 3)), ["a"], {"name_vectors": np.ones((1, 4))}, "name_vectors has shape"),
        (np.ones((1, 3)), ["a"], {"pool": np.ones(3)}, "pool has shape"),
        (np.ones((1, 3)), ["a"], {"sample_weight": [1, 2]}, "give one each"),
        ((np.ones((2, 3)), csr_matrix((3, 4))), ["a"], {}, "both must describe the same items"),
        ((None, None), ["a"], {}, "give at least one"),
    ],
)
def test_a_mistake_is_one_sentence(X: Any, y: Any, options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        NamePriorClassifier().fit(X, y, **options)


def test_features_of_another_encoder_are_refused(problem: Problem) -> None:
    with pytest.raises(InputError, match="encode the items as for training"):
        problem.fit(20).predict_proba(problem.dense)


def test_text_features_keep_their_rows_together(problem: Problem) -> None:
    rows = TextFeatures.of(problem.X(slice(10))).take(np.array([3, 1]))
    assert len(rows) == 2
    np.testing.assert_array_equal(rows.dense, problem.dense[[3, 1]])
