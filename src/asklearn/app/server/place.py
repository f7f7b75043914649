"""One server to a project: a lock file held while it runs, which says where it runs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from asklearn.app.holding import held
from asklearn.core.errors import Conflict

NAME = "server.lock"


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs: its process, its address, and the instance that its tokens name."""

    pid: int
    url: str
    instance: str


class AlreadyServed(Conflict):
    """Another process serves this project.

    Parameters
    ----------
    folder : Path
        The project's.
    running : Running or None
        What is known about the other; None while it starts.
    """

    def __init__(self, folder: Path, running: Running | None) -> None:
        who = (
            f"process {running.pid}, at {running.url}" if running else "another process that is just starting"
        )
        super().__init__(f"{folder} is being served already, by {who}; one server is enough for everyone.")
        self.running = running


class Place:
    """The right to serve a project, held; says where once that is known."""

    def __init__(self, file: int) -> None:
        self._file = file

    def announce(self, running: Running) -> None:
        """Write down where the server is, for whoever asks."""
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, json.dumps(asdict(running)).encode(), 0)


@contextmanager
def only_server(folder: Path) -> Iterator[Place]:
    """Hold the right to serve the project; the system gives it back even when the process is killed.

    Raises
    ------
    AlreadyServed
        When another process holds it.
    """
    with held(folder / NAME) as file:
        if file is None:
            raise AlreadyServed(folder, running_server(folder))
        yield Place(file)


def running_server(folder: Path) -> Running | None:
    """What the last server wrote down; it runs as long as the lock is held."""
    try:
        return Running(**json.loads((folder / NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
