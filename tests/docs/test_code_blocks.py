"""Every code block of the README and the docs runs, in order, page by page, beside a file of tickets."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tests.docs.blocks import Block, blocks
from tests.tickets import write
from typer.testing import CliRunner

from asklearn.app.cli import app

CHECKOUT = Path(__file__).resolve().parents[2]
PAGES = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").glob("*.md"))]
#: Pages that go on with the project that the quickstart has made.
GOES_ON = {"provenance.md"}
START = Block(
    "sh", "asklearn new tickets.csv --text body --id ticket_id --labels billing,bug,praise\n", 0, None
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_code_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write(tmp_path / "tickets.csv")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {"__name__": "__main__"}
    for block in [START] * (page.name in GOES_ON) + blocks(page):
        if block.why_not:
            continue
        if block.language == "python":
            code = compile("\n" * (block.line - 1) + block.code, str(page), "exec")
            exec(code, names)
        elif block.language in ("sh", "bash"):
            run_shell(block, page)


def run_shell(block: Block, page: Path) -> None:
    """A block of plain ``asklearn …`` lines runs in this process, which is quicker; others in bash."""
    lines = block.code.splitlines()
    if all(line.startswith("asklearn ") for line in lines) and not set(block.code) & set("|>&;$"):
        for words in map(shlex.split, lines):
            done = CliRunner().invoke(app, words[1:])
            assert done.exit_code == 0, f"{page.name}, line {block.line}: {shlex.join(words)}\n{done.output}"
        return
    bin_folder = str(Path(sys.executable).parent)
    env = {**os.environ, "PATH": bin_folder + os.pathsep + os.environ["PATH"]}
    line = ["bash", "-euo", "pipefail", "-c", block.code]
    shown = subprocess.run(line, check=False, env=env, capture_output=True, text=True, timeout=300)
    assert shown.returncode == 0, f"{page.name}, line {block.line}:\n{shown.stdout}{shown.stderr}"


def test_what_is_not_run_says_why():
    skipped = [block for page in PAGES for block in blocks(page) if block.why_not]
    assert all(len(block.why_not or "") > 10 for block in skipped)
