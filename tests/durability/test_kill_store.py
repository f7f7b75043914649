"""An acknowledged answer survives ``kill -9`` at any moment, with several processes writing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.durability.harness import KILLS, Account, Victim, differences, kill_at_random

from asklearn.store import open_store

ROOT = Path(__file__).parents[2]
WRITERS = 3


def launch(folder: Path, slot: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.durability.writer", str(folder), slot],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
    )


def victim(folder: Path, slot: str) -> Victim:
    ledger = folder / f"{slot}.ledger"
    return Victim(lambda: launch(folder, slot), lambda: ledger.stat().st_size if ledger.exists() else 0)


@pytest.mark.kill
def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(tmp_path):
    slots = [f"writer-{n}" for n in range(WRITERS)]
    victims = [victim(tmp_path, slot) for slot in slots]
    try:
        kill_at_random(victims, kills=KILLS, seed=KILLS, pause=(0.0, 0.3))
    finally:
        for one in victims:
            one.kill()
    account = Account.read(tmp_path.glob("*.ledger"))
    with open_store(tmp_path) as store:
        assert differences(store, account) == []
    assert len(account.acknowledged) > 5 * KILLS, "the writers were killed before they wrote"
    print(f"{KILLS} kills, {len(account.acknowledged)} acknowledged of {len(account.tried)} tried")
