"""Servers and workers as processes of their own, started as `asklearn serve` starts them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from tests.server.sites import Browser

from asklearn.app.server.gate import Gate, Visitor
from asklearn.app.server.secret import project_secret

ROOT = Path(__file__).parents[2]

SERVE = """
import json, sys
from asklearn.app.server import serve
from asklearn.core.errors import AsklearnError

def ready(served):
    print(json.dumps({"url": served.url, "link": served.link, "sentence": served.sentence}), flush=True)

try:
    serve(sys.argv[1], port=int(sys.argv[2]), worker=sys.argv[3] == "worker", open_browser=False, ready=ready)
except AsklearnError as error:
    print(error.sentence, file=sys.stderr)
    sys.exit(2)
"""


def launch(folder: Path, port: int = 0, *, worker: bool = False, **options: Any) -> subprocess.Popen[bytes]:
    """A server of the project; it prints a line of JSON when it answers."""
    command = [sys.executable, "-c", SERVE, str(folder), str(port), "worker" if worker else "alone"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    streams = {"stdout": subprocess.PIPE, **options}
    return subprocess.Popen(command, env=environment, cwd=ROOT, **streams)


def launch_worker(folder: Path, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    """A worker of its own, as `asklearn worker` is."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "asklearn.app.worker", str(folder), *arguments]
    return subprocess.Popen(command, env=environment, cwd=ROOT, **options)


@contextmanager
def serving(
    folder: Path, port: int = 0, *, worker: bool = False
) -> Iterator[tuple[subprocess.Popen[bytes], dict]]:
    """A server while the block runs, and what it said when it was ready."""
    process = launch(folder, port, worker=worker)
    try:
        yield process, said_by(process)
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(15)
        process.stdout.close()


def said_by(process: subprocess.Popen[bytes]) -> dict:
    line = process.stdout.readline()
    assert line, f"the server ended with {process.wait(10)} before it answered"
    return json.loads(line)


@contextmanager
def browsing(folder: Path, url: str, name: str = "ana") -> Iterator[Browser]:
    """A browser that was let in at some earlier start of the server."""
    gate = Gate(project_secret(folder))
    ticket = gate.ticket(Visitor(id=name, name=name))
    with httpx.Client(base_url=url, cookies={gate.cookie_name: ticket}, timeout=20) as client:
        yield Browser(client)


def until(what: Any, seconds: float = 20.0) -> Any:
    """Wait until something is true, and return it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not come true in time")


def children_of(pid: int) -> list[int]:
    """Processes started by that one (Linux)."""
    found = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for path in found for child in path.read_text().split()]


def is_alive(pid: int) -> bool:
    """Whether the process runs (one that waits to be reaped does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
