"""Killed between two writes, or asleep for longer than a lease: what is kept stays whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest

from asklearn import Project
from asklearn.core.errors import Conflict, NotFound
from asklearn.loop import learn

from .conftest import TRUTH

LEARN = "asklearn.project.learning.learn"


class Killed(BaseException):
    """Stands for the end of a process, which no handler stops."""


@contextmanager
def killed_in(owner: Any, name: str) -> Iterator[None]:
    def die(*_: Any, **__: Any) -> None:
        raise Killed

    with patch.object(owner, name, die), pytest.raises(Killed):
        yield


def label(project: Project, n: int = 20) -> None:
    batch = project.ask(n)
    project.tell(batch.answers({query.id: TRUTH[query.id] for query in batch}))


def reopened(project: Project) -> Project:
    assert project.path is not None
    project.close()
    return Project.open(project.path)


def test_a_model_is_never_compared_with_one_whose_round_was_not_committed(project: Project) -> None:
    label(project)
    project.learn()
    label(project)
    with killed_in(type(project.store), "commit_round"):
        project.learn()
    with reopened(project) as again:
        assert again.learn().observation("kappa") is None
        label(again)
        assert again.learn().observation("kappa") is not None
        assert again.check() == []


def test_whoever_slept_through_its_lease_leaves_the_others_model_alone(project: Project) -> None:
    label(project)
    assert project.path is not None
    with Project.open(project.path) as other:

        def slow(*given: Any, **named: Any) -> Any:
            learned = learn(*given, **named)
            with patch(LEARN, learn):
                holder = project.store.holder("learn")
                assert holder is not None
                project.store.end_lease("learn", holder)
                other.learn()
            return learned

        with patch(LEARN, slow), pytest.raises(Conflict, match="learned for this project"):
            project.learn()
        assert other.check() == []
        assert [done.number for done in other.store.rounds()] == [1]


def test_forgetting_that_was_cut_short_can_be_done_again(project: Project) -> None:
    label(project)
    project.learn()
    gone = project.answers()[0].item
    assert project.path is not None
    with Project.open(project.path) as other:
        for owner, name in ((other.store, "forget"), (other.store, "put"), (other.pool, "forget")):
            with killed_in(type(owner), name):
                other.forget([gone])
        assert other.forget([gone])["erased"] == 1
    assert project.status().labelled == 19
    with pytest.raises(NotFound):
        project.story(gone)
