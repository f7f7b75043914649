"""Where annotations, queries, rounds and events live: SQLite in a folder, or memory, behind one contract.

`open_store` opens whichever fits a folder or URL. The contract is `asklearn.core.protocols.Store`;
`asklearn.testing.store` checks it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from asklearn.store.memory import MemoryStore
    from asklearn.store.opening import open_store
    from asklearn.store.sqlite import SqliteStore

__all__ = ["MemoryStore", "SqliteStore", "open_store"]

_HOMES = {
    "MemoryStore": "asklearn.store.memory",
    "SqliteStore": "asklearn.store.sqlite",
    "open_store": "asklearn.store.opening",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'asklearn.store' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
