"""Opening a store: what is refused, in one sentence, and what a second opening finds."""

from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest

from asklearn.core.errors import InputError, StorageError, VersionMismatch
from asklearn.store import MemoryStore, SqliteStore, open_store
from asklearn.testing.store.world import answer, query, queue


def test_a_folder_or_a_url_names_the_store(tmp_path):
    with open_store(tmp_path) as store:
        assert isinstance(store, SqliteStore)
        assert store.path == tmp_path / "store.db"
    with open_store(f"sqlite:///{tmp_path}/other.db") as store:
        assert store.path == tmp_path / "other.db"
    with open_store("memory:") as store:
        assert isinstance(store, MemoryStore)


@pytest.mark.parametrize("url", ["mysql://host/db", "sqlite://", "postgresql://host/db"])
def test_a_url_that_nobody_answers_to_is_refused(url):
    with pytest.raises(InputError, match="give a folder"):
        open_store(url)


def test_what_was_told_is_there_after_reopening(tmp_path):
    with open_store(tmp_path) as store:
        store.enqueue(queue("a", "b"))
        store.tell([answer("a")])
    with open_store(tmp_path) as store:
        assert [one.item for one in store.annotations()] == ["a"]
        assert store.known_items() == {"a": 0, "b": 1}
        assert store.check() == []
    assert not (tmp_path / "store.db-wal").exists()


def test_it_writes_as_durably_as_sqlite_can(tmp_path):
    with open_store(tmp_path) as store:

        def pragma(name):
            return store._database.read(lambda c: c.exec_driver_sql(f"PRAGMA {name}").scalar_one())

        assert (pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys")) == ("wal", 2, 1)


def test_a_closed_store_says_so(tmp_path):
    store = open_store(tmp_path)
    store.close()
    store.close()
    for use in (store.last_event, lambda: store.append("note")):
        with pytest.raises(StorageError, match="is closed"):
            use()
    memory = MemoryStore()
    memory.close()
    with pytest.raises(StorageError, match="is closed"):
        memory.last_event()


def test_a_newer_schema_is_refused(tmp_path):
    open_store(tmp_path).close()
    with sqlite3.connect(tmp_path / "store.db") as file:
        file.execute("PRAGMA user_version = 99")
    file.close()
    with pytest.raises(VersionMismatch, match=r"newer asklearn .*upgrade asklearn"):
        open_store(tmp_path)


def test_somebody_elses_database_is_refused_and_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / "store.db") as file:
        file.execute("CREATE TABLE theirs (a)")
    file.close()
    with pytest.raises(StorageError, match="something else"):
        open_store(tmp_path)


@pytest.mark.parametrize(
    "damage", [b"not a database, but long enough to look like one" * 100, b"SQLite format 3\0"]
)
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path, damage):
    (tmp_path / "store.db").write_bytes(damage)
    with pytest.raises(StorageError, match="damaged"):
        open_store(tmp_path)
    assert (tmp_path / "store.db").read_bytes() == damage


def test_damaged_pages_are_said(tmp_path):
    with open_store(tmp_path) as store:
        store.tell([answer(f"i{i}", comment="x" * 500) for i in range(500)])
    whole = (tmp_path / "store.db").read_bytes()
    middle = len(whole) // 2
    (tmp_path / "store.db").write_bytes(whole[:middle] + b"\xff" * 20_000 + whole[middle + 20_000 :])
    with open_store(tmp_path) as store:
        assert any("damaged" in sentence for sentence in _check(store))


def _check(store) -> list[str]:
    try:
        return store.check()
    except StorageError as error:
        return [error.sentence]


def test_any_folder_name_will_do(tmp_path):
    folder = tmp_path / "Müller & Söhne?#100%20; a=b"
    folder.mkdir()
    with open_store(folder) as store:
        store.append("note")
    assert (folder / "store.db").stat().st_size > 0
    assert [one.name for one in tmp_path.iterdir()] == [folder.name]


def test_what_is_forgotten_is_in_no_file(tmp_path):
    with open_store(tmp_path) as store:
        store.enqueue([query("a", fields={"text": "secret " * 3_000}), query("b")])
        for one in store.claim("ana", "s", 2, seconds=60):
            store.tell([answer(one, comment=f"secret about {one.id}")])
        before = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        store.forget(["a", "b"])
        after = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"secret" in before
    assert b"secret" not in after


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(StorageError, match="folder is missing"):
        open_store(tmp_path / "nowhere")


def test_a_child_of_fork_is_told_to_open_its_own(tmp_path):
    script = (
        "import os, sys\n"
        "from asklearn.store import open_store\n"
        "store = open_store(sys.argv[1])\n"
        "store.append('note')\n"
        "if os.fork() == 0:\n"
        "    for use in (store.last_event, lambda: store.append('note')):\n"
        "        try: use()\n"
        "        except Exception as error: print(error, flush=True)\n"
        "    sys.exit()\n"
        "os.wait()\n"
        "store.append('note'); print(store.last_event())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.count("before this process was forked") == 2
    assert done.stdout.splitlines()[-1] == "2"


def test_importing_asklearn_does_not_import_the_database():
    script = (
        "import asklearn, asklearn.store, sys; print('sqlalchemy' in sys.modules, 'alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_opening_does_not_import_alembic(tmp_path):
    script = (
        "from asklearn.store import open_store; import sys; open_store(sys.argv[1]);"
        "print('alembic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False"]
