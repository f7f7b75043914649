"""Server and worker killed at random under load: nothing acknowledged is lost, nothing is doubled."""

from __future__ import annotations

import random
import socket
import subprocess
import threading
import time
from pathlib import Path

import httpx
import pytest
from tests.durability.harness import KILLS, Account, Ledger, Victim, differences, kill_at_random
from tests.server.serving import browsing, launch, launch_worker
from tests.server.sites import Browser, answer_to, make_project

from asklearn.app.holding import is_held
from asklearn.core.ids import new_key
from asklearn.core.records import Answer
from asklearn.project import Project

ANNOTATORS = 3
ITEMS = 3_000
MINE = max(10, KILLS // 5)
"""Kills; each start of a server takes a second or two, so fewer than the store's test does."""


class Labeller:
    """Answers, corrects and takes back as a page does: what got no reply is sent again under its key."""

    def __init__(self, browser: Browser, ledger: Ledger, name: str, stop: threading.Event) -> None:
        self.browser, self.ledger, self.name, self.stop = browser, ledger, name, stop
        self.random = random.Random(name)
        self.held: list[set[str]] = []

    def run(self) -> None:
        while not self.stop.is_set():
            self.turn()

    def turn(self) -> None:
        queries = self.patiently("/api/claim", {"session": self.name, "n": 3})["queries"]
        if not queries:
            time.sleep(0.05)
        answers = [answer_to(query, self.random.choice(["bug", "praise"])) for query in queries]
        self.tell(answers)
        if answers and self.random.random() < 0.3:
            old = answers[-1]
            query = {"item": {"id": old["item"]}, "key": old["query"], "suggestion": None}
            self.tell([answer_to(query, "bug", supersedes=old["key"])])
        if answers and self.random.random() < 0.3:
            self.patiently("/api/undo", {"session": self.name, "key": answers[0]["key"]})

    def tell(self, answers: list[dict]) -> None:
        for one in answers:
            body = {"item": one["item"], "value": one["label"], "annotator": self.name}
            self.ledger.tried(one["key"], **body)
        for receipt in self.patiently("/api/answers", {"session": self.name, "answers": answers})["receipts"]:
            assert "seq" in receipt, receipt
            self.ledger.acknowledged(receipt["key"], receipt["seq"])

    def patiently(self, path: str, body: dict) -> dict:
        """Send until there is a reply; a killed server comes back."""
        while True:
            try:
                answer = self.browser.post(path, body)
            except httpx.TransportError:
                if self.stop.is_set():
                    raise
                time.sleep(0.05)
                continue
            if answer.status_code < 500:
                return answer.json()
            time.sleep(0.05)


def note_down(folder: Path, ledger: Ledger, stop: threading.Event) -> None:
    """A notebook that tells answers to the same project beside the server."""
    choice = random.Random(7)
    with Project.open(folder) as project:
        while not stop.wait(0.05):
            told = Answer(
                item=f"t/{choice.randrange(ITEMS)}", value=choice.choice(["Bug", "Praise"]), key=new_key()
            )
            value = told.value.lower()
            ledger.tried(told.key, item=told.item, value=value, annotator="notebook")
            [receipt] = project.tell([told], annotator="notebook")
            ledger.acknowledged(receipt.key, receipt.seq)
    ledger.close()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.mark.kill
def test_nothing_acknowledged_over_http_is_lost_or_doubled(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "messages", [f"message {n} of {n * n % 97}" for n in range(ITEMS)])
    port = free_port()
    victims = [
        Victim(
            lambda: launch(folder, port, stdout=subprocess.DEVNULL),
            lambda: sum(ledger.stat().st_size for ledger in tmp_path.glob("annotator-*.ledger")),
        ),
        Victim(lambda: launch_worker(folder), lambda: is_held(folder / "worker.lock")),
    ]
    stop, failures = threading.Event(), []

    def label(name: str) -> None:
        ledger = Ledger(tmp_path / f"{name}.ledger")
        with browsing(folder, f"http://127.0.0.1:{port}", name) as browser:
            try:
                Labeller(browser, ledger, name, stop).run()
            except httpx.TransportError:
                pass  # the end came while the server was down
            except Exception as error:  # noqa: BLE001 - told by the main thread
                failures.append(error)
        ledger.close()

    labellers = [threading.Thread(target=label, args=(f"annotator-{n}",)) for n in range(ANNOTATORS)]
    notes = Ledger(tmp_path / "notebook.ledger")
    labellers.append(threading.Thread(target=note_down, args=(folder, notes, stop)))
    for one in labellers:
        one.start()
    try:
        kill_at_random(victims, kills=MINE, seed=MINE, pause=(0.0, 2.0))
    finally:
        stop.set()
        for victim in victims:
            victim.kill()
        for one in labellers:
            one.join(20)
    assert failures == []
    account = Account.read(tmp_path.glob("*.ledger"))
    with Project.open(folder) as project:
        for one in project.store.annotations():
            if one.kind == "retract":  # the server mints its key
                account.tried[one.key] = {}
        assert differences(project.store, account) == []
        assert project.check() == []
    assert len(account.acknowledged) > 3 * MINE
    print(f"{MINE} kills, {len(account.acknowledged)} acknowledged of {len(account.tried)} tried")
