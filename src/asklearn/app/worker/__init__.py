"""The worker: a process of low priority that encodes, trains and ranks, so that labelling never waits."""

from asklearn.app.worker.working import work

__all__ = ["work"]
