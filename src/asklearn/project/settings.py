"""The settings file: commented, safe to edit, the truth; written by compare-and-swap."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from asklearn.core.errors import Conflict, InputError, SettingsError, StorageError
from asklearn.core.ids import hash64
from asklearn.project.edited_labels import check_ids, edited, read_option
from asklearn.stopping import Budget, Rule, Stable
from asklearn.stopping import from_json as rule_from_json
from asklearn.tasks import SingleLabel, task_from_json

FILE_NAME = "asklearn.toml"
DEFAULT_GOAL = 400


def default_rule(goal: int = DEFAULT_GOAL) -> Rule:
    """Stop when models no longer change their answers, or when the goal is reached."""
    return Stable(patience=3) | Budget(labels=goal)


@dataclass(frozen=True)
class Settings:
    """A project's settings.

    Attributes
    ----------
    text : tuple of str
        Fields that are shown first and learned from; empty for all fields.
    learner : str
        A name of the registry, an import path ``module:attribute``, or ``file:learner.skops``.
    strategy : mapping
        Configuration as `Strategy.to_json` gives it.
    slice_share : float
        Share of the questions drawn at random, 0 to 0.9.
    overlap : int
        Annotators wanted for each item.
    lease_seconds : float
        How long an item stays with the page that asked for it, unless renewed.
    suggestion : str
        ``"shown"`` or ``"hidden"``.
    trusted : tuple of str
        Types of the user's own that model files may hold.
    """

    name: str
    task: SingleLabel
    seed: int = 0
    text: tuple[str, ...] = ()
    learner: str = "auto"
    strategy: Mapping[str, Any] | str = "auto"
    rule: Rule = field(default_factory=default_rule)
    slice_share: float = 0.1
    overlap: int = 1
    lease_seconds: float = 600.0
    suggestion: Literal["shown", "hidden"] = "shown"
    trusted: tuple[str, ...] = ()
    stamp: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.slice_share <= 0.9:
            raise SettingsError(f"slice_share must be from 0 to 0.9, but is {self.slice_share}.")
        if self.overlap < 1:
            raise SettingsError(f"overlap must be at least 1, but is {self.overlap}.")
        if self.lease_seconds < 1:
            raise SettingsError(f"lease_seconds must be at least 1, but is {self.lease_seconds}.")
        if self.suggestion not in ("shown", "hidden"):
            raise SettingsError(f'suggestion must be "shown" or "hidden", but is {self.suggestion!r}.')

    @property
    def goal(self) -> int:
        """Labels aimed at: the smallest budget among the stopping rules, else 400."""
        return min(_budgets(self.rule), default=DEFAULT_GOAL)

    def having(self, **changes: Any) -> Settings:
        """These settings with some changed."""
        return replace(self, **changes)


def _budgets(rule: Rule) -> list[int]:
    if isinstance(rule, Budget):
        return [rule.labels]
    return [one for part in getattr(rule, "rules", ()) for one in _budgets(part)]


def read_settings(folder: Path, history: Mapping[str, Any] | None = None) -> Settings:
    """Settings of a project's folder.

    Parameters
    ----------
    history : mapping, optional
        The task as last known, with its history of changes; labels edited in the file since then become
        a new version of it.

    Raises
    ------
    SettingsError
        When the file is missing, no TOML, or holds a value that cannot be; names the line or the key.
    """
    path = folder / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SettingsError(f"{path} is missing: a project's folder has its settings file.") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path} is not UTF-8 text; save it as UTF-8.") from None
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.") from None
    return _settings_of(text, path, history)


def _settings_of(text: str, path: Path, history: Mapping[str, Any] | None) -> Settings:
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not valid TOML: {error}; mend that place and try again.") from None
    unknown = set(data) - {"name", "seed", "data", "task", "learning", "stopping", "labelling"}
    if unknown:
        raise SettingsError(f"{path}: there is no section or setting called {min(unknown)!r}.")
    try:
        return Settings(
            name=str(data.get("name", path.parent.name)),
            seed=_typed(data, "seed", int, 0),
            task=_task(data.get("task", {}), history),
            text=tuple(data.get("data", {}).get("text", ())),
            rule=rule_from_json(data["stopping"]) if data.get("stopping") else default_rule(),
            stamp=hash64(text),
            **_section(data.get("learning", {}), _LEARNING),
            **_section(data.get("labelling", {}), _LABELLING),
        )
    except InputError as error:
        raise SettingsError(f"{path}: {error}") from None


_LEARNING: dict[str, type | tuple[type, ...]] = {
    "learner": str,
    "strategy": (str, dict),
    "slice_share": (int, float),
    "trusted": list,
}
_LABELLING: dict[str, type | tuple[type, ...]] = {
    "overlap": int,
    "lease_seconds": (int, float),
    "suggestion": str,
}


_KINDS = {"str": "a text", "int": "a whole number", "float": "a number", "list": "a list", "dict": "a table"}


def _typed(data: Mapping[str, Any], name: str, kind: type | tuple[type, ...], default: Any) -> Any:
    value = data.get(name, default)
    if not isinstance(value, kind) or isinstance(value, bool):
        kinds = kind if isinstance(kind, tuple) else (kind,)
        wanted = " or ".join(_KINDS[one.__name__] for one in kinds)
        raise SettingsError(f"{name} must be {wanted}, but is {value!r}.")
    return tuple(value) if isinstance(value, list) else value


def _section(data: Mapping[str, Any], known: Mapping[str, type | tuple[type, ...]]) -> dict[str, Any]:
    from asklearn.core.errors import UnknownName

    for name in data:
        if name not in known:
            raise UnknownName("setting", name, known)
    return {name: _typed(data, name, known[name], None) for name in data}


def _task(data: Mapping[str, Any], history: Mapping[str, Any] | None) -> SingleLabel:
    if not data.get("labels"):
        raise SettingsError("the task has no labels; add at least one [[task.labels]] with a name.")
    kind = data.get("kind", "single-label")
    if history is not None and kind != history.get("kind", kind):
        raise SettingsError(f"the kind of the task is {history['kind']!r} and cannot become {kind!r}.")
    options = [read_option(one) for one in data["labels"]]
    guidelines = str(data.get("guidelines", ""))
    if history is None:
        check_ids(options)
        named = [replace(one, id=one.id or one.name) for one in options]
        plain = {"kind": kind, "guidelines": guidelines, "labels": {"options": list(map(asdict, named))}}
        return _single(task_from_json(plain))
    return edited(_single(task_from_json(history)), options, guidelines)


def _single(task: Any) -> SingleLabel:
    if not isinstance(task, SingleLabel):
        raise SettingsError(f"tasks of kind {task.kind!r} are not served yet.")
    return task


def write_settings(folder: Path, settings: Settings) -> Settings:
    """Write the file, keeping comments and order of what is there.

    Raises
    ------
    Conflict
        When the file changed since these settings were read.
    """
    from asklearn.project.settings_file import render

    path = folder / FILE_NAME
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if before and hash64(before) != settings.stamp:
        raise Conflict(f"{path} was changed meanwhile; read it again, then repeat the change.")
    text = render(before, settings)
    if text != before:
        _replace(path, text)
    return replace(settings, stamp=hash64(text))


def _replace(path: Path, text: str) -> None:
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".tmp-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError as error:
        raise StorageError(f"{path} could not be written: {error.strerror}.") from None
