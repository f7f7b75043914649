"""Records to JSON and back, checked by their types."""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Mapping
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

R = TypeVar("R")


def to_json(record: Any) -> Any:
    """Plain lists, dicts, texts and numbers; dataclasses become dicts, defaults included."""
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        return {f.name: to_json(getattr(record, f.name)) for f in dataclasses.fields(record)}
    if isinstance(record, Mapping):
        return {str(key): to_json(value) for key, value in record.items()}
    if isinstance(record, list | tuple | set | frozenset):
        return [to_json(one) for one in record]
    if hasattr(record, "item") and not isinstance(record, str | bytes):
        return record.item()
    return record


@lru_cache(maxsize=256)
def _hints(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(cast("type", kind))


def from_json(kind: type[R], data: Mapping[str, Any]) -> R:
    """A record from its dict; unknown keys are left out, so that newer writers can be read."""
    hints = _hints(cast("Hashable", kind))
    names = {f.name for f in dataclasses.fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: _revive(hints[name], value) for name, value in data.items() if name in names})


def _revive(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        inner = [one for one in get_args(hint) if one is not type(None)]
        return _revive(inner[0], value) if len(inner) == 1 else value
    if dataclasses.is_dataclass(hint) and isinstance(hint, type) and isinstance(value, Mapping):
        return from_json(hint, value)
    if origin is tuple and isinstance(value, list | tuple):
        inner_hint = get_args(hint)[0]
        return tuple(_revive(inner_hint, one) for one in value)
    return value
