"""Texts beside other columns: two models that answer as one."""

import numpy as np
import pyarrow as pa
import pytest

from asklearn.models import find_learner
from asklearn.models.catalogue import mixed_learner
from asklearn.models.fused import choose_weights, pooled

KINDS = {"body": "text", "length": "number", "channel": "category"}


def test_the_text_decides_where_the_columns_say_nothing(tickets, trained) -> None:
    _, y = tickets
    ready = trained(mixed_learner(fields=tuple(KINDS), kinds=KINDS))
    model = ready.fit(range(40), y, pool=ready.inputs)
    P = model.predict_proba(ready.inputs)
    assert model.columns == ready.learner.columns == ("length", "channel")
    assert (P[40:].argmax(axis=1) == y[40:]).mean() > 0.8
    assert np.allclose(P.sum(axis=1), 1, atol=1e-5)
    assert model.oof_proba.shape == (40, 5)


def test_the_columns_decide_where_the_text_says_nothing(trained, task) -> None:
    rng = np.random.default_rng(4)
    y = rng.integers(0, 2, 120)
    table = pa.table(
        {"body": ["the same words"] * 120, "length": y + rng.normal(0, 0.2, 120), "channel": ["x"] * 120}
    )
    ready = trained(mixed_learner(fields=tuple(KINDS), kinds=KINDS), table)
    P = ready.fit(range(60), y, pool=ready.inputs).predict_proba(ready.inputs)
    assert (P[60:].argmax(axis=1) == y[60:]).mean() > 0.9


@pytest.mark.parametrize("rows", [[1], [0, 1], range(20)], ids=["1", "2", "20"])
def test_it_starts_with_the_names_and_is_kept_like_any_other(rows, tickets, trained, task, tmp_path) -> None:
    table, y = tickets
    ready = trained(mixed_learner(fields=tuple(KINDS), kinds=KINDS))
    assert ready.learner.prior(task, ready.encoders, pool=ready.inputs).predict_proba(ready.inputs).shape == (
        60,
        5,
    )
    model = ready.fit(rows, y, pool=ready.inputs)
    model.save(str(tmp_path / "model.skops"))
    back = ready.learner.load(str(tmp_path / "model.skops"), task, ready.encoders)
    P = model.predict_proba(ready.inputs)
    assert np.array_equal(back.predict_proba(ready.inputs), P)
    assert np.allclose(model.pipeline().predict_proba(table), P, atol=1e-3)


def test_of_one_kind_only_there_is_nothing_to_mix() -> None:
    assert find_learner("mixed", fields=["body"]).name == "text"


def test_weights_follow_what_the_parts_know() -> None:
    rng = np.random.default_rng(0)
    y = rng.integers(0, 3, 300)
    good = np.full((300, 3), 0.1, dtype=np.float32)
    good[np.arange(300), np.where(rng.random(300) < 0.8, y, (y + 1) % 3)] = 0.8
    noise = rng.dirichlet([1, 1, 1], 300).astype(np.float32)
    assert choose_weights([good, noise], y) == (1.0, 0.0)
    assert choose_weights([noise, good], y)[1] > choose_weights([noise, good], y)[0]
    assert np.allclose(pooled([good], [1.0]), good, atol=1e-5)
