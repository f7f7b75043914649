"""What the worker does, again and again: learn when due, rank when stale, encode in between."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from asklearn.app.worker.backoff import Backoff
from asklearn.app.worker.lifeline import Lifeline
from asklearn.core.clock import now
from asklearn.core.errors import AsklearnError, Conflict, NotReady
from asklearn.project import Project

log = logging.getLogger("asklearn.worker")

LOOK_SECONDS = 0.25
RARELY_SECONDS = 5.0
LOW = 50
"""With fewer queries waiting than this, more are ranked."""


class Worker:
    """Works for one project.

    Parameters
    ----------
    project : Project
    line : Lifeline
        Says when to end.
    """

    def __init__(self, project: Project, line: Lifeline) -> None:
        self.project, self.line = project, line
        self._backoffs: dict[str, Backoff] = {}
        self._not_before: dict[str, float] = {}
        self._all_queued = 0
        self._encoded = 0
        self._compares = True

    def until_ended(self) -> None:
        """Work until the end is asked for."""
        while not self.line.ended():
            seen = self.project.store.last_event()
            if not self.turn():
                self._rest(seen)

    def until_done(self) -> None:
        """Work until nothing is due."""
        while not self.line.ended() and self.turn():
            pass

    def rank_first(self) -> None:
        """Rank now when nothing is queued yet."""
        if self._queued() == 0:
            self._attempt("Ranking", self._rank)

    def turn(self) -> bool:
        """Do the one thing that is most urgent; False when there is nothing, or it went wrong."""
        steps = (
            ("Learning", self._learn),
            ("Ranking", self._rank),
            ("Reading the pool", self._encode),
            ("The comparison with random labels", self._compare),
        )
        return any(self._attempt(name, step) for name, step in steps)

    def _attempt(self, name: str, step: Callable[[], bool]) -> bool:
        """Whether the step had something to do and did it; one that fails waits, and the others go on."""
        if time.monotonic() < self._not_before.get(name, 0.0):
            return False
        try:
            done = step()
        except (Conflict, NotReady) as passing:
            log.info("%s", passing)
            return False
        except Exception as error:  # noqa: BLE001 - whatever a learner does, the old queue goes on
            if not self.line.ended():
                self._failed(name, error)
            return False
        if done:
            self._backoffs.pop(name, None)
        return done

    def _rest(self, seen: int) -> None:
        """Sleep until something happens; look anyway now and then."""
        until = time.monotonic() + RARELY_SECONDS
        while not self.line.ended() and time.monotonic() < until:
            self.line.sleep(LOOK_SECONDS)
            if self.project.store.last_event() != seen:
                return

    def _learn(self) -> bool:
        # somebody may learn from a notebook or the terminal: their model serves here too
        if not self.project.is_due() or self.project.store.holder("learn") is not None:
            return False
        self._say("learning", "The model is learning from the newest answers.")
        done = self.project.learn()
        self._refresh()
        self._compares = True
        self._say("idle", f"Model {done.number} has learned from {done.labels:,} labels.")
        return True

    def _rank(self) -> bool:
        items = len(self.project.pool)
        if items and self.project.is_stale():
            self._refresh()
            return not self.project.is_stale()
        if items == self._all_queued or self._queued() >= LOW:
            return False
        self._refresh()
        return True

    def _refresh(self) -> None:
        items = len(self.project.pool)
        self.project.refresh(stop=self.line.ended)
        # a queue that stays short holds all there is: ranking it again brings nothing
        self._all_queued = items if self._queued() < LOW else -1

    def _queued(self) -> int:
        return self.project.store.counts()["queued"]

    def _encode(self) -> bool:
        items = len(self.project.pool)
        if items == self._encoded:
            return False
        stop = _Interruption(self.project, self.line)
        self.project.encode(progress=self._encoding, stop=stop)
        if not stop.came:
            self._encoded = items
        # a ranking passes over what is not encoded yet: where it left the queue short, rank again
        self._all_queued = -1
        return True

    def _encoding(self, done: int, of: int) -> None:
        self.project.store.put("encoding", {"done": done, "of": of})

    def _compare(self) -> bool:
        if not self._compares:
            return False
        self._compares = False
        return self.project.compare_with_random() is not None

    def _failed(self, name: str, error: Exception) -> None:
        pause = self._backoffs.setdefault(name, Backoff(first=2.0, longest=300.0)).next()
        self._not_before[name] = time.monotonic() + pause
        if isinstance(error, AsklearnError):
            said = error.sentence
        else:
            log.error("%s failed", name, exc_info=error)
            said = f"{type(error).__name__}: {error}"
        self._say(
            "failed",
            f"{name} failed, and is tried again in {pause:.0f} s; labelling goes on meanwhile. ({said})",
        )

    def _say(self, state: str, sentence: str) -> None:
        body: dict[str, Any] = {"state": state, "sentence": sentence}
        self.project.store.put("learning", {**body, "at": now()})
        self.project.store.append("learning", body=body)


class _Interruption:
    """Stops long encoding when the end comes or a model is due; looks once a second at most."""

    def __init__(self, project: Project, line: Lifeline) -> None:
        self._project, self._line = project, line
        self._looked = time.monotonic()
        self._seen = project.store.last_event()
        self.came = False

    def __call__(self) -> bool:
        if self._line.ended():
            self.came = True
        elif not self.came and time.monotonic() - self._looked > 1.0:
            self._looked = time.monotonic()
            seen, self._seen = self._seen, self._project.store.last_event()
            self.came = seen != self._seen and self._project.is_due()
        return self.came
