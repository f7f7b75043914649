"""How long a labeller waits for the next item and for an answer's receipt while the model retrains.

    python benchmarks/service/latency.py                    # 10,000 short texts
    python benchmarks/service/latency.py --project big/project    # the million of ranking.py

A real server and its worker run as processes of their own. One client labels at full speed over HTTP,
claiming and answering one item at a time, and asks for a new model as soon as the last one is there. Times
are taken at the client, so they contain HTTP; they are reported for requests that fell into a retrain and for
those that did not. A bare ``fsync`` of the same disk is timed in the same run: a claim and an answer each
wait for at least one.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx
import numpy as np

from asklearn.core.ids import new_key
from asklearn.project import Project
from asklearn.tasks import SingleLabel

LABELS = ["billing", "bug", "praise", "question", "shipping", "account"]
WORDS = [
    ["invoice", "paid", "twice", "refund", "card", "charge", "fee"],
    ["crash", "error", "freeze", "broken", "screen", "button", "login"],
    ["love", "great", "thanks", "wonderful", "nice", "perfect", "happy"],
    ["how", "where", "when", "which", "explain", "help", "wonder"],
    ["parcel", "late", "lost", "courier", "address", "delivery", "box"],
    ["password", "email", "change", "delete", "profile", "settings", "name"],
]
COMMON = ["the", "a", "my", "your", "it", "is", "was", "and", "to", "of", "in", "on", "please", "again"]

SERVE = """
import json, sys
from asklearn.app.server import serve
serve(sys.argv[1], port=0, open_browser=False,
      ready=lambda served: print(json.dumps({"url": served.url, "link": served.link}), flush=True))
"""


def texts(n: int, seed: int = 0) -> tuple[list[str], np.ndarray]:
    """Short texts of six kinds, each different."""
    random = np.random.default_rng(seed)
    kinds = random.integers(0, len(LABELS), n)
    lengths = random.integers(6, 16, n)
    made = []
    for number, (kind, length) in enumerate(zip(kinds, lengths, strict=True)):
        words = [
            WORDS[kind if random.random() < 0.8 else random.integers(len(LABELS))][random.integers(7)]
            if random.random() < 0.45
            else COMMON[random.integers(len(COMMON))]
            for _ in range(length)
        ]
        made.append(" ".join(words) + f" {number}")
    return made, kinds


@dataclass
class Times:
    """Milliseconds of requests, those during a retrain apart."""

    training: list[float] = field(default_factory=list)
    quiet: list[float] = field(default_factory=list)

    def row(self) -> dict[str, dict[str, float]]:
        return {name: _figures(getattr(self, name)) for name in ("training", "quiet")}


def _figures(times: list[float]) -> dict[str, float]:
    if not times:
        return {"n": 0}
    p50, p99 = np.percentile(times, [50, 99])
    return {"n": len(times), "p50": round(p50, 2), "p99": round(p99, 2), "max": round(max(times), 2)}


class Trainings:
    """Follows the event stream: whether the worker trains now, and which models came."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self.busy = False
        self.models: list[int] = []
        threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        with suppress(httpx.HTTPError), self._client.stream("GET", "/api/events", timeout=None) as stream:
            kind = ""
            for line in stream.iter_lines():
                name, _, value = line.partition(": ")
                if name == "event":
                    kind = value
                elif name == "data":
                    self._take(kind, json.loads(value)["body"])

    def _take(self, kind: str, body: dict) -> None:
        if kind == "learning":
            self.busy = body["state"] == "learning"
        elif kind == "round":
            self.models.append(body["number"])


def bare_fsync(folder: Path, n: int = 200) -> dict[str, float]:
    """One write of a page and its fsync, in milliseconds."""
    times = []
    with (folder / "fsync").open("wb", buffering=0) as file:
        for _ in range(n):
            began = time.perf_counter()
            file.write(b"x" * 4096)
            os.fsync(file.fileno())
            times.append((time.perf_counter() - began) * 1000)
    return _figures(times)


def label(client: httpx.Client, trainings: Trainings, truth: dict[str, str], retrains: int, seconds: float):
    """Label at full speed until so many retrains are through, or the time is up."""
    claims, answers = Times(), Times()
    end = time.monotonic() + seconds
    told = 0

    def timed(times: Times, path: str, body: dict) -> dict:
        began, busy = time.perf_counter(), trainings.busy
        answer = client.post(path, json=body)
        took = (time.perf_counter() - began) * 1000
        answer.raise_for_status()
        (times.training if busy or trainings.busy else times.quiet).append(took)
        return answer.json()

    while len(trainings.models) < retrains and time.monotonic() < end:
        queries = timed(claims, "/api/claim", {"session": "bench", "n": 1})["queries"]
        if not queries:
            time.sleep(0.05)
            continue
        [query] = queries
        answer = {
            "key": new_key(),
            "item": query["item"]["id"],
            "query": query["key"],
            "label": truth.get(query["item"]["id"]) or suggested(query),
            "seconds": 1.0,
            "answered_at": datetime.now(UTC).isoformat(),
        }
        timed(answers, "/api/answers", {"session": "bench", "answers": [answer]})
        told += 1
        if told % 20 == 0 and told >= 40 and not trainings.busy:
            client.post("/api/learn", json={})
    return claims, answers, told


def suggested(query: dict) -> str:
    """What an annotator who agrees with the model answers; the first label where nothing is suggested."""
    return query["suggestion"]["label"] if query["suggestion"] else "billing"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--project", type=Path, help="go on with a project that ranking.py made")
    parser.add_argument("--retrains", type=int, default=5)
    parser.add_argument("--learner", default="auto")
    parser.add_argument("--seconds", type=float, default=600, help="longest time of labelling")
    parser.add_argument("--json", type=Path, help="write the figures here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        figures = measure(Path(place), given)
    print(json.dumps(figures, indent=2))
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2) + "\n")


def create(folder: Path, given: argparse.Namespace) -> dict[str, str]:
    """Make the project; returns the truth of its items."""
    made, kinds = texts(given.items)
    ids = [f"m{number}" for number in range(given.items)]
    truth = {one: LABELS[kind] for one, kind in zip(ids, kinds, strict=True)}
    with Project.create(folder, task=SingleLabel(LABELS), learner=given.learner, text="text") as project:
        import pyarrow as pa

        project.add(pa.table({"id": ids, "text": made}), id="id", text="text")
    return truth


def measure(place: Path, given: argparse.Namespace) -> dict:
    folder = given.project or place / "messages"
    began = time.perf_counter()
    truth = {} if given.project else create(folder, given)
    imported = time.perf_counter() - began
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(folder)], stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        with httpx.Client(base_url=said["url"], timeout=60) as client:
            client.get(said["link"])
            client.post("/api/me", json={"name": "bench"})
            first = first_item(client)
            trainings = Trainings(client)
            claims, answers, told = label(client, trainings, truth, given.retrains, given.seconds)
    finally:
        process.terminate()
        process.wait(20)
    return {
        "items": given.project.name if given.project else given.items,
        "cores": os.cpu_count(),
        "learner": given.learner,
        "import_seconds": round(imported, 1),
        "first_item_seconds": round(first, 1),
        "models": len(trainings.models),
        "answers": told,
        "fsync_ms": bare_fsync(place),
        "claim_ms": claims.row(),
        "answer_ms": answers.row(),
    }


def first_item(client: httpx.Client) -> float:
    """Seconds from the server's first answer to the first item."""
    began = time.perf_counter()
    while not client.post("/api/claim", json={"session": "bench", "n": 1}).json()["queries"]:
        time.sleep(0.05)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
