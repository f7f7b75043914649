"""What has been said so far, kept in step with the store."""

from __future__ import annotations

from threading import RLock

from asklearn.core.protocols import Store, Task
from asklearn.core.records import Annotation, Label
from asklearn.quality import current_answers, majority


class Ledger:
    """All annotations, read once and then only what is new."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = RLock()
        self._told: list[Annotation] = []

    def annotations(self) -> list[Annotation]:
        """All annotations, in order of arrival."""
        with self._lock:
            since = self._told[-1].seq if self._told else 0
            self._told.extend(self._store.annotations(since=since))
            if len(self._told) != self._store.counts()["annotations"]:
                self._told = self._store.annotations()
            return list(self._told)

    def labels(self, task: Task, overlap: int) -> dict[str, Label]:
        """The labels that they settle on, by item."""
        return majority(self.annotations(), task, overlap=overlap)

    def blind(self) -> set[str]:
        """Items whose standing answers were all given without seeing a suggestion."""
        seen: dict[str, bool] = {}
        for one in current_answers(self.annotations()):
            shown = one.suggestion is not None and one.suggestion.shown
            seen[one.item] = seen.get(one.item, False) or shown
        return {item for item, shown in seen.items() if not shown}

    def set_aside(self) -> set[str]:
        """Items that were skipped or flagged and that nobody has answered."""
        told = self.annotations()
        gone = {one.supersedes for one in told if one.supersedes is not None}
        standing = [one for one in told if one.key not in gone]
        answered = {one.item for one in standing if one.kind == "answer"}
        return {one.item for one in standing if one.kind in ("skip", "flag")} - answered
