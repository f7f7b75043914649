"""What keeps a project trustworthy: stories, events, label changes, forgetting, backup, integrity."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from asklearn.core.errors import InputError
from asklearn.core.records import Event
from asklearn.project import reference, task_changes
from asklearn.project.backing_up import back_up
from asklearn.project.checking import check_workspace
from asklearn.project.erasing import forget_items
from asklearn.project.settings import Settings
from asklearn.project.story import Story, story_of
from asklearn.project.task_changes import TaskChange
from asklearn.project.workspace import Workspace
from asklearn.tasks import SingleLabel


class Upkeep:
    """The part of `Project` that looks back and keeps order."""

    _ws: Workspace

    def story(self, item: str) -> Story:
        """When and why an item was asked, who answered what, which models trained on it."""
        return story_of(self._ws, item)

    def events(self, since: int = 0) -> list[Event]:
        """Every change after that sequence number, in order."""
        return self._ws.store.events(since=since)

    def preview_task(self, task: SingleLabel) -> TaskChange:
        """What changing to that task would touch."""
        return task_changes.preview(self._ws, task)

    def change_task(self, task: SingleLabel) -> TaskChange:
        """Adopt a changed task, such as ``project.task.rename("bug", "defect")``."""
        return task_changes.change_task(self._ws, task)

    def change_settings(self, **changes: Any) -> Settings:
        """Write changed settings; comments in the file stay."""
        self._ws.change(self._ws.settings.having(**changes))
        return self._ws.settings

    def bring_model(self, estimator: Any) -> None:
        """Let a fitted model that the team already has suggest and rank until the first trained one."""
        self._ws.bring_estimator(estimator)

    def forget(self, items: Sequence[str]) -> dict[str, Any]:
        """Erase items everywhere; a tombstone with the id stays.

        Returns
        -------
        dict
            ``erased``, and ``models``: numbers of the models that trained on them.
        """
        return forget_items(self._ws, items)

    def backup(self, path: str | Path) -> Path:
        """A consistent copy of the folder, also while others write."""
        return back_up(self._ws, Path(path))

    def check(self) -> list[str]:
        """One sentence for each thing that is wrong with what is stored; empty when whole."""
        return check_workspace(self._ws)

    def keep_truth(self, truth: Any, held_out: Any) -> None:
        """Keep the known truth of all items, so that the loop can be compared with random labels.

        Parameters
        ----------
        truth : pyarrow.Table with columns ``id`` and ``label``
        held_out : pyarrow.Table with the fields of other items and ``label``
        """
        if self._ws.folder is None:
            raise InputError("A project in memory keeps no truth; use asklearn.loop.random_arm directly.")
        reference.keep_truth(self._ws.folder, truth, held_out)

    def compare_with_random(self) -> dict[str, Any] | None:
        """Compare the newest model with one trained on as many random labels; None without the truth."""
        return reference.compare(self._ws)
