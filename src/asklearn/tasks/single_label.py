"""One label for each item, out of a fixed set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from asklearn.core.errors import InputError
from asklearn.tasks.label_set import LabelOption, LabelSet


class SingleLabel:
    """Each item has exactly one label of a set.

    Parameters
    ----------
    labels : iterable of str or LabelOption, or mapping of name to description
        In the order in which the page shows them.
    guidelines : str
        What annotators should know, as plain text; shown beside the work.

    Raises
    ------
    InputError
        On no labels, blank or repeated names.

    Examples
    --------
    >>> task = SingleLabel(["billing", "bug", "praise"])
    >>> task.validate("bug")
    'bug'
    >>> task.rename("bug", "defect").migrate("bug", version=1)
    'bug'
    """

    kind: ClassVar[str] = "single-label"

    def __init__(
        self,
        labels: Iterable[str | LabelOption] | Mapping[str, str] | LabelSet,
        *,
        guidelines: str = "",
        guideline_version: int = 1,
    ) -> None:
        self.labels = labels if isinstance(labels, LabelSet) else LabelSet.of(labels)
        self.guidelines = guidelines
        self.guideline_version = guideline_version
        self._position = {one: place for place, one in enumerate(self.labels.ids)}

    @property
    def version(self) -> int:
        """The task version: rises with every change of the label set."""
        return self.labels.version

    @property
    def classes(self) -> tuple[str, ...]:
        """Label ids, in class order."""
        return self.labels.ids

    @property
    def names(self) -> tuple[str, ...]:
        """Display names, in class order."""
        return tuple(option.name for option in self.labels.options)

    @property
    def options(self) -> tuple[LabelOption, ...]:
        """The labels with descriptions and keys, in class order."""
        return self.labels.options

    def validate(self, value: Any) -> str:
        """The id of the label that a person named.

        Raises
        ------
        InputError
            When the value is no label of this task.
        """
        if not isinstance(value, str):
            raise InputError(f"A label is a text, one of this task's names; got {value!r}.")
        return self.labels.find(value).id

    def display(self, value: Any) -> str:
        """The name of a label id; ids of labels that are gone read as they were."""
        place = self._position.get(value)
        return str(value) if place is None else self.labels.options[place].name

    def encode(self, values: Sequence[Any]) -> NDArray[np.int64]:
        """Class positions of label ids, shape (n,)."""
        return np.array([self._position[one] for one in values], dtype=np.int64)

    def decode(self, positions: NDArray[np.int64]) -> list[Any]:
        """Label ids of class positions."""
        return [self.classes[int(place)] for place in positions]

    def distance(self, a: Any, b: Any) -> float:
        """0 when equal, else 1."""
        return 0.0 if a == b else 1.0

    def merge(self, values: Sequence[Any], weights: Sequence[float]) -> tuple[Any, float]:
        """The value of most weight, the earlier in class order on a tie, and its share."""
        totals: dict[Any, float] = {}
        for value, weight in zip(values, weights, strict=True):
            totals[value] = totals.get(value, 0.0) + weight
        best = min(totals, key=lambda value: (-totals[value], self._position.get(value, len(self._position))))
        return best, totals[best] / sum(totals.values())

    def migrate(self, value: Any, version: int) -> Any | None:
        """A label id of an older version as of now; None when the item must be asked again."""
        return self.labels.migrate(value, version)

    def add(self, name: str, description: str = "", key: str = "") -> SingleLabel:
        """The task with one more label."""
        return self._with(self.labels.add(name, description, key))

    def rename(self, name: str, to: str) -> SingleLabel:
        """The task with a label renamed; answers stay."""
        return self._with(self.labels.rename(name, to))

    def describe(self, name: str, description: str) -> SingleLabel:
        """The task with another description of a label."""
        return self._with(self.labels.describe(name, description))

    def combine(self, names: Sequence[str], into: str) -> SingleLabel:
        """The task with several labels merged into one; answers follow."""
        return self._with(self.labels.merge(names, into))

    def split(self, name: str, into: Sequence[str]) -> SingleLabel:
        """The task with a label replaced by several; its items are asked again."""
        return self._with(self.labels.split(name, into))

    def delete(self, name: str) -> SingleLabel:
        """The task without a label; its items are asked again."""
        return self._with(self.labels.delete(name))

    def to_json(self) -> dict[str, Any]:
        """Definition and history, as plain JSON."""
        return {
            "kind": self.kind,
            "labels": self.labels.to_json(),
            "guidelines": self.guidelines,
            "guideline_version": self.guideline_version,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> SingleLabel:
        """The way back from `to_json`."""
        return cls(
            LabelSet.from_json(data["labels"]),
            guidelines=data.get("guidelines", ""),
            guideline_version=int(data.get("guideline_version", 1)),
        )

    def json_schema(self) -> dict[str, Any]:
        """JSON Schema of a value at the edge: one of the names."""
        return {"type": "string", "enum": list(self.names)}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SingleLabel) and self.to_json() == other.to_json()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"SingleLabel({list(self.names)!r})"

    def _with(self, labels: LabelSet) -> SingleLabel:
        return SingleLabel(labels, guidelines=self.guidelines, guideline_version=self.guideline_version)
