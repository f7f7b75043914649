"""Projects of a few hundred bank messages, whose truth is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from asklearn import Project, SingleLabel
from asklearn.datasets import load_bank_messages
from asklearn.datasets.bank_messages import TOPICS

MESSAGES = load_bank_messages()
TRUTH = dict(zip(MESSAGES.id, MESSAGES.topic, strict=True))


@pytest.fixture
def truth() -> dict[str, str]:
    """Topic of each message, by id."""
    return TRUTH


def fill(project: Project, n: int = 200) -> Project:
    rows = [
        {"id": one, "body": text} for one, text in zip(MESSAGES.id[:n], MESSAGES.message[:n], strict=True)
    ]
    project.add(rows, id="id", text="body")
    return project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project in a folder with a quick learner."""
    with Project.create(tmp_path / "bank", task=SingleLabel(TOPICS), learner="tfidf") as made:
        yield fill(made)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Project]:
    """A project without items."""
    with Project.create(tmp_path / "empty", task=SingleLabel(["bug", "praise"]), learner="tfidf") as made:
        yield made
