"""Answers on their way in, and what became of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from asklearn.app.server.problems import Problem, of_validation
from asklearn.app.server.schemas.queries import Progress, QueryOut
from asklearn.app.server.schemas.session import ItemId, Key, Session

MAX_ANSWERS = 200
EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)


class AnswerIn(BaseModel):
    """One answer. Its ``key`` is minted once and kept through retries: sent twice, it counts once."""

    key: Key
    item: ItemId
    query: Key | None = None
    kind: Literal["answer", "skip", "flag"] = "answer"
    label: str | None = Field(default=None, max_length=1_000, description="A label's id.")
    seconds: float | None = Field(default=None, ge=0, le=7 * 24 * 3600, allow_inf_nan=False)
    comment: str | None = Field(default=None, max_length=10_000)
    shown: bool = Field(default=False, description="Whether the suggestion was seen.")
    accepted: bool = Field(default=False, description="Whether it was taken as it was.")
    answered_at: AwareDatetime | None = Field(default=None, description="RFC 3339; None: now.")
    supersedes: Key | None = Field(default=None, description="Key of the answer that this one corrects.")

    @model_validator(mode="after")
    def _whole(self) -> AnswerIn:
        if self.kind == "answer" and self.label is None:
            raise ValueError("an answer needs its label")
        if self.answered_at is not None and not EARLIEST < self.answered_at < datetime.now(UTC) + timedelta(
            days=1
        ):
            raise ValueError(
                f"{self.answered_at.isoformat()} cannot be when it was answered; set this device's clock"
            )
        return self


class Rejected(BaseModel):
    """An answer that was not taken, and why; the others of its request were."""

    key: str
    error: Problem


def _or_rejected(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    try:
        return handler(value)
    except ValidationError as error:
        key = value.get("key") if isinstance(value, dict) else None
        found: Any = error.errors(include_url=False)
        return Rejected(key=str(key or ""), error=of_validation(found))


class AnswersIn(Session):
    """Answers in order. Each is judged by itself: one that is not right never holds up the others."""

    answers: list[Annotated[AnswerIn, WrapValidator(_or_rejected)]] = Field(max_length=MAX_ANSWERS)


class ReceiptOut(BaseModel):
    """Stored, durably; ``repeated`` when it had been stored before."""

    key: str
    seq: int
    repeated: bool


class Told(BaseModel):
    """One receipt for each answer, in order."""

    receipts: list[ReceiptOut | Rejected]
    progress: Progress


class Undo(Session):
    """Takes back the annotator's last answer, or the one of that key."""

    key: Key | None = None


class Undone(BaseModel):
    """The query, leased again to the tab; None when there was nothing to take back."""

    query: QueryOut | None
    progress: Progress
