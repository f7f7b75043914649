"""Every code block of the README and the docs runs, in order, page by page, beside a file of tickets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.docs.blocks import Block, blocks
from tests.tickets import write

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
    bin_folder = str(Path(sys.executable).parent)
    env = {**os.environ, "PATH": bin_folder + os.pathsep + os.environ["PATH"]}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block.code],
        check=False,
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, f"{page.name}, line {block.line}:\n{block.code}\n{done.stdout}{done.stderr}"


def test_what_is_not_run_says_why():
    skipped = [block for page in PAGES for block in blocks(page) if block.why_not]
    assert all(len(block.why_not or "") > 10 for block in skipped)
