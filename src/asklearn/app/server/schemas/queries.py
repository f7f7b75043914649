"""Queries on their way to the page."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from asklearn.app.server.schemas.session import Session


class Claim(Session):
    """Asks for items to label; what the tab holds already comes first."""

    n: int = Field(default=1, ge=1, le=50)


class ItemOut(BaseModel):
    """An item as the page shows it; ``text`` is its text fields joined by blank lines."""

    id: str
    fields: dict[str, Any]
    text: str
    revision: int


class ReasonPart(BaseModel):
    """A piece of the reason's sentence: words, or a label with its probability."""

    text: str | None = None
    label: str | None = None
    name: str | None = None
    p: float | None = None


class ReasonOut(BaseModel):
    """Why an item is asked, as one sentence and as its parts."""

    kind: str
    sentence: str
    parts: list[ReasonPart]


class SuggestionOut(BaseModel):
    """What a model proposes; ``probabilities`` by label id, the largest ones."""

    label: str
    name: str
    p: float | None
    probabilities: dict[str, float]
    model: int | None
    source: Literal["model", "names", "brought"]


class QueryOut(BaseModel):
    """An item, why it is asked, and what the model suggests."""

    key: str
    item: ItemOut
    purpose: str
    reason: ReasonOut
    suggestion: SuggestionOut | None
    lease_until: str | None = Field(description="RFC 3339")
    model: int | None
    round: int


class Progress(BaseModel):
    """How far the labelling is: the project's count, and this annotator's pace and day."""

    answered: int = Field(description="Items with a settled label.")
    goal: int
    left: int = Field(description="Until the goal.")
    pace_seconds: float | None = Field(description="This annotator's usual time for one answer.")
    today: int = Field(description="This annotator's answers of the last 24 hours.")


class Waiting(BaseModel):
    """Why there is nothing to label now, and when to ask again."""

    reason: str
    seconds: float
    sentence: str


class Claimed(BaseModel):
    """Items to label, or why there are none."""

    queries: list[QueryOut]
    waiting: Waiting | None
    progress: Progress
