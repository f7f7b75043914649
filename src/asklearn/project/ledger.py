"""What has been said so far, kept in step with the store: only what is new is read and settled."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from threading import RLock

from asklearn.core.protocols import Store, Task
from asklearn.core.records import Annotation, Label
from asklearn.quality import current_answers, majority, standing

FORGETS = "forgets"
"""Name under which the store keeps a mark that changes when items are erased; a ledger then starts anew."""


class Ledger:
    """All annotations, by item, and the labels that they settle on."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = RLock()
        self._start()

    def _start(self) -> None:
        self._seq = 0
        self._forgets = self._store.get(FORGETS)
        self._by_item: dict[str, list[Annotation]] = {}
        self._labels: dict[str, Label] = {}
        self._times: dict[str, list[tuple[int, int]]] = {}
        self._settled_for: tuple[int, int] | None = None
        self._unsettled: set[str] = set()

    def labels(self, task: Task, overlap: int) -> dict[str, Label]:
        """The labels by item, as of now."""
        with self._lock:
            self._settle(task, overlap)
            return dict(self._labels)

    def labelled(self, task: Task, overlap: int) -> int:
        """How many items have a label."""
        with self._lock:
            self._settle(task, overlap)
            return len(self._labels)

    def annotations(self) -> list[Annotation]:
        """All annotations, in order of arrival."""
        with self._lock:
            self._catch_up()
            return sorted((one for told in self._by_item.values() for one in told), key=lambda one: one.seq)

    def blind(self) -> set[str]:
        """Items whose standing answers were all given without seeing a suggestion."""
        with self._lock:
            self._catch_up()
            return {item for item, told in self._by_item.items() if _is_blind(told)}

    def answers_since(self, annotator: str, at: int) -> int:
        """How many answers the annotator gave after a time, less those taken back."""
        with self._lock:
            self._catch_up()
            times = self._times.get(annotator, [])
            return sum(sign for _, sign in times[bisect_right(times, (at, 2)) :])

    def asked_again(self, task: Task, overlap: int) -> set[str]:
        """Items whose standing answers say nothing in the present version of the task."""
        with self._lock:
            self._settle(task, overlap)
            return {
                item
                for item, told in self._by_item.items()
                if item not in self._labels and current_answers(told)
            }

    def set_aside(self) -> set[str]:
        """Items that were skipped or flagged and that nobody has answered."""
        with self._lock:
            self._catch_up()
            return {item for item, told in self._by_item.items() if _is_set_aside(told)}

    def _catch_up(self) -> None:
        if self._store.get(FORGETS) != self._forgets:
            self._start()
        for one in self._store.annotations(since=self._seq):
            self._by_item.setdefault(one.item, []).append(one)
            self._unsettled.add(one.item)
            self._seq = one.seq
            if sign := self._sign(one):
                self._times.setdefault(one.annotator, []).append((one.received_at, sign))

    def _sign(self, one: Annotation) -> int:
        """1 for an answer, -1 for taking one back, 0 for whatever is about a skip or a flag."""
        if one.kind != "retract":
            return int(one.kind == "answer")
        back = (told.kind for told in self._by_item[one.item] if told.key == one.supersedes)
        return -int("answer" in back)

    def _settle(self, task: Task, overlap: int) -> None:
        self._catch_up()
        if self._settled_for != (task.version, overlap):
            self._settled_for = (task.version, overlap)
            self._unsettled = set(self._by_item)
            self._labels = {}
        if self._unsettled:
            told = [one for item in self._unsettled for one in self._by_item[item]]
            settled = majority(told, task, overlap=overlap)
            for item in self._unsettled:
                self._labels.pop(item, None)
            self._labels.update(settled)
            self._unsettled = set()


def _is_blind(told: Iterable[Annotation]) -> bool:
    answers = current_answers(told)
    return bool(answers) and not any(one.suggestion is not None and one.suggestion.shown for one in answers)


def _is_set_aside(told: list[Annotation]) -> bool:
    kinds = {one.kind for one in standing(told)}
    return bool(kinds & {"skip", "flag"}) and "answer" not in kinds
