"""Consensus: which annotations are current, and the label they settle on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from asklearn.core.protocols import Task
from asklearn.core.records import Annotation, Label


def current_answers(annotations: Iterable[Annotation]) -> list[Annotation]:
    """The answers that stand: neither superseded nor retracted, the last one of each annotator and item.

    Parameters
    ----------
    annotations : iterable of Annotation
        In order of arrival.
    """
    told = list(annotations)
    gone = {one.supersedes for one in told if one.supersedes is not None}
    last: dict[tuple[str, str], Annotation] = {}
    for one in told:
        if one.kind == "answer" and one.key not in gone:
            last[one.item, one.annotator] = one
    return sorted(last.values(), key=lambda one: one.seq)


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
