"""Executors: the same answer, in order, whoever runs the parts."""

from __future__ import annotations

import threading

import numpy as np
import pytest

from asklearn.core.errors import InputError, UnknownName
from asklearn.engine import Serial, Threads, executor

EXECUTORS = [Serial(), Threads(1), Threads(4)]


@pytest.mark.parametrize("run", EXECUTORS, ids=repr)
def test_results_come_in_the_order_of_the_parts(run):
    assert run.map(lambda part: part * part, range(50)) == [one * one for one in range(50)]
    assert run.map(str, []) == []


@pytest.mark.parametrize("run", EXECUTORS, ids=repr)
def test_an_error_of_a_part_is_raised(run):
    with pytest.raises(ZeroDivisionError):
        run.map(lambda part: 1 // part, [3, 2, 1, 0, 1])


def test_products_are_the_same_to_the_last_bit():
    X = np.random.default_rng(0).normal(size=(1_000, 64)).astype(np.float32)
    parts = [X[start : start + 128] for start in range(0, 1_000, 128)]
    answers = [np.concatenate(run.map(lambda part: part @ X.T, parts)) for run in EXECUTORS]
    assert all(np.array_equal(answers[0], other) for other in answers)


def test_threads_work_side_by_side():
    meeting = threading.Barrier(3, timeout=10)
    assert Threads(3).map(lambda _: meeting.wait() >= 0, range(3)) == [True] * 3


def test_only_a_few_parts_are_read_ahead():
    read: list[int] = []
    done: list[int] = []

    def parts():
        for part in range(100):
            read.append(part)
            assert len(read) - len(done) < 20
            yield part

    Threads(2).map(done.append, parts())
    assert len(done) == 100


def test_auto_counts_processors():
    assert executor("auto", workers=1) == Serial()
    assert executor("auto", workers=3) == Threads(3)
    assert executor("threads", workers=2) == Threads(2)
    assert executor().map(len, ["ab"]) == [2]


def test_unknown_names_and_no_workers_are_refused():
    with pytest.raises(UnknownName, match="did you mean 'threads'"):
        executor("thread")
    with pytest.raises(InputError, match="at least one worker"):
        Threads(0)
