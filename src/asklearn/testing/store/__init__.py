"""The store's contract, as checks that any store can run.

With pytest, subclass `StoreContract` and say how a store is made::

    class TestMyStore(StoreContract):
        def make(self, *, clock):
            return MyStore(clock=clock)

Without it, ``check_store(MyStore)`` runs the same checks.
"""

from __future__ import annotations

from asklearn.testing.store.answers import AnswerChecks
from asklearn.testing.store.queues import QueueChecks
from asklearn.testing.store.upkeep import UpkeepChecks
from asklearn.testing.store.world import MakeStore, ManualClock

__all__ = ["ManualClock", "StoreContract", "check_store"]


class StoreContract(QueueChecks, AnswerChecks, UpkeepChecks):
    """All checks of `asklearn.core.protocols.Store`."""


def check_store(make: MakeStore) -> list[str]:
    """Run the whole contract.

    Parameters
    ----------
    make : callable
        ``make(clock=clock)`` opens a new, empty store that takes its time (microseconds) from ``clock()``.

    Returns
    -------
    list of str
        Names of the checks that passed.

    Raises
    ------
    AssertionError
        From the first check that does not hold.
    """
    names = [name for name in dir(StoreContract) if name.startswith("test_")]
    for name in names:
        checks = StoreContract()
        checks.make = make
        checks.setup_method()
        getattr(checks, name)()
        checks.teardown_method()
    return names
