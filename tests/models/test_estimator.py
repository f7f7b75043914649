"""Any scikit-learn classifier is a learner, as it is."""

import warnings
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import RandomForestClassifier, VotingClassifier
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression, RidgeClassifier, SGDClassifier
from sklearn.model_selection import GridSearchCV
from sklearn.naive_bayes import GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.svm import SVC, LinearSVC

from asklearn.core.errors import InputError, VersionMismatch
from asklearn.models import EstimatorLearner, FunctionEncoder, Inputs, find_learner
from asklearn.models.fields import vector_table
from asklearn.tasks import SingleLabel


class Codes(ClassifierMixin, BaseEstimator):
    """Refuses texts as labels, as some boosting libraries do."""

    def fit(self, X: Any, y: Any) -> "Codes":
        if np.asarray(y).dtype.kind != "i" or set(y) != set(range(len(set(y)))):
            raise ValueError(f"Invalid classes inferred, got {y[:2]}")
        self.inner_ = GaussianNB().fit(X, y)
        self.classes_ = self.inner_.classes_
        return self

    def predict_proba(self, X: Any) -> Any:
        return self.inner_.predict_proba(X)

    def predict(self, X: Any) -> Any:
        return self.inner_.predict(X)


CLASSIFIERS = {
    "texts": make_pipeline(TfidfVectorizer(), LogisticRegression()),
    "texts, search": GridSearchCV(
        make_pipeline(CountVectorizer(), LogisticRegression()), {"logisticregression__C": [0.1, 10]}
    ),
    "sparse and dense features": LogisticRegression(),
    "no probabilities": LinearSVC(),
    "decision values, two kinds": SVC(decision_function_shape="ovo"),
    "labels only": NearestCentroid(),
    "dense only": GaussianNB(),
    "counts only": MultinomialNB(),
    "ridge": RidgeClassifier(),
    "forest": RandomForestClassifier(20),
    "neighbours": KNeighborsClassifier(3),
    "vote": VotingClassifier([("a", LogisticRegression()), ("b", GaussianNB())]),
    "scaled": make_pipeline(StandardScaler(), LogisticRegression()),
    "calibrated": CalibratedClassifierCV(LinearSVC(), cv=3),
    "labels as numbers": Codes(),
}


@pytest.mark.parametrize("estimator", CLASSIFIERS.values(), ids=CLASSIFIERS)
def test_every_kind_of_classifier_learns_answers_in_class_order_and_is_kept(
    estimator, tickets, trained, task, tmp_path
) -> None:
    table, y = tickets
    learner = find_learner(estimator, fields=["body"], trusted=[f"{__name__}.Codes"])
    ready = trained(learner)
    model = ready.fit(range(30), y)

    P = model.predict_proba(ready.inputs)
    assert P.shape == (60, 5)
    assert P.dtype == np.float32
    assert np.allclose(P.sum(axis=1), 1, atol=1e-5)
    assert (P[30:].argmax(axis=1) == y[30:]).mean() > 0.8
    assert (P[:, 4] > 0).all(), "a label that nobody has given yet stays possible"
    assert model.oof_proba.shape == (30, 5)
    assert (model.oof_proba.argmax(axis=1) == y[:30]).mean() > 0.7

    model.save(str(tmp_path / "model.skops"))
    back = learner.load(str(tmp_path / "model.skops"), task, ready.encoders)
    assert np.array_equal(back.predict_proba(ready.inputs), P)
    assert np.array_equal(back.oof_proba, model.oof_proba)

    pipeline = model.pipeline()
    assert list(pipeline.classes_) == list(task.names)
    assert np.allclose(pipeline.predict_proba(table), P, atol=1e-3)
    assert list(pipeline.predict(table)) == [task.names[place] for place in P.argmax(axis=1)]


@pytest.mark.parametrize("estimator", [LogisticRegression(), RandomForestClassifier(20), SGDClassifier()])
def test_the_same_seed_gives_the_same_model(estimator, tickets, trained) -> None:
    _, y = tickets
    ready = trained(find_learner(estimator, fields=["body"]))
    one, two, other = (ready.fit(range(20), y, seed=seed).predict_proba(ready.inputs) for seed in (5, 5, 6))
    assert np.array_equal(one, two)
    assert isinstance(estimator, LogisticRegression) or not np.array_equal(one, other)


def test_columns_by_name(tickets, trained) -> None:
    _, y = tickets
    columns = ColumnTransformer(
        [
            ("text", TfidfVectorizer(), "body"),
            ("numbers", StandardScaler(), ["length"]),
            ("categories", OneHotEncoder(handle_unknown="ignore"), ["channel"]),
        ]
    )
    learner = find_learner(make_pipeline(columns, LogisticRegression()), fields=["body", "length", "channel"])
    ready = trained(learner)
    model = ready.fit(range(40), y)
    assert learner.columns == model.columns == ("body", "length", "channel")
    assert (model.predict_proba(ready.inputs)[40:].argmax(axis=1) == y[40:]).mean() > 0.8


def test_a_pool_of_vectors(task) -> None:
    rng = np.random.default_rng(0)
    y = rng.integers(0, 3, 80)
    X = rng.normal(size=(80, 6)) + 3 * np.eye(3, 6)[y]
    learner = find_learner(SVC(), fields=["vector"])
    encoders = {one.name: one.fit(vector_table(X)) for one in learner.encoders(80)}
    inputs = Inputs(pa.table({"row": np.arange(80)}), {"vector": encoders["vector"].transform(X)})
    model = learner.fit(inputs.take(np.arange(40)), y[:40], task, encoders=encoders)
    assert (model.predict_proba(inputs)[40:].argmax(axis=1) == y[40:]).mean() > 0.9
    assert len(model.pipeline().predict(X)) == 80


def test_an_estimator_of_its_own_encoders(tickets, trained) -> None:
    def counts(texts: list[str]) -> list[list[float]]:
        return [[text.count(word) for word in ("card", "fee", "error", "crash", "love")] for text in texts]

    _, y = tickets
    encoder = FunctionEncoder(["body"], counts)
    ready = trained(EstimatorLearner(KNeighborsClassifier(3), fields=["body"], encoders=[encoder]))
    assert ready.fit(range(30), y).predict_proba(ready.inputs).shape == (60, 5)


def test_a_class_that_comes_late_gets_its_column_when_it_comes(tickets, trained) -> None:
    _, y = tickets
    ready = trained(find_learner(LogisticRegression(), fields=["body"]))
    early = np.array([1, 2, 3, *range(4, 30)])
    before = ready.fit(early, y).predict_proba(ready.inputs)
    after = ready.fit([0, *early], y).predict_proba(ready.inputs)
    assert before[0, 3] < 0.1
    assert after[0, 3] > 0.3


@pytest.mark.parametrize("rows", [[1], [1, 1], [0, 1], [0, 1, 2, 3]], ids=str)
@pytest.mark.parametrize("name", ["texts", "no probabilities", "texts, search", "calibrated", "counts only"])
def test_the_first_labels_are_enough(rows, name, tickets, trained) -> None:
    _, y = tickets
    ready = trained(find_learner(CLASSIFIERS[name], fields=["body"]))
    model = ready.fit(rows, y)
    P = model.predict_proba(ready.inputs)
    assert np.allclose(P.sum(axis=1), 1, atol=1e-5)
    assert set(P[rows].argmax(axis=1)) <= set(y[rows])


def test_unseen_labels_share_what_few_labels_leave_open(tickets, trained) -> None:
    _, y = tickets
    ready = trained(find_learner(LogisticRegression(), fields=["body"]))
    few = ready.fit([1], y).predict_proba(ready.inputs)[0]
    many = ready.fit(range(1, 50), y).predict_proba(ready.inputs)[0]
    assert few[0] < 0.6
    assert few[1] > many[4] > 0


def test_a_search_on_few_labels_takes_fewer_folds_or_none_and_says_so(tickets, trained) -> None:
    _, y = tickets
    ready = trained(find_learner(CLASSIFIERS["texts, search"], fields=["body"]))
    assert "too few examples of each label yet" in " ".join(ready.fit([0, 1, 2, 3], y).notes)
    notes = " ".join(ready.fit(range(12), y).notes)
    assert "folds, as some labels have few examples" in notes
    assert "chose logisticregression__C=" in notes


def test_weights_reach_the_estimator(tickets, trained) -> None:
    _, y = tickets
    wrong = y.copy()
    wrong[10:20] = (y[10:20] + 1) % 3
    weights = np.ones(30)
    weights[10:20] = 1e-6
    for name in ("texts", "sparse and dense features", "neighbours"):
        ready = trained(find_learner(CLASSIFIERS[name], fields=["body"]))
        weighed = ready.fit(range(30), wrong, sample_weight=weights).predict_proba(ready.inputs)
        plain = ready.fit(range(30), wrong).predict_proba(ready.inputs)
        right = (weighed[30:].argmax(1) == y[30:]).mean()
        assert right >= (plain[30:].argmax(1) == y[30:]).mean(), name


def test_class_weights_are_given_by_label_name(tickets, trained) -> None:
    _, y = tickets
    weighed = make_pipeline(TfidfVectorizer(), LogisticRegression(class_weight={"billing": 3.0, "bug": 1.0}))
    ready = trained(find_learner(weighed, fields=["body"]))
    assert ready.fit(range(30), y).predict_proba(ready.inputs).shape == (60, 5)


def test_warnings_of_a_fit_become_notes(tickets, trained) -> None:
    _, y = tickets
    hasty = make_pipeline(TfidfVectorizer(), LogisticRegression(max_iter=1))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = trained(find_learner(hasty, fields=["body"])).fit(range(30), y)
    assert any(note.startswith("TfidfVectorizer + LogisticRegression: lbfgs failed") for note in model.notes)


def test_what_cannot_be_fitted_is_named_with_what_it_says(tickets, trained) -> None:
    _, y = tickets
    ready = trained(
        find_learner(make_pipeline(TfidfVectorizer(min_df=10**6), LogisticRegression()), fields=["body"])
    )
    with pytest.raises(
        InputError, match=r"TfidfVectorizer \+ LogisticRegression could not be fitted on 9 labels of 3"
    ):
        ready.fit(range(1, 10), y)


@pytest.mark.parametrize("wrong", [LogisticRegression, 7, object(), None], ids=repr)
def test_what_is_no_classifier_is_refused(wrong) -> None:
    with pytest.raises(InputError, match="scikit-learn classifier; got"):
        find_learner(wrong, fields=["body"])


def test_no_labels_are_no_training_set(tickets, trained) -> None:
    _, y = tickets
    with pytest.raises(InputError, match="there are none yet"):
        trained(find_learner(LogisticRegression(), fields=["body"])).fit([], y)


def test_it_says_in_one_line_what_it_is() -> None:
    table = {"body": "text", "age": "number"}
    for estimator, kinds, line in [
        (LogisticRegression(), {"body": "text"}, "LogisticRegression on the features of body"),
        (CLASSIFIERS["texts"], {"body": "text"}, "TfidfVectorizer + LogisticRegression on the text of body"),
        (
            CLASSIFIERS["calibrated"],
            {"vector": "vector"},
            "CalibratedClassifierCV(LinearSVC) on the vectors of vector",
        ),
        (GaussianNB(), table, "GaussianNB on the columns of body, age"),
    ]:
        assert EstimatorLearner(estimator, fields=list(kinds), kinds=kinds).describe() == line


def test_a_model_of_other_labels_or_features_is_not_taken_for_this_one(
    tickets, trained, task, tmp_path
) -> None:
    _, y = tickets
    ready = trained(find_learner(LogisticRegression(), fields=["body"]))
    path = str(tmp_path / "model.skops")
    ready.fit(range(30), y).save(path)
    with pytest.raises(VersionMismatch, match="trained before the labels changed"):
        ready.learner.load(path, task.add("late"), ready.encoders)
    with pytest.raises(VersionMismatch, match="'tfidf', an encoder that no longer serves"):
        ready.learner.load(path, task, {"sentence": ready.encoders["sentence"]})
    other = type(ready.encoders["tfidf"])(["body"]).fit(["another sample"])
    with pytest.raises(VersionMismatch, match="another version of the encoder 'tfidf'"):
        ready.learner.load(path, task, {**ready.encoders, "tfidf": other})
    renamed: SingleLabel = task.rename("bug", "defect")
    assert ready.learner.load(path, renamed, ready.encoders).classes == renamed.classes


def test_large_pools_do_without_a_vocabulary() -> None:
    def names(estimator: Any, items: int) -> list[str]:
        return [one.name for one in EstimatorLearner(estimator, fields=["body"]).encoders(items)]

    assert names(LogisticRegression(), 100_000) == ["sentence", "tfidf"]
    assert names(LogisticRegression(), 100_001) == ["sentence"]
    assert names(MultinomialNB(), 100_001) == ["hashed"]


def test_predicting_nothing_gives_nothing(tickets, trained) -> None:
    _table, y = tickets
    for name in ("texts", "labels only", "forest"):
        model = trained(find_learner(CLASSIFIERS[name], fields=["body"])).fit(range(20), y)
        assert model.pipeline().predict_proba(pa.table({"body": pa.array([], pa.string())})).shape == (0, 5)
