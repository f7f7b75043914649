"""pool.json: which files make the pool. What it does not name is not part of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from asklearn.core.errors import StorageError, VersionMismatch
from asklearn.core.files import storage_errors, write_whole
from asklearn.core.jsonable import from_json, to_json
from asklearn.core.records import Origin

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardEntry:
    """One shard: ``<name>.parquet`` and its sidecar ``<name>.npy``."""

    name: str
    rows: int
    origin: Origin = "imported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The pool's files.

    Attributes
    ----------
    content : tuple of str or None
        Fields that make an item's content; None for all.
    shards : tuple of ShardEntry
    serial : int
        Rises with every file name given, so that no name is used twice.
    """

    content: tuple[str, ...] | None = None
    shards: tuple[ShardEntry, ...] = ()
    serial: int = 0
    format: int = field(default=FORMAT)

    @property
    def rows(self) -> int:
        """Rows of all shards."""
        return sum(shard.rows for shard in self.shards)

    def with_shards(self, shards: tuple[ShardEntry, ...], serial: int) -> Manifest:
        """The manifest of other shards."""
        return replace(self, shards=shards, serial=serial)


def load(path: Path) -> Manifest | None:
    """The manifest, or None when there is none yet.

    Raises
    ------
    VersionMismatch, StorageError
        When a newer asklearn wrote it, or it is damaged.
    """
    try:
        with storage_errors(path, "read"):
            raw = path.read_bytes() if path.exists() else None
        if raw is None:
            return None
        data: Any = json.loads(raw)
        if data["format"] > FORMAT:
            raise VersionMismatch(
                f"{path.parent} was made by a newer asklearn; upgrade with pip install -U asklearn."
            )
        found = from_json(Manifest, data)
        return replace(found, shards=tuple(from_json(ShardEntry, one) for one in data["shards"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StorageError(f"{path} is damaged; put back its copy from a backup.") from error


def save(path: Path, manifest: Manifest) -> None:
    """Put the manifest in place of the old one: the moment at which a change of the pool happens."""
    write_whole(path, (json.dumps(to_json(manifest), indent=1, ensure_ascii=False) + "\n").encode())
