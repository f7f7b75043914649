"""Import of a large CSV into a pool: rows and bytes a second, and the memory it takes.

Run it on one core::

    taskset -c 0 python benchmarks/service/import_pool.py              # 1 million short texts
    taskset -c 0 python benchmarks/service/import_pool.py --bytes 2e9  # a CSV of 2 GB

It prints one JSON object: the import, the same file again (nothing is added), opening the pool, one row.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from asklearn.formats import read
from asklearn.pool import ShardedPool

WORDS = re.findall(
    r"\w+",
    "my order did not arrive yet please help card payment was declined twice today how do i change the "
    "address of account thank you for quick answer app crashes when opening settings on old phone refund "
    "still missing after two weeks love new design but search is slow cannot log in since update",
)


def texts(seed: int) -> Iterator[str]:
    """Endless short texts of 4 to 24 words, a few with a comma, a quote or a line break."""
    draw = random.Random(seed)
    parts = [" ".join(draw.choices(WORDS, k=draw.randint(2, 12))) for _ in range(5_000)]
    parts[:500] = [part.replace(" ", draw.choice([", ", ' "so" ', "\n", " é "]), 1) for part in parts[:500]]
    while True:
        yield f"{draw.choice(parts)} {draw.choice(parts)} {draw.randrange(10**6)}"


def write_csv(path: Path, rows: int, size: float) -> int:
    """Write rows until there are enough of them, or of bytes; returns how many."""
    import csv

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "body", "label"])
        for number, text in enumerate(texts(0)):
            if number >= rows if not size else number % 1000 == 0 and file.tell() >= size:
                return number
            writer.writerow([f"T{number:09d}", text, ""])
    return 0


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What the work returns, and its seconds."""
    start = time.perf_counter()
    found = work()
    return found, time.perf_counter() - start


def load(path: Path, folder: Path) -> Any:
    """Import the file into the pool of the folder."""
    reading = read(path, text="body", id="id", label="label")
    return ShardedPool(folder, content=["body"]).append(reading.items_of(table) for table in reading)


def measure(rows: int, size: float, work: Path, *, once: bool) -> dict[str, Any]:
    """Every figure of one file."""
    path, folder = work / "texts.csv", work / "pool"
    count = write_csv(path, rows, size)
    before = peak_mb()
    cpu = time.process_time()
    first, seconds = timed(lambda: load(path, folder))
    cpu = time.process_time() - cpu
    peak = peak_mb()
    again, seconds_again = (None, 0.0) if once else timed(lambda: load(path, folder))
    pool, opening = timed(lambda: ShardedPool(folder))
    _, askable = timed(pool.askable)
    rows_asked = np.random.default_rng(0).integers(0, len(pool), 200)
    _, single = timed(lambda: [pool.items([row]) for row in rows_asked])
    _, finding = timed(lambda: pool.find([f"T{row:09d}" for row in rows_asked]))
    stored = sum(file.stat().st_size for file in folder.iterdir())
    return {
        "rows": count,
        "csv_mb": round(path.stat().st_size / 1e6, 1),
        "pool_mb": round(stored / 1e6, 1),
        "added": first.added,
        "import_s": round(seconds, 2),
        "import_cpu_s": round(cpu, 2),
        "rows_per_s": round(count / seconds),
        "rows_per_cpu_s": round(count / cpu),
        "mb_per_s": round(path.stat().st_size / 1e6 / seconds, 1),
        "peak_rss_mb": peak,
        "rss_before_mb": before,
        "again_added": None if again is None else again.added,
        "again_s": round(seconds_again, 2),
        "open_s": round(opening, 3),
        "askable_s": round(askable, 3),
        "one_row_ms": round(single / len(rows_asked) * 1e3, 2),
        "find_200_ms": round(finding * 1e3, 1),
        "peak_rss_all_mb": peak_mb(),
    }


def peak_mb() -> int:
    """The most memory that this process has held so far, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    """Parse the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--bytes", type=float, default=0.0, help="size of the CSV, such as 2e9")
    parser.add_argument("--work", type=Path, default=None, help="folder for the files, which stay")
    parser.add_argument("--once", action="store_true", help="do not import the same file again")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.work or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        print(json.dumps(measure(asked.rows, asked.bytes, folder, once=asked.once), indent=1))


if __name__ == "__main__":
    main()
