"""Every store keeps the same contract."""

from pathlib import Path
from tempfile import TemporaryDirectory

from asklearn.core.protocols import Store
from asklearn.store import MemoryStore, SqliteStore
from asklearn.testing.store import StoreContract, check_store


class TestMemory(StoreContract):
    def make(self, *, clock) -> Store:
        return MemoryStore(clock=clock)


class TestSqlite(StoreContract):
    def teardown_method(self) -> None:
        super().teardown_method()
        self.folder.cleanup()

    def make(self, *, clock) -> Store:
        self.folder = TemporaryDirectory()
        return SqliteStore(Path(self.folder.name) / "store.db", clock=clock)


def test_the_contract_runs_without_pytest():
    assert len(check_store(MemoryStore)) > 30
