"""Every example runs as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.tickets import write

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def run(name: str, *args: str, cwd: Path, typed: str = "") -> str:
    line = [sys.executable, str(EXAMPLES / name), *args]
    done = subprocess.run(
        line, cwd=cwd, input=typed, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_page_of_your_own(tmp_path: Path):
    from asklearn.project import Project
    from asklearn.tasks import SingleLabel

    with Project.create(tmp_path / "tickets", task=SingleLabel(["billing", "bug", "praise"])) as project:
        project.add(write(tmp_path / "tickets.csv"), text="body", id="ticket_id")
    said = run("own_page.py", "tickets", cwd=tmp_path, typed="bug\npraise\n\nbugg\nbug\nbilling\nbug\n")
    assert "'bugg' is not a label of this task" in said
    assert "Model 1, trained on 5 labels." in said
    assert said.endswith("5 answers, 5 labels in all.\n")


def test_comparing_strategies(tmp_path: Path):
    said = run("compare_strategies.py", "20", "1", cwd=tmp_path)
    assert [line.split(":")[0].strip() for line in said.splitlines()] == ["random", "auto"]


def test_every_example_has_its_test():
    source = Path(__file__).read_text(encoding="utf-8")
    assert all(f'"{example.name}"' in source for example in EXAMPLES.glob("*.py"))
