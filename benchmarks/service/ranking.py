"""Import, first question, encoding and re-ranking of a pool, with its memory.

    python benchmarks/service/ranking.py                    # 10,000 short texts
    python benchmarks/service/ranking.py --items 1000000 --folder big    # about 20 minutes on 2 cores

The folder is kept, so that ``latency.py --project big/project`` can go on with it.

One process does what a project does: it reads a CSV, asks the first question (the label names rank a sample),
encodes the pool, learns from 200 answers, and ranks all items with the new model. Prints one JSON object;
times in seconds, memory in MiB.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from asklearn import Project, SingleLabel

KINDS = {
    "billing": ["invoice", "paid", "twice", "refund", "card", "charge", "fee"],
    "bug": ["crash", "error", "freeze", "broken", "screen", "button", "login"],
    "praise": ["love", "great", "thanks", "wonderful", "nice", "perfect", "happy"],
    "question": ["how", "where", "when", "which", "explain", "help", "wonder"],
    "shipping": ["parcel", "late", "lost", "courier", "address", "delivery", "box"],
    "account": ["password", "email", "change", "delete", "profile", "settings", "name"],
}
COMMON = [
    "the",
    "a",
    "my",
    "your",
    "it",
    "is",
    "was",
    "and",
    "to",
    "of",
    "in",
    "on",
    "please",
    "again",
    "today",
    "still",
    "after",
    "before",
]


def write_csv(path: Path, items: int) -> list[str]:
    """Short texts of six kinds, each different; returns the kind of each."""
    draw = np.random.default_rng(0)
    names = list(KINDS)
    kinds = draw.integers(0, len(names), items)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "body"])
        for number, kind in enumerate(kinds):
            own = draw.choice(KINDS[names[kind]], size=2)
            common = draw.choice(COMMON, size=draw.integers(4, 12))
            words = draw.permutation(np.concatenate([own, common]))
            writer.writerow([f"T{number:08d}", f"{' '.join(words)} {number}"])
    return [names[kind] for kind in kinds]


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What the work returns, and its seconds."""
    start = time.perf_counter()
    result = work()
    return result, round(time.perf_counter() - start, 3)


def peak() -> int:
    """Most memory this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure(items: int, folder: Path) -> dict[str, Any]:
    """Do it all once."""
    truth = write_csv(folder / "items.csv", items)
    project = Project.create(folder / "project", task=SingleLabel(list(KINDS)))
    _, imported = timed(lambda: project.add(folder / "items.csv", text="body", id="id"))
    found: dict[str, Any] = {"items": items, "import_s": imported, "rss_after_import_mib": peak()}
    _, found["first_question_s"] = timed(lambda: project.ask(1))
    _, encoding = timed(project.encode)
    found |= {"encode_s": encoding, "texts_per_s": round(items / encoding), "rss_after_encoding_mib": peak()}
    batch = project.ask(200)
    project.tell(batch.answers({query.id: truth[query.item.row] for query in batch}))
    _, found["learn_s"] = timed(project.learn)
    for name in ("rank_s", "rank_again_s"):
        _, found[name] = timed(project.refresh)
    found["rank_us_per_row"] = round(1e6 * found["rank_again_s"] / items, 2)
    _, found["next_batch_s"] = timed(lambda: project.claim(5, annotator="ana", session="one"))
    return found | {"peak_rss_mib": peak()}


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, help="a new folder to keep; a temporary one when not given")
    options = parser.parse_args()
    if options.folder is not None:
        options.folder.mkdir(parents=True)
        print(json.dumps(measure(options.items, options.folder), indent=1))
        return
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(options.items, Path(folder)), indent=1))


if __name__ == "__main__":
    main()
