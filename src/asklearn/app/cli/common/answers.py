"""Answers from JSON lines, with the line in every complaint."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, get_args

from asklearn.core.clock import from_rfc3339
from asklearn.core.errors import AsklearnError, RowError
from asklearn.core.records import AnnotationKind, Answer

if TYPE_CHECKING:
    from asklearn.project import Project

KINDS = tuple(kind for kind in get_args(AnnotationKind) if kind != "retract")


def read_answers(
    lines: Iterable[str], file: str, project: Project, *, skip: bool
) -> tuple[list[Answer], list[RowError]]:
    """The answers of all good lines, and what is wrong with the others.

    Raises
    ------
    RowError
        At the first bad line, unless ``skip``.
    """
    good: list[Answer] = []
    bad: list[RowError] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            good.append(_checked(_parse(line), project))
        except (AsklearnError, ValueError, TypeError) as error:
            row = RowError(str(error), file=file, line=number)
            if not skip:
                raise row from None
            bad.append(row)
    return good, bad


def _parse(line: str) -> Answer:
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg} at character {error.pos + 1})") from None
    if not isinstance(data, dict):
        raise ValueError('not a JSON object, such as {"id": …, "label": …}')
    kind = data.get("kind", "answer")
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}; it must be one of {', '.join(KINDS)}")
    if kind == "answer" and data.get("label") is None:
        raise ValueError('has no label; an item without an answer is told with "kind": "skip"')
    return Answer(
        item=_text(data, "id", needed=True) or "",
        value=_text(data, "label"),
        kind=kind,
        key=_text(data, "key"),
        query=_text(data, "query"),
        annotator=_text(data, "annotator"),
        seconds=_seconds(data.get("seconds")),
        comment=_text(data, "comment"),
        answered_at=_moment(_text(data, "answered_at")),
    )


def _text(data: Mapping[str, Any], name: str, *, needed: bool = False) -> str | None:
    value = data.get(name)
    if value is None and not needed:
        return None
    if not isinstance(value, str):
        raise ValueError(f"{name} must be a text, not {json.dumps(value)}")
    return value


def _seconds(value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise ValueError(f"seconds must be a number from 0, not {json.dumps(value)}")
    return float(value)


def _moment(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return from_rfc3339(text)
    except ValueError:
        raise ValueError(
            f"answered_at is {text!r}; it must be RFC 3339, such as 2026-11-25T09:30:00Z"
        ) from None


def _checked(answer: Answer, project: Project) -> Answer:
    if int(project.pool.find([answer.item])[0]) < 0:
        raise ValueError(f"there is no item {answer.item!r} in this project")
    if answer.kind == "answer":
        project.task.validate(answer.value)
    return answer
