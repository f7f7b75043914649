"""Labels edited by hand in the settings file, read as changes of the task's label set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from asklearn.core.errors import SettingsError
from asklearn.tasks import LabelOption, SingleLabel
from asklearn.tasks.label_set import LabelSet


def read_option(data: Mapping[str, Any]) -> LabelOption:
    """One ``[[task.labels]]`` of the file; the id is empty where none is written.

    Raises
    ------
    SettingsError
        When it has no name.
    """
    if not isinstance(data, Mapping) or not isinstance(data.get("name"), str):
        raise SettingsError(f"each [[task.labels]] needs a name in quotes, but there is {data!r}.")
    return LabelOption(
        id=str(data.get("id", "")),
        name=data["name"],
        description=str(data.get("description", "")),
        key=str(data.get("key", "")),
    )


def check_ids(wanted: Sequence[LabelOption]) -> None:
    """Refuse an id that two labels have: a block that was copied and then given another name.

    Raises
    ------
    SettingsError
        Names the id and the labels.
    """
    counts = Counter(one.id for one in wanted if one.id)
    twice = next((one for one, n in counts.items() if n > 1), None)
    if twice is not None:
        names = " and ".join(repr(one.name) for one in wanted if one.id == twice)
        raise SettingsError(
            f"the labels {names} have the same id {twice!r}; leave the line with the id out of the new one."
        )


def edited(task: SingleLabel, wanted: Sequence[LabelOption], guidelines: str) -> SingleLabel:
    """The task after somebody edited the labels in the file: one version for each change found.

    A label of the file is one of the task's by its id, else by its name, so that the same file read again
    is no further change, whatever id was written for a label that is new.

    Raises
    ------
    InputError
        On a blank name, or a name or letter given twice.
    """
    check_ids(wanted)
    ids = _known_ids(task.labels, wanted)
    labels = _without(task.labels, {one for one in ids if one is not None})
    final = []
    for one, known in zip(wanted, ids, strict=True):
        labels, id_ = _with(labels, one, known)
        final.append(replace(one, id=id_))
    labels = _without(labels, {one.id for one in final})
    labels = LabelSet.from_json({**labels.to_json(), "options": [asdict(one) for one in final]})
    changed = guidelines != task.guidelines
    return SingleLabel(labels, guidelines=guidelines, guideline_version=task.guideline_version + int(changed))


def _known_ids(labels: LabelSet, wanted: Sequence[LabelOption]) -> list[str | None]:
    """For each label of the file the id of the task's label that it is; None for new ones."""
    by_id = {one.id for one in wanted} & set(labels.ids)
    by_name = {one.name: one.id for one in labels.options if one.id not in by_id}
    return [one.id if one.id in by_id else by_name.get(one.name) for one in wanted]


def _without(labels: LabelSet, kept: set[str]) -> LabelSet:
    """Without the labels that the file has no more; a last one stays until another is there."""
    for old in labels.options:
        if old.id not in kept and len(labels.options) > 1:
            labels = labels.delete(old.name)
    return labels


def _with(labels: LabelSet, one: LabelOption, known: str | None) -> tuple[LabelSet, str]:
    if known is None:
        labels = labels.add(one.name, one.description)
        return labels, labels.ids[-1]
    name = next(option.name for option in labels.options if option.id == known)
    return (labels if name == one.name else labels.rename(name, one.name)), known
