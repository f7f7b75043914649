"""asklearn: active learning that makes labelling cheap.

``Project`` is the one object most users touch; ``pick`` chooses from plain arrays.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asklearn.core.errors import AsklearnError, InputError
    from asklearn.core.records import Item, Query, Verdict
    from asklearn.project import Project
    from asklearn.strategies import pick
    from asklearn.tasks import LabelOption, SingleLabel

__version__ = "0.1.0.dev0"

_HOMES = {
    "AsklearnError": "asklearn.core.errors",
    "InputError": "asklearn.core.errors",
    "Item": "asklearn.core.records",
    "LabelOption": "asklearn.tasks",
    "Project": "asklearn.project",
    "Query": "asklearn.core.records",
    "SingleLabel": "asklearn.tasks",
    "Verdict": "asklearn.core.records",
    "pick": "asklearn.strategies",
}

__all__ = [
    "AsklearnError",
    "InputError",
    "Item",
    "LabelOption",
    "Project",
    "Query",
    "SingleLabel",
    "Verdict",
    "__version__",
    "pick",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'asklearn' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
