"""What the kill tests share: a ledger of what was acknowledged, victims, and the comparison at the end.

A ledger outlives whoever writes it: one line for what is about to be told, one for its acknowledgement,
each a single ``write`` to an append-only file, which a ``kill -9`` cannot tear out again.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

from asklearn.core.protocols import Store
from asklearn.core.records import Annotation

#: How many kills a test does; ``ASKLEARN_KILLS=1000`` for a long night.
KILLS = int(os.environ.get("ASKLEARN_KILLS", "50"))


class Ledger:
    """Writes down answers before they are told, and when they are acknowledged.

    Usable from many threads: each line is one ``write`` in append mode.
    """

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def tried(self, key: str, **body: object) -> None:
        """``body`` says what the answer was: at least item and value."""
        self._write({"tried": key, "body": body})

    def acknowledged(self, key: str, seq: int) -> None:
        """The answer's receipt arrived."""
        self._write({"acknowledged": key, "seq": seq})

    def noted(self, seq: int, body: object) -> None:
        """An event of its own was acknowledged."""
        self._write({"noted": seq, "body": body})

    def _write(self, line: dict[str, object]) -> None:
        os.write(self._handle, (json.dumps(line) + "\n").encode())

    def close(self) -> None:
        os.close(self._handle)


@dataclass
class Account:
    """What ledgers say: answers tried (by key), acknowledged (key to seq), events noted (by seq)."""

    tried: dict[str, dict] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)
    noted: dict[int, object] = field(default_factory=dict)

    @classmethod
    def read(cls, paths: Iterable[Path]) -> Account:
        account = cls()
        for path in paths:
            for line in path.read_text().split("\n")[:-1]:  # what follows the last newline was cut off
                account._take(json.loads(line))
        return account

    def _take(self, line: dict) -> None:
        if "tried" in line:
            self.tried[line["tried"]] = line["body"]
        elif "noted" in line:
            self.noted[line["noted"]] = line["body"]
        else:
            self.acknowledged[line["acknowledged"]] = line["seq"]

    def pending(self) -> dict[str, dict]:
        """Tried and not acknowledged: to be told again with the same key."""
        return {key: body for key, body in self.tried.items() if key not in self.acknowledged}


def differences(store: Store, account: Account) -> list[str]:
    """One sentence for each way in which the store is not what was acknowledged; empty when all is well."""
    stored = store.annotations()
    by_key = {one.key: one for one in stored}
    wrong = [f"acknowledged answer {key} is lost" for key in account.acknowledged if key not in by_key]
    wrong += [f"answer {key} was never told" for key in by_key if key not in account.tried]
    wrong += [] if len(by_key) == len(stored) else ["an answer is stored twice"]
    wrong += [sentence for key, one in by_key.items() if (sentence := _altered(one, account))]
    events = store.events()
    if [event.seq for event in events] != list(range(1, len(events) + 1)):
        wrong.append("events have gaps")
    bodies = {event.seq: dict(event.body) for event in events if event.kind == "note"}
    wrong += [f"event {seq} is lost" for seq, body in account.noted.items() if bodies.get(seq) != body]
    return wrong + store.check()


def _altered(one: Annotation, account: Account) -> str | None:
    body = account.tried.get(one.key, {})
    if any(getattr(one, name) != value for name, value in body.items()):
        return f"answer {one.key} says something else than was told"
    if account.acknowledged.get(one.key, one.seq) != one.seq:
        return f"answer {one.key} was acknowledged as {account.acknowledged[one.key]} and stored as {one.seq}"
    return None


class Victim:
    """A process that is killed and started again.

    Parameters
    ----------
    launch : callable
        Starts the process, each time it is called.
    progress : callable, optional
        A number that grows as the process works, such as the size of its ledger.
    """

    def __init__(self, launch: Callable[[], Popen[bytes]], progress: Callable[[], int] = lambda: 0) -> None:
        self._launch, self._progress = launch, progress
        self._before = progress()
        self.process = launch()

    def kill(self) -> None:
        """``kill -9``, and wait until it is gone."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def restart(self) -> None:
        self._before = self._progress()
        self.process = self._launch()

    def wait_for_work(self, seconds: float = 20) -> None:
        """Wait until it has done something since it was launched, so that a busy machine kills as well."""
        until = time.monotonic() + seconds
        while self._progress() <= self._before and time.monotonic() < until and self.process.poll() is None:
            time.sleep(0.02)

    def check_alive(self) -> None:
        """A victim that died by itself is a failure of its own."""
        if self.process.poll() is not None:
            raise AssertionError(f"{self.process.args} ended by itself with {self.process.returncode}")


def kill_at_random(
    victims: Sequence[Victim], *, kills: int = KILLS, seed: int = 0, pause: tuple[float, float] = (0.0, 0.3)
) -> None:
    """Kill one victim after another at random moments, starting each again at once.

    One kill in five may meet a victim that is still starting.
    """
    choice = random.Random(seed)
    for _ in range(kills):
        victim = choice.choice(victims)
        if choice.random() < 0.8:
            victim.wait_for_work()
        time.sleep(choice.uniform(*pause))
        victim.check_alive()
        victim.kill()
        victim.restart()
