"""A pool in a folder: Parquet shards with sidecars, shared by processes."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from asklearn.core.errors import InputError, StorageError
from asklearn.core.files import storage_errors
from asklearn.core.records import Origin
from asklearn.pool import manifest as manifests
from asklearn.pool import sidecar as sidecars
from asklearn.pool.admission import Admission, Appended, OnChange
from asklearn.pool.erasure import erase_sidecar, erase_table, rows_of
from asklearn.pool.locking import writing
from asklearn.pool.manifest import Manifest, ShardEntry
from asklearn.pool.pool import Pool, Tables, checked_tables
from asklearn.pool.shard import SMALL_SHARD, FileShard, Shard
from asklearn.pool.shelf import Shelf
from asklearn.pool.sidecar import FORGOTTEN, Sidecar
from asklearn.pool.snapshot import Snapshot
from asklearn.pool.writer import ShardWriter, files_of, path_of, write_files

_MANIFEST = "pool.json"


class ShardedPool(Pool):
    """All items of a project in a folder; made when it is not there.

    Several processes may read while one writes. A change happens at the moment the manifest ``pool.json``
    is replaced: whoever is killed before leaves the old pool, after it the new one.

    Parameters
    ----------
    folder : path
    content : sequence of str, optional
        Fields that make an item's content; all when not given. Fixed by the first append.

    Raises
    ------
    InputError
        When the pool has items and another ``content``.
    StorageError, VersionMismatch
        When the folder cannot be used, or is a newer asklearn's.

    Examples
    --------
    >>> import tempfile
    >>> import pyarrow as pa
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pool = ShardedPool(folder, content=["text"])
    ...     added = pool.append(pa.table({"id": ["a", "b"], "text": ["hello", "thanks"]})).added
    ...     again = ShardedPool(folder).find(["b", "zzz"]).tolist()
    ...     pool.close()
    >>> added, again
    (2, [1, -1])
    """

    def __init__(self, folder: str | Path, content: Sequence[str] | None = None) -> None:
        self._folder = Path(folder)
        with storage_errors(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._stamp: tuple[int, int, int] | None = None
        self._manifest = Manifest(content=None if content is None else tuple(content))
        self._snapshot = Snapshot()
        self._sweep()
        self.refresh()
        if content is not None and self._manifest.content != tuple(content):
            raise InputError(
                f"The content of this pool's items is {self._say_content()}, which cannot become "
                f"{', '.join(content)} any more; make a new project for it."
            )

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return self._folder

    @property
    def content(self) -> tuple[str, ...] | None:
        """Fields that make an item's content."""
        return self._manifest.content

    def refresh(self) -> bool:
        """Notice what other processes changed; True when there was something. Every read does this."""
        stamp = self._read_stamp()
        if stamp == self._stamp:
            return False
        with self._lock:
            for attempt in range(20):
                stamp = self._read_stamp()
                if stamp == self._stamp:
                    return True
                found = manifests.load(self._folder / _MANIFEST)
                try:
                    self._move_to(found or replace(self._manifest, shards=()), stamp)
                except FileNotFoundError as error:
                    # a shard was replaced between reading the manifest and reading the shard
                    if attempt == 19 or stamp == self._read_stamp():
                        raise StorageError(
                            f"{error.filename or self._folder} is missing; put back its copy from a backup."
                        ) from error
            return True

    def append(
        self, tables: Tables, *, origin: Origin = "imported", on_change: OnChange = "error"
    ) -> Appended:
        """Add items; see `Pool.append`. Other writers wait until it is done."""
        with self._writing():
            before = len(self._snapshot)
            new, counts = self._write(tables, origin, on_change)
            if new is not None:
                self._commit(new)
            return self._counted(counts, before)

    def _write(
        self, tables: Tables, origin: Origin, on_change: OnChange
    ) -> tuple[Manifest | None, Mapping[str, int]]:
        """Write what is admitted as shards; returns the manifest that would make them part of the pool."""
        admission = Admission(self._snapshot, self.content, on_change)
        writer = ShardWriter(self._folder, self._manifest.serial, origin, admission)
        kept = self._adopt_last(writer, origin)
        try:
            for table in checked_tables(tables, self.content):
                for part, rows in admission.admit(table):
                    writer.add(part, rows)
            if not admission.rows:
                return None, admission.counts
            writer.flush()
        except BaseException:
            writer.discard()
            raise
        return self._manifest.with_shards((*kept, *writer.entries), writer.serial), admission.counts

    def forget(self, ids: Sequence[str]) -> NDArray[np.int64]:
        """Erase items; see `Pool.forget`. Their shards are written anew and the old files removed."""
        with self._writing():
            now = self._snapshot
            rows = rows_of(now, ids)
            old = self._manifest.shards
            new, serial = list(old), self._manifest.serial
            for place in np.unique(np.searchsorted(now.shelf.starts, rows, side="right") - 1):
                start, shard = int(now.shelf.starts[place]), now.shelf.shards[place]
                assert isinstance(shard, FileShard)
                inside = rows[(rows >= start) & (rows < start + shard.rows)] - start
                table = erase_table(shard.read(), inside)
                sidecar = erase_sidecar(now.sidecar[start : start + shard.rows], inside)
                new[place] = write_files(self._folder, serial, table, sidecar, old[place].origin)
                serial += 1
            if len(rows):
                self._commit(self._manifest.with_shards(tuple(new), serial))
            return rows

    def close(self) -> None:
        """Let go of open files; they are opened again when needed."""
        with self._lock:
            for shard in self._snapshot.shelf.shards:
                if isinstance(shard, FileShard):
                    shard.close()

    def _now(self) -> Snapshot:
        self.refresh()
        return self._snapshot

    def _origin(self, row: int) -> Origin:
        place = int(np.searchsorted(self._snapshot.shelf.starts, row, side="right")) - 1
        return self._manifest.shards[place].origin

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock, writing(self._folder):
            self.refresh()
            yield

    def _adopt_last(self, writer: ShardWriter, origin: Origin) -> tuple[ShardEntry, ...]:
        """Give a small last shard to the writer; returns the entries that stay."""
        shards = self._manifest.shards
        if not shards or shards[-1].rows >= SMALL_SHARD or shards[-1].origin != origin:
            return shards
        last = self._snapshot.shelf.shards[-1]
        assert isinstance(last, FileShard)
        writer.adopt(last, self._snapshot.sidecar[len(self._snapshot) - last.rows :])
        return shards[:-1]

    def _commit(self, new: Manifest) -> None:
        """Make the change happen, then remove the files that are no longer part of the pool."""
        old = self._manifest.shards
        try:
            manifests.save(self._folder / _MANIFEST, new)
        except BaseException:
            self._remove(set(new.shards) - set(old))
            raise
        self.refresh()
        self._remove(set(old) - set(new.shards))

    def _move_to(self, manifest: Manifest, stamp: tuple[int, int, int] | None) -> None:
        known = dict(zip(self._manifest.shards, self._snapshot.shelf.shards, strict=True))
        starts = dict(zip(self._manifest.shards, self._snapshot.shelf.starts, strict=False))
        shards: list[Shard] = []
        sidecar = np.empty(manifest.rows, dtype=sidecars.ROW)  # filled in place: half the memory of a list
        at = 0
        for entry in manifest.shards:
            shards.append(known.get(entry) or FileShard(path_of(self._folder, entry), entry.rows))
            if entry in starts:
                start = int(starts[entry])
                sidecar[at : at + entry.rows] = self._snapshot.sidecar[start : start + entry.rows]
            else:
                sidecar[at : at + entry.rows] = self._sidecar(entry, manifest)
            at += entry.rows
        snapshot = Snapshot(Shelf(shards), sidecar)
        _ = snapshot.shelf.types  # a missing shard must show now, not at some later read
        self._manifest, self._snapshot, self._stamp = manifest, snapshot, stamp

    def _sidecar(self, entry: ShardEntry, manifest: Manifest) -> Sidecar:
        """A shard's sidecar, rebuilt from its rows when it was lost."""
        path = files_of(self._folder, entry)[1]
        found = sidecars.read(path, entry.rows)
        if found is not None:
            return found
        table = FileShard(path_of(self._folder, entry), entry.rows).read()
        content = (
            [n for n in table.column_names if n != "id"] if manifest.content is None else manifest.content
        )
        rows = sidecars.build(table, content)
        erased = np.array([one == "" for one in table["id"].to_pylist()])
        rows["flags"][erased], rows["content"][erased] = FORGOTTEN, 0
        with contextlib.suppress(StorageError):
            sidecars.write(path, rows)
        return rows

    def _read_stamp(self) -> tuple[int, int, int] | None:
        try:
            found = (self._folder / _MANIFEST).stat()
        except FileNotFoundError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size

    def _sweep(self) -> None:
        """Remove what a killed writer left, unless a writer is at work."""
        with contextlib.suppress(StorageError), writing(self._folder, seconds=0):
            manifest = manifests.load(self._folder / _MANIFEST) or Manifest()
            named = {path.name for entry in manifest.shards for path in files_of(self._folder, entry)}
            for path in [*self._folder.glob("shard-*"), *self._folder.glob(".tmp-*")]:
                if path.name not in named:
                    path.unlink(missing_ok=True)

    def _remove(self, entries: set[ShardEntry]) -> None:
        for entry in entries:
            for path in files_of(self._folder, entry):
                path.unlink(missing_ok=True)

    def _say_content(self) -> str:
        return ", ".join(self.content) if self.content else "all their fields"
