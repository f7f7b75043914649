"""Records to rows and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from hashlib import blake2b
from typing import Any

from sqlalchemy import Row, select

from asklearn.core.jsonable import from_json, to_json
from asklearn.core.records import Annotation, Draw, Item, Query, Reason, ShownSuggestion, Suggestion
from asklearn.store.tables import annotation_table

Values = dict[str, Any]


def dump(value: Any) -> str:
    """JSON text that any database takes, also of numpy values and of texts with lone surrogates."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"), default=_plain)
    return text


def _plain(value: Any) -> Any:
    if hasattr(value, "tolist"):
        return value.tolist()
    return dict(value) if isinstance(value, Mapping) else str(value)


def digest(text: str) -> bytes:
    """A 128-bit hash of a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def item_values(item: Item) -> Values:
    """The row of an item."""
    content = dump(dict(item.fields))
    return {
        "id": item.id,
        "row": item.row,
        "revision": item.revision,
        "origin": item.origin,
        "content": digest(content) if item.fields else None,
        "fields": content,
    }


def query_values(query: Query) -> Values:
    """The row of a query, without what the store decides."""
    detail: Values = {"reason": to_json(query.reason), "strategy": query.strategy, "round": query.round}
    for name in ("score", "model"):
        detail[name] = getattr(query, name)
    detail["draw"] = [query.draw.q, query.draw.pi]
    detail["suggestion"] = to_json(query.suggestion)
    return {
        "key": query.key,
        "item": query.item.id,
        "purpose": query.purpose,
        "rank": query.rank,
        "detail": dump(detail),
    }


def query_record(row: Row[Any], *, holder: str | None = None, until: int | None = None) -> Query:
    """The query of a row of ``queries`` joined with ``items``."""
    detail = json.loads(row.detail)
    reason, suggestion, draw = detail["reason"], detail["suggestion"], detail["draw"]
    return Query(
        key=row.key,
        item=Item(
            id=row.item,
            fields=json.loads(row.fields),
            revision=row.revision,
            origin=row.origin,
            row=row.row,
        ),
        purpose=row.purpose,
        score=detail["score"],
        rank=row.rank,
        reason=Reason(**{**reason, "classes": tuple(reason["classes"]), "labels": tuple(reason["labels"])}),
        draw=Draw(q=draw[0], pi=draw[1]),
        strategy=detail["strategy"],
        model=detail["model"],
        round=detail["round"],
        suggestion=from_json(Suggestion, suggestion) if suggestion else None,
        state=row.state,
        queued_at=row.queued_at,
        asked_at=row.asked_at,
        leased_to=holder,
        lease_until=until,
    )


def annotation_values(one: Annotation, *, seq: int, now: int, current: bool) -> Values:
    """The row of an annotation."""
    return {
        "seq": seq,
        "key": one.key,
        "body": body_hash(one),
        "item": one.item,
        "annotator": one.annotator,
        "kind": one.kind,
        "value": dump(to_json(one.value)),
        "query": one.query,
        "revision": one.revision,
        "task_version": one.task_version,
        "guideline_version": one.guideline_version,
        "suggestion": dump(to_json(one.suggestion)) if one.suggestion else None,
        "seconds": one.seconds,
        "answered_at": one.answered_at or now,
        "received_at": now,
        "source": one.source,
        "supersedes": one.supersedes,
        "comment": one.comment,
        "current": current,
    }


_NAMES = tuple(field.name for field in fields(Annotation))
#: Annotations, as `annotation_record` takes them.
ANNOTATION = select(*(annotation_table.c[name] for name in _NAMES))


def annotation_record(row: Row[Any]) -> Annotation:
    """The annotation of a row of `ANNOTATION`."""
    values = dict(zip(_NAMES, row, strict=True))
    values["value"] = json.loads(values["value"])
    if values["suggestion"]:
        values["suggestion"] = from_json(ShownSuggestion, json.loads(values["suggestion"]))
    return Annotation(**values)


def body_hash(one: Annotation) -> bytes:
    """What must be equal for a repeated key to count as the same answer.

    What the receiver adds (versions, source, the suggestion it looked up, times of its own clock) stays
    outside, so that a retry after a task change or a restart is still a retry.
    """
    body = [one.item, one.annotator, one.kind, to_json(one.value), one.query, one.supersedes]
    return digest(dump([*body, one.seconds, one.answered_at, one.comment]))
