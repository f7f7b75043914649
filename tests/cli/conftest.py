"""A project made by the command line, and the command line itself, in this process."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.tickets import write
from typer.testing import CliRunner

from asklearn.app.cli import app


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """stdout as one JSON document."""
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("status", "--json")`` in an empty folder, as typed there; ``input`` is what is piped in."""
    monkeypatch.chdir(tmp_path)

    def call(*args: str, input: str | None = None) -> Outcome:
        result = CliRunner().invoke(app, list(args), input=input)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Outcome(result.exit_code, result.stdout, result.stderr)

    return call


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with tickets.csv and the project made of it; copied for each test."""
    home = tmp_path_factory.mktemp("made")
    file = write(home / "tickets.csv")
    labels = "billing,bug,praise"
    args = ["new", str(file), "--text", "body", "--id", "ticket_id", "--labels", labels, "--home", str(home)]
    result = CliRunner().invoke(app, args)
    assert result.exit_code == 0, result.stderr
    return home


@pytest.fixture
def tickets(made: Path, tmp_path: Path, run: Run) -> Path:
    """The project's folder, in the current folder, beside tickets.csv."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "tickets"


@pytest.fixture(scope="session")
def taught_once(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same after twelve answers and one model."""
    home = tmp_path_factory.mktemp("taught")
    shutil.copytree(made, home, dirs_exist_ok=True)
    truth = ("billing", "bug", "praise")
    lines = "".join(
        json.dumps({"id": str(n), "label": truth[(n - 1) % 3], "seconds": 2.5}) + "\n" for n in range(1, 13)
    )
    told = CliRunner().invoke(app, ["tell", "-", "--annotator", "ana", "--home", str(home)], input=lines)
    assert told.exit_code == 0, told.stderr
    learned = CliRunner().invoke(app, ["learn", "--home", str(home)])
    assert learned.exit_code == 0, learned.stderr
    return home


@pytest.fixture
def taught(taught_once: Path, tmp_path: Path, run: Run) -> Path:
    """The taught project's folder, in the current folder."""
    shutil.copytree(taught_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "tickets"
