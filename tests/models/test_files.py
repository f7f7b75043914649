"""Model files hold what asklearn knows, or they are not opened."""

import pickle
from pathlib import Path

import numpy as np
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from asklearn.core.errors import InputError, StorageError
from asklearn.models import EstimatorLearner, TextLearner, find_learner, foreign_types
from asklearn.models.export import export_model, fields_of, load_exported
from asklearn.models.files import load_file, save_file


class Constant(ClassifierMixin, BaseEstimator):
    """A class of a user's own."""

    def fit(self, X: object, y: object) -> "Constant":
        self.classes_ = np.unique(y)
        return self

    def predict(self, X: object) -> np.ndarray:
        return np.repeat(self.classes_[:1], len(X))


FOREIGN = f"{__name__}.Constant"


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    path = tmp_path / "foreign.skops"
    save_file(Constant().fit([0], ["a"]), path)
    return path


def test_a_foreign_file_lists_what_it_would_need_and_stops(foreign: Path) -> None:
    assert foreign_types(foreign) == [FOREIGN]
    with pytest.raises(
        InputError, match=rf"foreign.skops holds types that asklearn does not know: {FOREIGN}\. "
    ):
        load_exported(foreign)


def test_a_type_trusted_by_name_is_loaded(foreign: Path) -> None:
    assert foreign_types(foreign, trusted=[FOREIGN]) == []
    assert load_exported(foreign, trusted=[FOREIGN]).predict([1, 2]).tolist() == ["a", "a"]


def test_a_pickle_is_never_opened(tmp_path: Path) -> None:
    path = tmp_path / "model.pkl"
    path.write_bytes(pickle.dumps(LogisticRegression()))
    with pytest.raises(InputError, match="no model file of skops"):
        load_exported(path)


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04 damaged", b"text"])
def test_a_damaged_file_is_said_to_be(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / "bad.skops").write_bytes(raw)
    with pytest.raises(InputError, match=r"bad.skops is no model file of skops, or is damaged"):
        foreign_types(tmp_path / "bad.skops")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"There is no file .*nowhere.skops"):
        load_exported(tmp_path / "nowhere.skops")


def test_what_is_no_classifier_is_not_taken_for_one(tmp_path: Path) -> None:
    save_file({"a": 1}, tmp_path / "dict.skops")
    with pytest.raises(InputError, match="holds no classifier but dict"):
        load_exported(tmp_path / "dict.skops")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written"):
        save_file([1], tmp_path / "no" / "such" / "folder.skops")


def test_a_model_with_its_card_in_a_folder_or_a_file(tickets, trained, tmp_path: Path) -> None:
    table, y = tickets
    model = trained(find_learner("auto", fields=["body"])).fit(range(30), y)
    file = export_model(model, tmp_path / "folder", card="# A card")
    assert file == tmp_path / "folder" / "model.skops"
    assert (tmp_path / "folder" / "README.md").read_text() == "# A card"
    export_model(model, tmp_path / "alone.skops", card="# A card")
    assert (tmp_path / "alone.md").exists()
    assert file.stat().st_size < 500_000, "the weights of the sentence encoder are not in it"
    for place in (tmp_path / "folder", tmp_path / "alone.skops"):
        pipeline = load_exported(place)
        assert fields_of(pipeline) == ("body",)
        assert list(pipeline.predict(["the card fee again"])) == ["billing"]
        assert pipeline.predict_proba(table).shape == (60, 5)


def test_a_lambda_cannot_be_kept_and_the_sentence_says_what_can(tickets, trained, tmp_path: Path) -> None:
    _, y = tickets
    halves = TfidfVectorizer(tokenizer=lambda text: text.split(), token_pattern=None)
    learner = find_learner(make_pipeline(halves, LogisticRegression()), fields=["body"])
    with pytest.raises(InputError, match="lives in no module that another process"):
        trained(learner).fit(range(20), y).save(str(tmp_path / "model.skops"))


def test_an_unfitted_estimator_is_kept_with_its_project(tmp_path: Path) -> None:
    save_file(make_pipeline(TfidfVectorizer(), LogisticRegression(C=3)), tmp_path / "learner.skops")
    learner = find_learner(tmp_path / "learner.skops", fields=["body"])
    assert learner.describe() == "TfidfVectorizer + LogisticRegression on the text of body"
    assert load_file(tmp_path / "learner.skops").steps[1][1].C == 3


@pytest.mark.parametrize(
    "learner",
    [
        TextLearner(fields=["body"], tfidf=False),
        EstimatorLearner(make_pipeline(TfidfVectorizer(), LogisticRegression()), fields=["body"]),
    ],
    ids=lambda learner: learner.name,
)
def test_a_learner_of_ours_is_kept_too(learner, tmp_path: Path) -> None:
    save_file(learner, tmp_path / "learner.skops")
    assert find_learner(tmp_path / "learner.skops").describe() == learner.describe()
