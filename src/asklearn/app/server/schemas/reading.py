"""What can be read about the project: history, stories, rounds, the verdict, the status."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class GivenItem(BaseModel):
    """The item of an answer given."""

    id: str
    text: str


class GivenOut(BaseModel):
    """An answer given; ``current`` until it is corrected or taken back."""

    key: str
    item: GivenItem
    kind: Literal["answer", "skip", "flag", "retract"]
    label: str | None
    name: str | None
    at: str
    seconds: float | None
    comment: str | None
    seq: int
    current: bool


class History(BaseModel):
    """Answers given, the newest first."""

    answers: list[GivenOut]


class ObservationOut(BaseModel):
    """One figure of a round, with its interval and what it rests on."""

    name: str
    value: float
    low: float | None
    high: float | None
    n: int | None
    basis: str


class RoundOut(BaseModel):
    """One model: what it was trained on, and how good it was."""

    number: int
    labels: int
    task_version: int
    started_at: str
    finished_at: str
    strategy: str
    learner: str
    observations: list[ObservationOut]
    class_counts: dict[str, int]


class VerdictOut(BaseModel):
    """What the stopping rules say, in one sentence, with the figures behind it."""

    state: str
    sentence: str
    evidence: dict[str, Any]


class Open(BaseModel):
    """A record passed on whole."""

    model_config = ConfigDict(extra="allow")


class StatusOut(Open):
    """Everything at a glance; what `asklearn status --json` prints."""

    name: str
    state: str
    warnings: list[str]


class StoryOut(Open):
    """Everything that happened to one item; ``sentences`` tell it."""

    sentences: list[str]


class Accepted(BaseModel):
    """A model was asked for; the event stream tells when it is there."""

    sentence: str
