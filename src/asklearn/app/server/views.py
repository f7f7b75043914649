"""Records to what goes over the wire: label ids with their names, sentences, RFC 3339 times."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from asklearn.app.server.schemas.project import LabelOut, MeOut, ProjectOut, SettingsOut, TaskOut
from asklearn.app.server.schemas.queries import ItemOut, QueryOut, ReasonOut, ReasonPart, SuggestionOut
from asklearn.app.server.schemas.reading import GivenItem, GivenOut, ObservationOut, RoundOut
from asklearn.core.clock import to_rfc3339
from asklearn.core.jsonable import to_json
from asklearn.core.records import Item, Query, Reason, Round, Suggestion
from asklearn.core.wording import percent, say_reason
from asklearn.project import Project
from asklearn.project.given import Given
from asklearn.tasks import SingleLabel

_MARK = "\0"


def project_out(project: Project, id: str, name: str | None) -> ProjectOut:
    """The project, as seen by an annotator of that name."""
    settings = project.settings
    return ProjectOut(
        id=id,
        name=project.name,
        task=task_out(project.task),
        goal=settings.goal,
        settings=SettingsOut(suggestion=settings.suggestion, overlap=settings.overlap),
        me=MeOut(name=name),
    )


def task_out(task: SingleLabel) -> TaskOut:
    """The task with its labels in order."""
    labels = [
        LabelOut(id=one.id, name=one.name, description=one.description, key=one.key, colour=place)
        for place, one in enumerate(task.options)
    ]
    return TaskOut(kind=task.kind, version=task.version, labels=labels, guidelines=task.guidelines)


def query_out(query: Query, task: SingleLabel, text_fields: Sequence[str]) -> QueryOut:
    """A query as the page shows it."""
    return QueryOut(
        key=query.key,
        item=item_out(query.item, text_fields),
        purpose=query.purpose,
        reason=reason_out(query.reason, task),
        suggestion=suggestion_out(query.suggestion, task),
        lease_until=None if query.lease_until is None else to_rfc3339(query.lease_until),
        model=query.model,
        round=query.round,
    )


def item_out(item: Item, text_fields: Sequence[str]) -> ItemOut:
    """An item with its fields as JSON can say them."""
    fields = {name: plain(value) for name, value in item.fields.items()}
    return ItemOut(id=item.id, fields=fields, text=text_of(item.fields, text_fields), revision=item.revision)


def text_of(fields: Mapping[str, Any], text_fields: Sequence[str]) -> str:
    """The text fields one after the other; where none is named, whatever is text, or else everything."""
    named = [fields[name] for name in text_fields if name in fields]
    shown = named or [one for one in fields.values() if isinstance(one, str)] or list(fields.values())
    return "\n\n".join(str(one) for one in shown if one is not None and one != "")


def reason_out(reason: Reason, task: SingleLabel) -> ReasonOut:
    """A reason as its sentence, and as parts with the labels marked."""
    pieces = say_reason(reason, name_of=lambda one: f"{_MARK}{reason.labels.index(one)}{_MARK}").split(_MARK)
    parts: list[ReasonPart] = []
    for place, piece in enumerate(pieces):
        if place % 2:
            parts.append(_label_part(int(piece), pieces[place + 1], reason, task))
            continue
        spoken = f" ({percent(parts[-1].p)})" if parts and parts[-1].p is not None else ""
        if text := piece.removeprefix(spoken):
            parts.append(ReasonPart(text=text))
    return ReasonOut(kind=reason.kind, sentence=say_reason(reason, name_of=task.display), parts=parts)


def _label_part(place: int, after: str, reason: Reason, task: SingleLabel) -> ReasonPart:
    figure = reason.figures.get(f"p{place + 1}")
    p = figure if figure is not None and after.startswith(f" ({percent(figure)})") else None
    return ReasonPart(label=reason.labels[place], name=task.display(reason.labels[place]), p=p)


def suggestion_out(suggestion: Suggestion | None, task: SingleLabel) -> SuggestionOut | None:
    """A suggestion; None when its label has left the task meanwhile."""
    if suggestion is None or suggestion.value not in task.classes:
        return None
    return SuggestionOut(
        label=suggestion.value,
        name=task.display(suggestion.value),
        p=suggestion.probability,
        probabilities=dict(suggestion.probabilities),
        model=suggestion.model,
        source=suggestion.source,
    )


def given_out(given: Given, text_fields: Sequence[str]) -> GivenOut:
    """An answer given, as the history lists it."""
    return GivenOut(
        key=given.key,
        item=GivenItem(id=given.item, text=text_of(given.fields, text_fields)),
        annotator=given.annotator,
        kind=given.kind,
        label=given.label,
        name=given.name,
        at=to_rfc3339(given.at),
        seconds=given.seconds,
        comment=given.comment,
        query=given.query,
        seq=given.seq,
        current=given.current,
    )


def round_out(done: Round) -> RoundOut:
    """A round without its memory."""
    return RoundOut(
        number=done.number,
        labels=done.labels,
        task_version=done.task_version,
        started_at=to_rfc3339(done.started_at),
        finished_at=to_rfc3339(done.finished_at),
        strategy=done.strategy,
        learner=done.learner,
        observations=[ObservationOut(**to_json(one)) for one in done.observations],
        class_counts=dict(done.class_counts),
    )


def plain(value: Any) -> Any:
    """A value as JSON can say it: no NaN, dates as text, anything else unknown as its text."""
    value = to_json(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | bool) else str(value)
