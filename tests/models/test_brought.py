"""A weak model that the team has already serves as round 0."""

import numpy as np
import pyarrow as pa
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from asklearn.core.errors import InputError
from asklearn.models import Inputs
from asklearn.models.brought import brought_columns, brought_estimator
from asklearn.models.export import export_model, load_exported
from asklearn.models.fitted import HeadModel


def test_a_fitted_pipeline_answers_for_the_labels_it_knows(tickets, task, tmp_path) -> None:
    table, y = tickets
    names = np.array([*task.names[:3], "spam"])[y]
    weak = make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(table["body"].to_pylist(), names)
    model = brought_estimator(weak, task, fields=["body"])
    P = model.predict_proba(Inputs(table))
    assert model.columns == ("body",)
    assert (P[1:].argmax(axis=1) == y[1:]).mean() > 0.9
    assert ((P[:, 3:] > 0) & (P[:, 3:] < 0.1)).all(), "labels that it has never heard of stay possible"
    model.save(str(tmp_path / "weak.skops"))
    back = HeadModel.load(str(tmp_path / "weak.skops"), task, {})
    assert np.array_equal(back.predict_proba(Inputs(table)), P)


@pytest.mark.parametrize(
    ("estimator", "sentence"),
    [
        (make_pipeline(TfidfVectorizer(), LogisticRegression()), "is not fitted yet"),
        (LogisticRegression().fit([[0], [1]], ["bug", "praise"]), "reads features that only you can make"),
        (
            make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(["xx yy", "zz ww"], ["A", "B"]),
            "none of which is a label",
        ),
    ],
)
def test_an_estimator_that_cannot_serve_is_told_why(estimator, sentence, task) -> None:
    with pytest.raises(InputError, match=sentence):
        brought_estimator(estimator, task, fields=["body"])


def test_columns_of_answers(task, tmp_path) -> None:
    table = pa.table(
        {
            "guess": ["bug", "praise", "unheard of", None],
            "p_bug": [0.5, None, 0.0, 0.0],
            "p_billing": ["0.25", "", "0", "0"],
        }
    )
    both = brought_columns(task, prediction="guess", probabilities={"bug": "p_bug", "billing": "p_billing"})
    P = both.predict_proba(Inputs(table))
    assert np.allclose(P.sum(axis=1), 1, atol=1e-5)
    assert P[0, :2] == pytest.approx([1 / 3, 2 / 3], abs=1e-3), (
        "probabilities come first and are made to sum to one"
    )
    assert P[1, 2] == pytest.approx(0.8, abs=1e-3), "else the predicted label"
    assert np.allclose(P[2:], 0.2), "else nothing is said"
    pipeline = load_exported(export_model(both, tmp_path / "columns.skops"))
    assert list(pipeline.predict(table)[:2]) == ["bug", "praise"]


def test_columns_that_fit_no_label_are_named(task) -> None:
    with pytest.raises(InputError, match="'p_spam' are of 'spam', which is no label"):
        brought_columns(task, probabilities={"spam": "p_spam"})
    with pytest.raises(InputError, match="needs a column"):
        brought_columns(task)
