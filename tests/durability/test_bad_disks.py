"""A full disk, a folder that cannot be written: one sentence each, and the data stays whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from tests.durability.harness import Account, Ledger, differences

from asklearn.core.errors import StorageError
from asklearn.store import open_store
from asklearn.testing.store.world import answer, queue

ROOT = Path(__file__).parents[2]


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 6 MB; needs the right to mount."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root; the limit on file sizes is tested instead")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def fill(store, ledger: Ledger) -> str:
    """Tell until the disk is full; returns the sentence."""
    for n in range(10_000):
        told = answer(f"item {n}", comment="x" * 300)
        ledger.tried(told.key, item=told.item, value="a")
        try:
            (receipt,) = store.tell([told])
        except StorageError as error:
            return error.sentence
        ledger.acknowledged(told.key, receipt.seq)
    raise AssertionError("the disk never got full")


def test_a_full_disk_is_said_and_nothing_acknowledged_is_lost(small_disk, tmp_path):
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 200_000)
    ledger = Ledger(tmp_path / "ledger")
    with open_store(small_disk) as store:
        sentence = fill(store, ledger)
        assert sentence.startswith("The disk is full: nothing was written"), sentence
        assert store.counts()["annotations"] > 50
        ballast.unlink()
        store.tell([answer("after")])
        ledger.tried(store.annotations()[-1].key, item="after")
    with open_store(small_disk) as store:
        assert differences(store, Account.read([tmp_path / "ledger"])) == []


LIMITED = """
import resource, sys
from pathlib import Path
from asklearn.store import open_store
from tests.durability.harness import Ledger
from tests.durability.test_bad_disks import fill
with open_store(sys.argv[1]) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, 4_000_000))
    print(fill(store, Ledger(Path(sys.argv[1]) / "ledger")))
"""


def run(script: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_write_that_fails_half_way_is_said_and_undone(tmp_path):
    assert "nothing was written" in run(LIMITED, tmp_path)
    account = Account.read([tmp_path / "ledger"])
    assert len(account.acknowledged) > 50
    with open_store(tmp_path) as store:
        assert differences(store, account) == []


READ_ONLY = """
import os, sys, tempfile
from asklearn.core.errors import StorageError
from asklearn.store import open_store
with tempfile.TemporaryDirectory() as folder:
    open_store(folder).close()  # imports what it needs while it may read the checkout
if os.geteuid() == 0:
    os.setuid(65534)
try:
    open_store(sys.argv[1])
except StorageError as error:
    print(error)
"""


@pytest.mark.parametrize("existing", [True, False])
def test_a_read_only_folder_is_said(existing):
    folder = Path(tempfile.mkdtemp())  # not tmp_path, which others than its owner cannot enter
    try:
        if existing:
            with open_store(folder) as store:
                store.enqueue(queue("a"))
        folder.chmod(0o555)
        for file in folder.iterdir():
            file.chmod(0o444)
        sentence = run(READ_ONLY, folder)
        assert "read-only" in sentence
        assert len(sentence.splitlines()) == 1
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)
