"""Label sets and their changes: stable ids, display names, and an explicit map for each change."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from asklearn.core.errors import InputError

ChangeKind = Literal["add", "rename", "merge", "split", "delete", "describe"]
MAX_NAME = 200


@dataclass(frozen=True, slots=True)
class LabelOption:
    """One label of a label set.

    Attributes
    ----------
    id : str
        Stable; the first name it had, spelled exactly so.
    name : str
        Shown; may change.
    description : str
        A sentence for annotators; joins the name as the learner's prior.
    key : str
        A letter that gives this label on the page; empty for none.
    """

    id: str
    name: str
    description: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a label set, from ``version - 1`` to ``version``.

    Attributes
    ----------
    moves : mapping of str to str or None
        Old label id to new label id; None where items must be asked again. Ids left out stay.
    """

    version: int
    kind: ChangeKind
    moves: Mapping[str, str | None]
    note: str = ""


@dataclass(frozen=True, slots=True)
class LabelSet:
    """Options in order, with the history of changes that led here; every change gives a new one."""

    options: tuple[LabelOption, ...]
    version: int = 1
    changes: tuple[Change, ...] = ()
    retired: tuple[str, ...] = ()

    @classmethod
    def of(cls, labels: Iterable[str | LabelOption] | Mapping[str, str]) -> LabelSet:
        """From names, options, or a mapping of name to description.

        Raises
        ------
        InputError
            On no names, a blank or overlong name, a name or letter given twice.
        """
        if isinstance(labels, str):
            raise InputError(f"Labels come as a list of names; got the text {labels!r}.")
        given: list[str | LabelOption] = (
            [LabelOption(name, name, description) for name, description in labels.items()]
            if isinstance(labels, Mapping)
            else list(labels)
        )
        options = tuple(one if isinstance(one, LabelOption) else _option(one) for one in given)
        return cls(_checked(options))

    @property
    def ids(self) -> tuple[str, ...]:
        """Label ids, in order."""
        return tuple(option.id for option in self.options)

    def find(self, name: str) -> LabelOption:
        """The option of that name.

        Raises
        ------
        InputError
            When no label is called so; names those there are.
        """
        for option in self.options:
            if option.name == name:
                return option
        names = [option.name for option in self.options]
        shown = ", ".join(map(repr, names[:12])) + (", …" if len(names) > 12 else "")
        raise InputError(f"{name!r} is not a label of this task; its labels are {shown}.")

    def add(self, name: str, description: str = "", key: str = "") -> LabelSet:
        """With one more label at the end."""
        fresh = LabelOption(self._fresh_id(name), name, description, key)
        return self._changed((*self.options, fresh), "add", {}, f"added {name!r}")

    def rename(self, name: str, to: str) -> LabelSet:
        """With another display name; the id and all answers stay."""
        old = self.find(name)
        options = tuple(replace(one, name=to) if one.id == old.id else one for one in self.options)
        return self._changed(options, "rename", {}, f"renamed {name!r} to {to!r}")

    def describe(self, name: str, description: str) -> LabelSet:
        """With another description."""
        old = self.find(name)
        options = tuple(
            replace(one, description=description) if one.id == old.id else one for one in self.options
        )
        return self._changed(options, "describe", {}, f"described {name!r}")

    def merge(self, names: Sequence[str], into: str) -> LabelSet:
        """With the named labels gone into one (one of them, another label, or a new name)."""
        sources = [self.find(name) for name in names]
        target = next((one for one in self.options if one.name == into), None)
        if target is None:
            target = LabelOption(self._fresh_id(into), into)
        gone = {one.id for one in sources} - {target.id}
        if not gone:
            raise InputError(f"Merging needs at least one label besides {into!r} to merge into it.")
        place = min(self.ids.index(one.id) for one in sources)
        options = [one for one in self.options if one.id not in gone]
        if target not in options:
            options.insert(min(place, len(options)), target)
        moves: dict[str, str | None] = dict.fromkeys(gone, target.id)
        return self._changed(
            tuple(options), "merge", moves, f"merged {', '.join(map(repr, names))} into {into!r}"
        )

    def split(self, name: str, into: Sequence[str]) -> LabelSet:
        """With one label replaced by several; its items are asked again."""
        old = self.find(name)
        if len(into) < 2:
            raise InputError(f"Splitting {name!r} needs at least two new names; got {list(into)!r}.")
        taken = self
        fresh = []
        for one in into:
            option = LabelOption(taken._fresh_id(one), one)
            fresh.append(option)
            taken = replace(taken, retired=(*taken.retired, option.id))
        place = self.ids.index(old.id)
        options = (*self.options[:place], *fresh, *self.options[place + 1 :])
        return self._changed(
            options, "split", {old.id: None}, f"split {name!r} into {', '.join(map(repr, into))}"
        )

    def delete(self, name: str) -> LabelSet:
        """Without that label; items that had it are asked again."""
        old = self.find(name)
        options = tuple(one for one in self.options if one.id != old.id)
        return self._changed(options, "delete", {old.id: None}, f"deleted {name!r}")

    def migrate(self, value: str, version: int) -> str | None:
        """A label id given under an older version, as of now; None when it must be asked again."""
        current: str | None = value
        for change in self.changes:
            if change.version > version and current is not None:
                current = change.moves.get(current, current)
        return current if current in self.ids else None

    def _fresh_id(self, name: str) -> str:
        taken = {*self.ids, *self.retired}
        if name not in taken:
            return name
        return next(f"{name}~{n}" for n in range(2, 10_000) if f"{name}~{n}" not in taken)

    def _changed(
        self, options: tuple[LabelOption, ...], kind: ChangeKind, moves: Mapping[str, str | None], note: str
    ) -> LabelSet:
        version = self.version + 1
        gone = tuple(one for one in self.ids if one not in {option.id for option in options})
        change = Change(version, kind, dict(moves), note)
        return LabelSet(_checked(options), version, (*self.changes, change), (*self.retired, *gone))

    def to_json(self) -> dict[str, Any]:
        """Options, version, changes and retired ids as plain JSON."""
        from asklearn.core.jsonable import to_json

        data: dict[str, Any] = to_json(self)
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> LabelSet:
        """The way back from `to_json`."""
        return cls(
            options=_checked(tuple(LabelOption(**one) for one in data["options"])),
            version=int(data.get("version", 1)),
            changes=tuple(Change(**one) for one in data.get("changes", ())),
            retired=tuple(data.get("retired", ())),
        )


def _option(name: object) -> LabelOption:
    if not isinstance(name, str):
        raise InputError(
            f"A label's name is a text; got {name!r} ({type(name).__name__}). Write it in quotes."
        )
    return LabelOption(name, name)


def _checked(options: tuple[LabelOption, ...]) -> tuple[LabelOption, ...]:
    if not options:
        raise InputError("A task needs at least one label; none was given.")
    seen: set[str] = set()
    keys: dict[str, str] = {}
    for option in options:
        if not option.name.strip():
            raise InputError("A label's name is blank; every label needs a name.")
        if len(option.name) > MAX_NAME:
            raise InputError(f"The label name {option.name[:40]!r}… is longer than {MAX_NAME} characters.")
        if option.name in seen:
            raise InputError(f"The label {option.name!r} is given twice.")
        seen.add(option.name)
        if option.key:
            _check_key(option, keys)
    return options


def _check_key(option: LabelOption, keys: dict[str, str]) -> None:
    if len(option.key) != 1 or option.key not in string.ascii_lowercase:
        raise InputError(f"The key of {option.name!r} is {option.key!r}; it must be one letter, a to z.")
    if option.key in keys:
        raise InputError(f"The key {option.key!r} is given to both {keys[option.key]!r} and {option.name!r}.")
    keys[option.key] = option.name
