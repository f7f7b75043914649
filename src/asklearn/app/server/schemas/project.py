"""The project and who is at work."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field


def _name(text: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise ValueError("a name needs at least one letter")
    if any(unicodedata.category(one).startswith("C") for one in name):
        raise ValueError("a name has no control characters")
    return name


class MeIn(BaseModel):
    """The annotator's name, as answers carry it."""

    name: Annotated[str, Field(max_length=80), AfterValidator(_name)]


class MeOut(BaseModel):
    """Who this browser is; None until a name was given."""

    name: str | None


class LabelOut(BaseModel):
    """One label; ``colour`` is its place among the page's label colours."""

    id: str
    name: str
    description: str
    key: str
    colour: int | None


class TaskOut(BaseModel):
    """What is asked."""

    kind: str
    version: int
    labels: list[LabelOut]
    guidelines: str


class SettingsOut(BaseModel):
    """The settings that the page follows."""

    suggestion: str
    overlap: int


class ProjectOut(BaseModel):
    """The project as the page needs it; ``id`` tells it apart from others at the same address."""

    id: str
    name: str
    task: TaskOut
    goal: int
    settings: SettingsOut
    me: MeOut


class TokenOut(BaseModel):
    """A link that lets one more browser in, once."""

    url: str
