"""Writes rows as shards that nobody sees until the manifest names them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa

from asklearn.core.files import replacing
from asklearn.core.records import Origin
from asklearn.pool import sidecar as sidecars
from asklearn.pool.admission import Admission
from asklearn.pool.manifest import ShardEntry
from asklearn.pool.shard import SHARD_BYTES, SHARD_ROWS, FileShard, TableShard, write_shard
from asklearn.pool.shelf import Shelf
from asklearn.pool.sidecar import Sidecar


class ShardWriter:
    """Collects admitted tables and writes them as shards of about `SHARD_ROWS` rows.

    Parameters
    ----------
    folder : Path
    serial : int
        Number of the first file name.
    origin : str
    admission : Admission
        Told which file now holds the tables that it admitted.
    """

    def __init__(self, folder: Path, serial: int, origin: Origin, admission: Admission) -> None:
        self._folder, self._origin, self._admission = folder, origin, admission
        self._first = self.serial = serial
        self.entries: list[ShardEntry] = []
        self._tables: list[pa.Table] = []
        self._sidecars: list[Sidecar] = []
        self._held_bytes = 0

    def adopt(self, shard: FileShard, rows: Sidecar) -> None:
        """Begin with the rows of the pool's last shard, which the first shard written replaces."""
        self._tables.append(shard.read())
        self._sidecars.append(rows)

    def add(self, table: pa.Table, rows: Sidecar) -> None:
        """Take an admitted table; writes a shard when enough have come."""
        self._tables.append(table)
        self._sidecars.append(rows)
        self._held_bytes += table.nbytes
        if sum(map(len, self._sidecars)) >= SHARD_ROWS or self._held_bytes >= SHARD_BYTES:
            self.flush()

    def flush(self) -> None:
        """Write what has come as one shard."""
        if not self._tables:
            return
        shelf = Shelf([TableShard(table) for table in self._tables])
        table = shelf.take(np.arange(shelf.rows), list(shelf.types))
        entry = write_files(self._folder, self.serial, table, np.concatenate(self._sidecars), self._origin)
        self.serial += 1
        self.entries.append(entry)
        self._admission.replace_tail(len(self._tables), FileShard(path_of(self._folder, entry), entry.rows))
        self._tables, self._sidecars, self._held_bytes = [], [], 0

    def discard(self) -> None:
        """Remove what was written: the append failed."""
        for serial in range(self._first, self.serial + 1):
            for path in files_of(self._folder, ShardEntry(name=name_of(serial), rows=0)):
                path.unlink(missing_ok=True)


def name_of(serial: int) -> str:
    """The name of the shard with that number."""
    return f"shard-{serial:05d}"


def path_of(folder: Path, entry: ShardEntry) -> Path:
    """The Parquet file of a shard."""
    return folder / f"{entry.name}.parquet"


def files_of(folder: Path, entry: ShardEntry) -> tuple[Path, Path]:
    """Both files of a shard."""
    return path_of(folder, entry), folder / f"{entry.name}.npy"


def write_files(folder: Path, serial: int, table: pa.Table, rows: Sidecar, origin: Origin) -> ShardEntry:
    """Write the files of one shard under a name of its own."""
    entry = ShardEntry(name=name_of(serial), rows=int(table.num_rows), origin=origin)
    parquet, side = files_of(folder, entry)
    with replacing(parquet) as temporary:
        write_shard(temporary, table)
    sidecars.write(side, rows)
    return entry
