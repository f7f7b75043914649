"""Sessions: what one tab holds."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

Tab = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._~-]{1,80}$")]
"""Minted by the page, once for each tab."""
Key = Annotated[str, StringConstraints(min_length=1, max_length=100)]
ItemId = Annotated[str, StringConstraints(min_length=1, max_length=10_000)]


class Session(BaseModel):
    """Names the tab."""

    session: Tab


class Release(Session):
    """Gives leases back: those of the named queries, or all that the tab holds."""

    queries: list[Key] | None = Field(default=None, max_length=500)


class Held(BaseModel):
    """How many leases the tab holds now."""

    held: int


class Released(BaseModel):
    """How many leases were given back."""

    released: int
