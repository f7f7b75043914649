"""Changes of the label set half-way: a preview of what they touch, and the change itself."""

from __future__ import annotations

from dataclasses import dataclass

from asklearn.project.workspace import Workspace
from asklearn.tasks import SingleLabel


@dataclass(frozen=True)
class TaskChange:
    """What a change of the task touches.

    Attributes
    ----------
    kept : int
        Items whose label stays as it is.
    moved : int
        Items whose label becomes another.
    asked_again : int
        Items that lose their label and will be asked again.
    """

    kept: int
    moved: int
    asked_again: int

    @property
    def sentence(self) -> str:
        """The preview in one sentence."""
        return (
            f"{self.kept:,} labels stay, {self.moved:,} move to another label, "
            f"{self.asked_again:,} items will be asked again."
        )


def preview(ws: Workspace, task: SingleLabel) -> TaskChange:
    """What changing to that task would touch."""
    overlap = ws.settings.overlap
    before = ws.ledger.labels(ws.task, overlap)
    after = ws.ledger.labels(task, overlap)
    moved = sum(item in after and after[item].value != label.value for item, label in before.items())
    gone = sum(item not in after for item in before)
    return TaskChange(kept=len(before) - moved - gone, moved=moved, asked_again=gone)


def change_task(ws: Workspace, task: SingleLabel) -> TaskChange:
    """Adopt a changed task; its history stays, and the next model is due at once."""
    touched = preview(ws, task)
    before = ws.task
    ws.store.put("task before", before.to_json())
    ws.store.put("task", task.to_json())
    ws.change(ws.settings.having(task=task))
    ws.store.put("task before", None)
    ws.store.append(
        "task",
        body={
            "version": task.version,
            "changes": [one.note for one in task.labels.changes if one.version > before.version],
            "sentence": touched.sentence,
        },
    )
    return touched
