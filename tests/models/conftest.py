"""Tickets in three classes that any classifier can tell apart, and a shop of one more that comes late."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from asklearn.models.learner import Inputs, Learner
from asklearn.tasks import SingleLabel

WORDS = {
    "billing": ["card", "fee", "charge", "refund", "invoice"],
    "bug": ["crash", "error", "freeze", "login", "broken"],
    "praise": ["love", "great", "thanks", "super", "friendly"],
    "delivery": ["parcel", "late", "courier", "post", "address"],
}
FILLER = ["the", "a", "is", "my", "on", "again", "today"]


def ticket(label: str, rng: np.random.Generator) -> str:
    """Three words of the class, three of no meaning."""
    return " ".join([*rng.choice(WORDS[label], 3), *rng.choice(FILLER, 3)])


@pytest.fixture
def task() -> SingleLabel:
    """Five labels; nothing is ever "other"."""
    return SingleLabel(["billing", "bug", "praise", "delivery", "other"])


@pytest.fixture
def tickets() -> tuple[pa.Table, np.ndarray]:
    """Sixty tickets and their class positions; the first one alone is of the fourth class."""
    rng = np.random.default_rng(7)
    y = np.array([3, 0, 1, 2, *rng.integers(0, 3, 56)])
    texts = [ticket(list(WORDS)[place], rng) for place in y]
    table = pa.table(
        {"body": texts, "length": [len(one) for one in texts], "channel": [["web", "mail"][p % 2] for p in y]}
    )
    return table, y


class Trained:
    """A learner with its encoders fitted on a table."""

    def __init__(self, learner: Learner, table: pa.Table, task: SingleLabel) -> None:
        self.learner, self.task = learner, task
        self.encoders = {one.name: one.fit(table) for one in learner.encoders(len(table))}
        self.inputs = self.read(table)

    def read(self, table: pa.Table) -> Inputs:
        return Inputs(table, {name: one.transform(table) for name, one in self.encoders.items()})

    def fit(self, rows: Any, y: np.ndarray, **options: Any) -> Any:
        """Fitted on those rows."""
        rows = np.asarray(rows, dtype=np.int64)
        return self.learner.fit(self.inputs.take(rows), y[rows], self.task, encoders=self.encoders, **options)


@pytest.fixture
def trained(tickets: tuple[pa.Table, np.ndarray], task: SingleLabel) -> Callable[[Learner], Trained]:
    """A learner, ready to be fitted on the tickets."""
    return lambda learner, table=tickets[0]: Trained(learner, table, task)
