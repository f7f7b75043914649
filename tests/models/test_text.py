"""The default learner for text."""

import numpy as np
import pytest

from asklearn.models import FunctionEncoder, TextLearner, find_learner
from asklearn.models.export import export_model, load_exported
from asklearn.tasks import SingleLabel


def test_before_the_first_label_the_names_answer(tickets, trained) -> None:
    _, y = tickets
    ready = trained(find_learner("auto", fields=["body"]))
    prior = ready.learner.prior(ready.task, ready.encoders, pool=ready.inputs)
    P = prior.predict_proba(ready.inputs)
    assert P.shape == (60, 5)
    assert prior.oof_proba is None
    assert (P.argmax(axis=1) == y).mean() > 0.5
    assert ready.learner.prior(ready.task, ready.encoders) is not None, "also without a sample of the pool"


def test_names_that_say_nothing_give_no_prior(tickets, trained) -> None:
    ready = trained(find_learner("text", fields=["body"]))
    assert ready.learner.prior(SingleLabel(["1", "2"]), ready.encoders) is None


@pytest.mark.parametrize("rows", [[1], [0, 1], range(10), range(40)], ids=["1", "2", "10", "40"])
def test_it_learns_from_any_number_of_labels(rows, tickets, trained, task, tmp_path) -> None:
    table, y = tickets
    ready = trained(find_learner("auto", fields=["body"]))
    model = ready.fit(rows, y, pool=ready.inputs)
    P = model.predict_proba(ready.inputs)
    assert np.allclose(P.sum(axis=1), 1, atol=1e-5)
    assert model.oof_proba.shape == (len(rows), 5)
    if len(rows) == 40:
        assert (P[40:].argmax(axis=1) == y[40:]).mean() > 0.8
    model.save(str(tmp_path / "m.skops"))
    back = ready.learner.load(str(tmp_path / "m.skops"), task, ready.encoders)
    assert np.array_equal(back.predict_proba(ready.inputs), P)
    pipeline = load_exported(export_model(model, tmp_path / "out.skops"))
    assert np.allclose(pipeline.predict_proba(table), P, atol=1e-3)


def test_two_fields_and_another_encoder(tickets, trained) -> None:
    _table, y = tickets

    def marks(texts: list[str]) -> list[list[float]]:
        return [[text.count(letter) for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts]

    encoder = FunctionEncoder(["channel", "body"], marks)
    ready = trained(TextLearner(fields=["channel", "body"], encoder=encoder))
    assert [one.name for one in ready.learner.encoders(10)] == ["marks", "tfidf"]
    assert ready.fit(range(30), y).predict_proba(ready.inputs).shape == (60, 5)


def test_above_a_hundred_thousand_items_the_sentence_encoder_serves_alone() -> None:
    learner = TextLearner(fields=["body"])
    assert [one.name for one in learner.encoders(100_000)] == ["sentence", "tfidf"]
    assert [one.name for one in learner.encoders(100_001)] == ["sentence"]


def test_sentence_vectors_alone_train_a_model_too(tickets, trained) -> None:
    _, y = tickets
    ready = trained(TextLearner(fields=["body"], tfidf=False))
    assert ready.fit(range(20), y).predict_proba(ready.inputs).shape == (60, 5)
