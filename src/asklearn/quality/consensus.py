"""Consensus: which annotations are current, and the label they settle on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from asklearn.core.protocols import Task
from asklearn.core.records import Annotation, Label


def standing(annotations: Iterable[Annotation]) -> list[Annotation]:
    """What stands: neither superseded nor taken back, and of each annotator and item the newest.

    As the store keeps it: an answer, a skip, or a flag that gives a value stands in place of the
    annotator's older answer or skip, which does not come back when the newer one is taken back. Flags stay
    beside it.

    Parameters
    ----------
    annotations : iterable of Annotation
        In order of arrival.
    """
    gone: set[str] = set()
    last: dict[tuple[str, str], Annotation] = {}
    flags: list[Annotation] = []
    for one in annotations:
        if one.supersedes is not None:
            gone.add(one.supersedes)
        if one.kind == "retract" or one.key in gone:  # its correction was here before it
            continue
        if one.kind != "flag":
            last[one.item, one.annotator] = one
            continue
        flags.append(one)
        if one.value is not None:
            last.pop((one.item, one.annotator), None)
    return sorted((one for one in (*last.values(), *flags) if one.key not in gone), key=lambda one: one.seq)


def current_answers(annotations: Iterable[Annotation]) -> list[Annotation]:
    """The answers that stand, in order of arrival; see `standing`."""
    return [one for one in standing(annotations) if one.kind == "answer"]


def majority(annotations: Iterable[Annotation], task: Task, *, overlap: int = 1) -> dict[str, Label]:
    """Labels by majority; a tie is *disputed*, fewer answers than ``overlap`` are *wanting*.

    Answers given under an older version of the task are read in the present one; those that it cannot
    read (a label deleted or split) say nothing.

    Returns
    -------
    dict of item id to Label
    """
    by_item: dict[str, list[Annotation]] = {}
    for one in current_answers(annotations):
        value = task.migrate(one.value, one.task_version)
        if value is not None:
            by_item.setdefault(one.item, []).append(replace(one, value=value))
    return {item: _settle(item, answers, task, overlap) for item, answers in by_item.items()}


def _settle(item: str, answers: Sequence[Annotation], task: Task, overlap: int) -> Label:
    values = [one.value for one in answers]
    value, share = task.merge(values, [1.0] * len(values))
    return Label(
        item=item,
        value=value,
        confidence=share,
        state="wanting" if len(answers) < overlap else "agreed" if share > 0.5 else "disputed",
        since=answers[-1].received_at,
    )
