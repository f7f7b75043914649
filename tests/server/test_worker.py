"""The worker: ranks first, learns when due, encodes in between, and survives a learner that fails."""

import signal
import subprocess
import time

import numpy as np
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin
from tests.server.serving import launch_worker, until
from tests.server.sites import TEXTS, make_project

from asklearn.app.holding import held, is_held
from asklearn.app.worker import work
from asklearn.app.worker.lifeline import Lifeline
from asklearn.app.worker.rounds import Worker
from asklearn.core.errors import Conflict, NotFound
from asklearn.project import Project


def answer(project, n):
    batch = project.claim(n, annotator="ana", session="tab")
    project.tell(batch.answers({q.id: "Bug" if "crash" in q.fields["text"] else "Praise" for q in batch}))


def kinds(project):
    return [(event.kind, event.body.get("state")) for event in project.events()]


def test_once_does_what_is_due_and_ends(folder):
    with Project.open(folder) as project:
        answer(project, 20)
        project.request_learning()
    work(folder, once=True)
    with Project.open(folder) as project:
        assert [done.labels for done in project.store.rounds()] == [20]
        assert not project.is_due()
        assert not project.is_stale()
        assert project.store.counts()["queued"] == 20
        assert project.store.holder("worker") is None
        states = [state for kind, state in kinds(project) if kind == "learning"]
        assert states == ["learning", "idle"]


def test_a_fresh_project_gets_its_first_questions_before_anything_else(tmp_path):
    folder = tmp_path / "fresh"
    make_project(folder, [])
    with Project.open(folder) as project:
        project.add([f"message {n}" for n in range(30)])
        worker = Worker(project, Lifeline())
        assert worker.turn()
        assert project.store.counts()["queued"] == 30


def test_a_short_queue_is_ranked_once_and_not_for_ever(folder):
    with Project.open(folder) as project:
        worker = Worker(project, Lifeline())
        worker.until_done()
        before = project.store.last_event()
        worker.until_done()
        assert project.store.last_event() == before


def test_items_added_later_come_into_the_queue(folder):
    with Project.open(folder) as project:
        worker = Worker(project, Lifeline())
        worker.until_done()
        with Project.open(folder) as other:
            other.add([f"another message {n}" for n in range(10)])
        worker.until_done()
        assert project.store.counts()["queued"] == 50


def test_a_learner_that_fails_is_said_in_one_sentence_and_tried_later(tmp_path):
    project = Project.in_memory(task=make_task(), learner=Failing())
    project.add(TEXTS)
    worker = Worker(project, Lifeline())
    worker.until_done()
    queued = project.store.counts()["queued"]
    answer(project, 10)
    project.request_learning()
    assert not worker.turn()
    state = project.status()
    assert state.state == "failed"
    assert "the moon is wrong" in state.sentence
    assert "labelling goes on" in state.sentence
    assert project.store.counts()["queued"] == queued - 10
    assert not worker.turn(), "it waits before it tries again"
    assert project.claim(1, annotator="ana", session="tab")
    project.close()


def test_while_learning_fails_new_items_are_still_asked():
    project = Project.in_memory(task=make_task(), learner=Failing())
    project.add(TEXTS)
    worker = Worker(project, Lifeline())
    worker.until_done()
    answer(project, 10)
    worker.until_done()
    assert project.status().state == "failed"
    before = project.store.counts()["queued"]
    project.add([f"another message {n}" for n in range(10)])
    worker.until_done()
    assert project.store.counts()["queued"] == before + 10
    project.close()


class Failing(ClassifierMixin, BaseEstimator):
    """A learner that never learns."""

    def fit(self, X, y):
        raise RuntimeError("the moon is wrong")

    def predict(self, X):
        return np.zeros(len(X))


def make_task():
    from asklearn.tasks import SingleLabel

    return SingleLabel(["Bug", "Praise"])


def test_who_learns_elsewhere_is_left_alone(folder):
    with Project.open(folder) as project:
        answer(project, 10)
        project.request_learning()
        assert project.store.lease("learn", "a notebook", seconds=60)
        worker = Worker(project, Lifeline())
        worker.until_done()
        assert project.store.rounds() == []
        assert ("learning", "failed") not in kinds(project)
        project.store.end_lease("learn", "a notebook")
        worker.until_done()
        assert len(project.store.rounds()) == 1


def test_a_second_worker_waits_for_the_first_ones_place(folder):
    with Project.open(folder) as project:
        answer(project, 10)
        project.request_learning()
    with held(folder / "worker.lock"):
        second = launch_worker(folder)
        time.sleep(2.0)
        with Project.open(folder) as project:
            assert project.store.rounds() == []
    try:
        with Project.open(folder) as project:
            until(lambda: len(project.store.rounds()) == 1)
    finally:
        second.terminate()
        second.wait(15)


def test_a_worker_for_once_does_not_wait_for_another(folder):
    with (
        held(folder / "worker.lock"),
        pytest.raises(Conflict, match="A worker runs for this project"),
    ):
        work(folder, once=True)


@pytest.mark.parametrize("end", ["SIGTERM", "SIGINT", "closed input"])
def test_it_ends_quietly_in_the_middle_of_its_work(folder, end):
    with Project.open(folder) as project:
        project.add([f"message {n} that has to be encoded first" for n in range(20_000)])
    tied = ["--tied"] if end == "closed input" else []
    with launch_worker(folder, *tied, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        until(lambda: is_held(folder / "worker.lock"))
        time.sleep(0.5)
        if tied:
            process.stdin.close()
        else:
            process.send_signal(getattr(signal, end))
        assert process.wait(15) == 0
        assert process.stderr.read() == b""
    assert not is_held(folder / "worker.lock")
    with Project.open(folder) as project:
        assert project.check() == []
        assert project.store.holder("worker") is None


def test_a_folder_without_a_project_is_one_sentence(tmp_path):
    with pytest.raises(NotFound):
        work(tmp_path, once=True)
    assert not (tmp_path / "worker.lock").exists()
