"""One of several processes that write to a store until they are killed: ``writer.py FOLDER SLOT``.

Two threads answer, correct, take back, replace the queue, settle labels and note events, and now and then
the store is closed and opened again. What a killed predecessor had not seen acknowledged is told again first.
"""

from __future__ import annotations

import os
import random
import sys
import threading
from pathlib import Path

from tests.durability.harness import Account, Ledger

from asklearn.core.ids import new_key
from asklearn.core.protocols import Store
from asklearn.core.records import Annotation, Item, Label, Query
from asklearn.store import open_store


class Writer:
    def __init__(self, store: Store, ledger: Ledger, name: str) -> None:
        self.store, self.ledger, self.name = store, ledger, name
        self.random = random.Random(os.getpid() + threading.get_ident())
        self.mine: list[Annotation] = []

    def tell(self, **body: object) -> None:
        told = Annotation(key=new_key(), annotator=self.name, **body)
        self.ledger.tried(told.key, **body, annotator=self.name)
        self.retell(told)
        self.mine.append(told)

    def retell(self, told: Annotation) -> None:
        (receipt,) = self.store.tell([told])
        self.ledger.acknowledged(told.key, receipt.seq)

    def answer(self) -> None:
        for query in self.store.claim(self.name, self.name, 2, seconds=self.random.choice([0.01, 60])):
            kind = self.random.choice(["answer", "answer", "skip", "flag"])
            value = "yes" if kind == "answer" else None
            self.tell(item=query.id, query=query.key, kind=kind, value=value)

    def volunteer(self) -> None:
        self.tell(item=f"free {self.random.randrange(500)}", value=self.random.choice("ab"))

    def correct(self) -> None:
        old = self.random.choice(self.mine or [None])
        if old is not None and old.kind == "answer":
            self.tell(item=old.item, query=old.query, value="corrected", supersedes=old.key)

    def take_back(self) -> None:
        if self.mine and self.mine[-1].kind != "retract":
            old = self.mine[-1]
            self.tell(item=old.item, query=old.query, kind="retract", supersedes=old.key)

    def fill(self) -> None:
        items = [Item(id=new_key(), fields={"text": new_key() * 8}, row=rank) for rank in range(20)]
        purpose = self.random.choice(["train", "slice"])
        queries = [Query(key=new_key(), item=item, rank=item.row, purpose=purpose) for item in items]
        self.store.enqueue(queries, replace=self.random.random() < 0.5)

    def settle(self) -> None:
        if self.mine:
            self.store.put_labels([Label(item=self.mine[-1].item, value="yes")])

    def note(self) -> None:
        body = {"by": self.name, "n": self.random.random()}
        self.ledger.noted(self.store.append("note", body=body), body)

    def work(self, turns: int) -> None:
        acts = [self.answer, self.answer, self.volunteer, self.correct, self.take_back]
        acts += [self.fill, self.settle, self.note]
        for _ in range(turns):
            self.random.choice(acts)()


def main(folder: Path, slot: str) -> None:
    log = folder / f"{slot}.ledger"
    ledger = Ledger(log)
    pending = Account.read([log]).pending()
    while True:
        store = open_store(folder)
        again = Writer(store, ledger, slot)
        for key, body in pending.items():
            again.retell(Annotation(key=key, **body))
        pending = {}
        threads = [
            threading.Thread(target=Writer(store, ledger, f"{slot}.{n}").work, args=(60,)) for n in range(2)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        store.close()


if __name__ == "__main__":
    threading.excepthook = lambda failure: (sys.__excepthook__(*failure[:3]), os._exit(3))
    main(Path(sys.argv[1]), sys.argv[2])
