"""The loop is pure: a project's own history, replayed through it, asks the same questions."""

from __future__ import annotations

import numpy as np

from asklearn import Project, SingleLabel
from asklearn.datasets import load_bank_messages
from asklearn.datasets.bank_messages import TOPICS
from asklearn.loop import State, step
from asklearn.loop.random_slice import slice_draws
from asklearn.project.standing import config_of

MESSAGES = load_bank_messages()
TRUTH = dict(zip(MESSAGES.id, MESSAGES.topic, strict=True))


def made(**options: object) -> Project:
    project = Project.in_memory(task=SingleLabel(TOPICS), learner="tfidf", seed=3, **options)  # type: ignore[arg-type]
    rows = [
        {"id": one, "body": text} for one, text in zip(MESSAGES.id[:150], MESSAGES.message[:150], strict=True)
    ]
    project.add(rows, id="id", text="body")
    return project


def test_replaying_a_project_through_the_loop_gives_the_same_batches() -> None:
    project = made()
    asked = []
    for _ in range(4):
        batch = project.ask(10)
        asked.append([query.id for query in batch])
        project.tell(batch.answers({query.id: TRUTH[query.id] for query in batch}))
        project.learn()

    replayed = made()
    replayed.encode()
    ws = replayed._ws
    state, batches = State(config_of(ws)), []
    for _ in range(4):
        before = state.closed
        state = step(state, ws.material(), lambda item: TRUTH[item.id], 10)
        batches.append(ws.pool.ids(state.closed[len(before) :]))
    assert batches == asked


def test_a_step_changes_nothing_but_what_it_returns() -> None:
    project = made()
    project.encode()
    ws = project._ws
    start = State(config_of(ws))
    one = step(start, ws.material(), lambda item: TRUTH[item.id], 10)
    two = step(start, ws.material(), lambda item: TRUTH[item.id], 10)
    assert len(start.known) == 0
    assert np.array_equal(one.closed, two.closed)
    assert one.known.values == two.known.values
    assert project.status().labelled == 0


def test_every_item_below_the_threshold_of_the_slice_has_its_label() -> None:
    project = made(strategy="margin")
    project.run(lambda item: TRUTH[item.id], batch_size=10, labels=60)
    ws = project._ws
    draws = slice_draws(ws.pool.keys(), 3)
    labelled = {row["id"] for row in project.labels()}
    order = ws.pool.ids(np.argsort(draws))
    on_slice = project.store.rounds()[-1].observation("accuracy", "slice")
    assert on_slice is not None
    assert on_slice.n is not None
    assert on_slice.n >= 6
    assert set(order[: on_slice.n]) <= labelled
    assert order[on_slice.n] not in labelled


def test_a_pool_that_is_asked_through_gives_the_state_back() -> None:
    project = made()
    project.encode()
    ws = project._ws
    state = step(State(config_of(ws)), ws.material(), lambda item: TRUTH[item.id], 150)
    assert len(state.known) == 150
    assert step(state, ws.material(), lambda item: TRUTH[item.id], 10) is state
