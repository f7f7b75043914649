"""What can be read about the project: history, stories, rounds, the verdict, the status."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from asklearn.app.server.schemas.queries import ItemOut, ReasonOut, SuggestionOut


class GivenItem(BaseModel):
    """The item of an answer given."""

    id: str
    text: str


class GivenOut(BaseModel):
    """An answer given; ``current`` until it is corrected or taken back."""

    key: str
    item: GivenItem
    annotator: str
    kind: str
    label: str | None
    name: str | None
    at: str
    seconds: float | None
    comment: str | None
    query: str | None
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


class StatusOut(BaseModel):
    """Everything at a glance; whatever else `asklearn status --json` prints comes along."""

    model_config = ConfigDict(extra="allow")

    name: str
    state: str
    warnings: list[str]
    worker: bool


class AskedOut(BaseModel):
    """One time that the item was asked, or waits to be: why, with which score and draw, by which model."""

    key: str
    purpose: str
    state: str
    reason: ReasonOut
    score: float | None
    rank: int
    q: float | None
    pi: float | None
    strategy: str
    model: int | None
    round: int
    suggestion: SuggestionOut | None
    queued_at: str
    asked_at: str | None


class AnnotationOut(BaseModel):
    """One answer, skip, flag or retract for the item."""

    key: str
    seq: int
    annotator: str
    kind: str
    label: str | None
    name: str | None
    query: str | None
    suggested: str | None
    accepted: bool | None
    seconds: float | None
    answered_at: str
    source: str
    supersedes: str | None
    comment: str | None
    current: bool


class SettledOut(BaseModel):
    """The item's label as it stands."""

    label: str
    name: str
    confidence: float
    state: str
    since: str


class StoryOut(BaseModel):
    """Everything that happened to one item; ``sentences`` tell it in order."""

    item: ItemOut
    queries: list[AskedOut]
    annotations: list[AnnotationOut]
    label: SettledOut | None
    models: list[int]
    same: list[str]
    sentences: list[str]


class Accepted(BaseModel):
    """A model was asked for; the event stream tells when it is there."""

    sentence: str
