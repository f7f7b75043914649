"""What goes over the wire, as pydantic models: the OpenAPI contract, and nothing inside uses them."""

from asklearn.app.server.schemas.given import AnswerIn, AnswersIn, Rejected, Told, Undo, Undone
from asklearn.app.server.schemas.project import MeIn, MeOut, ProjectOut, TaskOut, TokenOut
from asklearn.app.server.schemas.queries import Claim, Claimed, Progress, QueryOut, Waiting
from asklearn.app.server.schemas.reading import (
    Accepted,
    GivenOut,
    History,
    RoundOut,
    StatusOut,
    StoryOut,
    VerdictOut,
)
from asklearn.app.server.schemas.session import Held, Release, Released, Session

__all__ = [
    "Accepted",
    "AnswerIn",
    "AnswersIn",
    "Claim",
    "Claimed",
    "GivenOut",
    "Held",
    "History",
    "MeIn",
    "MeOut",
    "Progress",
    "ProjectOut",
    "QueryOut",
    "Rejected",
    "Release",
    "Released",
    "RoundOut",
    "Session",
    "StatusOut",
    "StoryOut",
    "TaskOut",
    "TokenOut",
    "Told",
    "Undo",
    "Undone",
    "VerdictOut",
    "Waiting",
]
