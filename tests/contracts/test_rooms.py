"""Which room may import which: the table of the house, held by import-linter."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
ABOVE_LOOP = {
    "tasks", "engine", "formats", "pool", "models",
    "strategies", "stopping", "quality", "evaluation", "report",
}  # fmt: skip

#: Room to the rooms it may import besides core.
MAY_IMPORT: dict[str, set[str]] = {
    "core": set(),
    "tasks": set(),
    "engine": set(),
    "formats": {"tasks"},
    "pool": {"engine"},
    "models": {"tasks", "engine"},
    "strategies": set(),
    "stopping": set(),
    "quality": {"tasks"},
    "evaluation": {"tasks"},
    "report": {"evaluation", "quality", "stopping"},
    "loop": ABOVE_LOOP,
    "simulation": ABOVE_LOOP | {"loop"},
    "store": set(),
    "project": ABOVE_LOOP | {"loop", "store"},
    "connect": {"project", "formats", "tasks", "quality"},
    "datasets": {"project", "tasks"},
}


def rooms_here() -> set[str]:
    source = CHECKOUT / "src" / "asklearn"
    return {folder.name for folder in source.iterdir() if (folder / "__init__.py").exists()}


def contracts() -> dict[str, set[str]]:
    """Room to the rooms that its contract forbids."""
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    found = {}
    for contract in settings["tool"]["importlinter"]["contracts"]:
        if "the room" in contract["name"]:
            (source,) = contract["source_modules"]
            found[source.removeprefix("asklearn.")] = {
                one.removeprefix("asklearn.") for one in contract["forbidden_modules"]
            }
    return found


def test_every_room_of_the_source_is_in_the_table():
    assert rooms_here() <= {*MAY_IMPORT, "app", "testing"}


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_a_contract_forbids_a_room_everything_it_may_not_import(room):
    may = MAY_IMPORT[room] | {room, "core"}
    assert contracts()[room] == {*MAY_IMPORT, "app", "testing"} - may


def test_the_contracts_hold():
    tool = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    if tool is None:
        pytest.skip("import-linter is not installed; pip install --group lint brings it")
    run = subprocess.run([tool, "--no-cache"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
