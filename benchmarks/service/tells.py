"""Tells per second: 1, 4 and 20 writers, as threads and as processes, beside what one bare fsync costs.

    python benchmarks/service/tells.py [--folder DIR] [--seconds 3] [--json FILE]

Each tell is one answer with its item, durable when it returns. The bare fsync is a write of 4 kB and an
``fdatasync`` on the same disk, measured just before and just after each row, since disks that others use
change from minute to minute: compare a row with its own fsync only.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sqlite3
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from asklearn.core.ids import new_key
from asklearn.core.records import Annotation, Item
from asklearn.store import SqliteStore

SETTINGS = [("threads", 1), ("threads", 4), ("threads", 20), ("processes", 4), ("processes", 20)]


@dataclass(frozen=True)
class Row:
    """One line of the table; times in milliseconds."""

    writers: int
    kind: str
    tells_per_second: float
    p50: float
    p99: float
    worst: float
    fsync_p50: float
    fsync_p99: float


def fsyncs(folder: Path, n: int = 200) -> list[float]:
    """Milliseconds of n appends of 4 kB, each made durable."""
    handle = os.open(folder / "fsync.bin", os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    sync = getattr(os, "fdatasync", os.fsync)
    times = []
    for _ in range(n):
        start = time.perf_counter()
        os.write(handle, b"x" * 4096)
        sync(handle)
        times.append((time.perf_counter() - start) * 1e3)
    os.close(handle)
    return times


def write(store: SqliteStore, name: str, seconds: float) -> list[float]:
    """Milliseconds of each tell until the time is up."""
    times, end = [], time.perf_counter() + seconds
    while (start := time.perf_counter()) < end:
        item = Item(id=new_key(), fields={"text": "Where is my refund? " * 8}, row=len(times))
        told = Annotation(key=new_key(), item=item.id, annotator=name, value="billing", seconds=3.2)
        store.tell([told], items={item.id: item})
        times.append((time.perf_counter() - start) * 1e3)
    return times


def by_threads(path: Path, n: int, seconds: float) -> list[float]:
    """All times of n threads that share one store."""
    found: list[float] = []
    with SqliteStore(path) as store:
        threads = [
            threading.Thread(target=lambda k=k: found.extend(write(store, f"writer {k}", seconds)))
            for k in range(n)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return found


def _process(path: Path, name: str, seconds: float, start, results) -> None:
    with SqliteStore(path) as store:
        start.wait()
        results.put(write(store, name, seconds))


def by_processes(path: Path, n: int, seconds: float) -> list[float]:
    """All times of n processes, each with a store of its own on the same file."""
    spawn = multiprocessing.get_context("spawn")
    start, results = spawn.Barrier(n), spawn.Queue()
    processes = [
        spawn.Process(target=_process, args=(path, f"writer {k}", seconds, start, results)) for k in range(n)
    ]
    for process in processes:
        process.start()
    found = [one for _ in processes for one in results.get()]
    for process in processes:
        process.join()
    return found


def measure(folder: Path, kind: str, n: int, seconds: float) -> Row:
    """One row of the table, on a new store; raises when the store is not whole afterwards."""
    path = folder / f"{kind}-{n}.db"
    bare = fsyncs(folder)
    times = (by_threads if kind == "threads" else by_processes)(path, n, seconds)
    bare += fsyncs(folder)
    with SqliteStore(path) as store:
        assert store.check() == []
        assert store.last_event() == len(times)
    p50, p99 = np.percentile(times, [50, 99])
    fsync_p50, fsync_p99 = np.percentile(bare, [50, 99])
    rate = len(times) / seconds
    return Row(n, kind, rate, float(p50), float(p99), max(times), float(fsync_p50), float(fsync_p99))


def table(rows: list[Row]) -> str:
    """The rows as Markdown."""
    lines = [
        "| writers | tells/s | p50 ms | p99 ms | worst ms | one bare fsync, p50 ms | p99 ms |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for row in rows:
        name = f"{row.writers} {row.kind if row.writers > 1 else row.kind[:-1]}"
        times = (row.p50, row.p99, row.worst, row.fsync_p50, row.fsync_p99)
        figures = " | ".join(f"{value:.2f}" for value in times)
        lines.append(f"| {name} | {row.tells_per_second:,.0f} | {figures} |")
    return "\n".join(lines)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--folder", type=Path, help="where to write; a disk like the one projects lie on")
    options.add_argument("--seconds", type=float, default=3.0, help="per row")
    options.add_argument("--json", type=Path, help="also write the figures here")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        rows = [measure(Path(folder), kind, n, given.seconds) for kind, n in SETTINGS]
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores{load}; {given.seconds:g} s a row\n")
    print(table(rows))
    if given.json:
        given.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")


if __name__ == "__main__":
    main()
