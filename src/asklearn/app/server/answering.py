"""Answers of the page to the project: label ids become names, and each stands for itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from asklearn.app.server.problems import Problem, make, of_error
from asklearn.app.server.schemas.given import AnswerIn, ReceiptOut, Rejected
from asklearn.core.errors import Conflict, InputError, NotFound
from asklearn.core.records import Answer, Receipt
from asklearn.project import Project
from asklearn.tasks import SingleLabel

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def tell_each(
    project: Project, answers: Sequence[AnswerIn | Rejected], annotator: str
) -> list[ReceiptOut | Rejected]:
    """Store what can be stored, in one transaction when all of it can.

    Raises
    ------
    StorageError
        When nothing can be stored now; the same request, sent again, stores each answer once.
    """
    task = project.task
    read = [one if isinstance(one, Rejected) else _read(project, one, task, annotator) for one in answers]
    good = [one for one in read if isinstance(one, Answer)]
    told = _tell_all(project, good, annotator) or [_tell_one(project, one, annotator) for one in good]
    results = iter(told)
    return [next(results) if isinstance(one, Answer) else one for one in read]


def _read(
    project: Project, given: AnswerIn, task: SingleLabel, annotator: str
) -> Answer | ReceiptOut | Rejected:
    value = None
    if given.label is not None:
        if given.label not in task.classes and (known := _stored(project, given, annotator)):
            return known
        # an answer kept offline may name a label that was merged meanwhile
        label = task.migrate(given.label, 0)
        if label is None:
            return Rejected(key=given.key, error=_unknown(given.label, task))
        value = task.display(label)
    return Answer(
        item=given.item,
        value=value,
        kind=given.kind,
        key=given.key,
        query=given.query,
        annotator=annotator,
        seconds=given.seconds,
        comment=given.comment,
        shown=given.shown,
        answered_at=_microseconds(given.answered_at),
        supersedes=given.supersedes,
        source="page",
    )


def _stored(project: Project, given: AnswerIn, annotator: str) -> ReceiptOut | None:
    """The receipt of an answer that was stored while its label was there, when only the reply got lost."""
    for one in project.store.annotations(item=given.item, annotator=annotator):
        if (one.key, one.value) == (given.key, given.label):
            return ReceiptOut(key=one.key, seq=one.seq, repeated=True)
    return None


def _unknown(label: str, task: SingleLabel) -> Problem:
    names = ", ".join(map(repr, task.names[:12])) + (", …" if len(task.names) > 12 else "")
    sentence = f"{label!r} is not a label of this task (any more); its labels are {names}."
    return make(422, "unknown-label", sentence, field="label")


def _microseconds(at: datetime | None) -> int | None:
    return None if at is None else (at - _EPOCH) // timedelta(microseconds=1)


def _tell_all(project: Project, answers: list[Answer], annotator: str) -> list[ReceiptOut | Rejected] | None:
    if len(answers) < 2:
        return None
    try:
        return [_receipt(one) for one in project.tell(answers, annotator=annotator, source="page")]
    except (InputError, NotFound, Conflict):
        return None  # told one by one, it is known which of them


def _tell_one(project: Project, answer: Answer, annotator: str) -> ReceiptOut | Rejected:
    try:
        [receipt] = project.tell([answer], annotator=annotator, source="page")
    except (InputError, NotFound, Conflict) as error:
        return Rejected(key=answer.key or "", error=of_error(error))
    return _receipt(receipt)


def _receipt(receipt: Receipt) -> ReceiptOut:
    return ReceiptOut(key=receipt.key, seq=receipt.seq, repeated=receipt.repeated)
