"""What annotators have said, newest first, for history drawers and lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from asklearn.core.records import Annotation
from asklearn.project.workspace import Workspace


@dataclass(frozen=True)
class Given:
    """One answer as a list shows it.

    Attributes
    ----------
    label, name : str or None
        The label's id and name.
    current : bool
        False once corrected or taken back.
    """

    key: str
    seq: int
    item: str
    fields: Mapping[str, Any]
    annotator: str
    kind: str
    label: str | None
    name: str | None
    at: int
    seconds: float | None
    comment: str | None
    query: str | None
    current: bool


def answers_of(ws: Workspace, annotator: str | None, *, limit: int, before: int | None) -> list[Given]:
    """Answers, skips and flags, newest first; retracts show in what they took back."""
    found = ws.store.annotations(annotator=annotator, before=before, newest_first=True, limit=limit)
    told = [one for one in found if one.kind != "retract"]
    rows = ws.pool.find([one.item for one in told])
    items = {item.id: item.fields for item in ws.pool.items(rows[rows >= 0])}
    return [_given(ws, one, items.get(one.item, {})) for one in told]


def _given(ws: Workspace, one: Annotation, fields: Mapping[str, Any]) -> Given:
    return Given(
        key=one.key,
        seq=one.seq,
        item=one.item,
        fields=fields,
        annotator=one.annotator,
        kind=one.kind,
        label=one.value,
        name=None if one.value is None else ws.task.display(one.value),
        at=one.received_at,
        seconds=one.seconds,
        comment=one.comment,
        query=one.query,
        current=one.current,
    )
