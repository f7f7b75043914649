"""Who runs a function over parts: one after the other, or several threads. The answer is the same."""

from asklearn.engine.choice import executor
from asklearn.engine.serial import Serial
from asklearn.engine.threads import Threads

__all__ = ["Serial", "Threads", "executor"]
