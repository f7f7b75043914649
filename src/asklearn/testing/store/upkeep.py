# ruff: noqa: D102 — the names of the checks are their sentences
"""Labels, rounds, leases, events, memory, forgetting."""

from __future__ import annotations

from asklearn.core.errors import Conflict
from asklearn.core.records import Label, Observation, Round
from asklearn.testing.store.world import Check, answer, queue, refused


class UpkeepChecks(Check):
    """What a store owes to the loop."""

    def test_labels_are_settled_changed_and_removed(self) -> None:
        self.store.tell([answer("a"), answer("b")])
        self.store.put_labels([Label(item="b", value="x", since=1), Label(item="a", value="y", since=1)])
        self.store.put_labels(
            [Label(item="b", value="z", confidence=0.5, state="disputed", since=2)], removed=["a"]
        )
        assert self.store.labels() == [Label(item="b", value="z", confidence=0.5, state="disputed", since=2)]
        assert self.store.counts()["labels"] == 1

    def test_rounds_are_appended_once(self) -> None:
        first = Round(
            number=1,
            labels=20,
            strategy="margin",
            memory={"arm": [1, 2]},
            observations=(Observation(name="accuracy", value=0.8, low=0.7, high=0.9, n=20),),
            class_counts={"a": 12, "b": 8},
            manifest="abc",
        )
        self.store.commit_round(first)
        with refused(Conflict, "is there already"):
            self.store.commit_round(first)
        self.store.commit_round(Round(number=2, labels=40))
        assert self.store.rounds()[0] == first
        assert [dict(event.body) for event in self.store.events()] == [
            {"number": 1, "labels": 20},
            {"number": 2, "labels": 40},
        ]

    def test_a_named_lease_has_one_holder_until_it_ends(self) -> None:
        assert self.store.lease("learn", "one", seconds=60)
        assert not self.store.lease("learn", "two", seconds=60)
        assert self.store.holder("learn") == "one"
        self.clock.advance(50)
        assert self.store.lease("learn", "one", seconds=60)
        self.clock.advance(50)
        assert not self.store.lease("learn", "two", seconds=60)
        self.store.end_lease("learn", "two")
        assert self.store.holder("learn") == "one"
        self.store.end_lease("learn", "one")
        assert self.store.holder("learn") is None
        assert self.store.lease("learn", "two", seconds=60)
        self.clock.advance(61)
        assert self.store.holder("learn") is None
        assert self.store.lease("learn", "one", seconds=60)

    def test_events_are_numbered_without_gaps(self) -> None:
        assert self.store.last_event() == 0
        assert self.store.append("created", actor="ana", body={"name": "tickets"}) == 1
        assert self.store.append("note") == 2
        self.store.enqueue(queue("a"))
        assert (
            [event.seq for event in self.store.events()]
            == [1, 2, 3]
            == [*range(1, self.store.last_event() + 1)]
        )
        assert [event.kind for event in self.store.events(since=1, limit=1)] == ["note"]
        first = self.store.events()[0]
        assert (first.actor, dict(first.body), first.at > 0) == ("ana", {"name": "tickets"}, True)

    def test_values_are_remembered(self) -> None:
        assert self.store.get("x") is None
        self.store.put("x", {"a": [1, None, "é"]})
        self.store.put("x", {"a": [2]})
        assert self.store.get("x") == {"a": [2]}

    def test_known_items_are_asked_or_answered(self) -> None:
        self.store.enqueue(queue("a", "b"))
        self.store.tell([answer("c"), answer("d", None, kind="skip")])
        assert self.store.known_items() == {"a": 0, "b": 1, "c": -1, "d": -1}
        self.store.enqueue([], replace=True)
        assert set(self.store.known_items()) == {"c", "d"}

    def test_counts(self) -> None:
        self.store.enqueue(queue("a", "b", "c", "d"))
        a, b, _ = self.claim(3)
        self.store.tell([answer(a), answer(b, None, kind="skip"), answer("a", by="ben")])
        found = self.store.counts()
        wanted = {"queued": 1, "leased": 1, "answered": 1, "skipped": 1}
        wanted |= {"annotations": 3, "annotators": 2, "labels": 0, "flags": 0, "rounds": 0}
        assert {name: found[name] for name in wanted} == wanted

    def test_forgetting_leaves_a_tombstone_and_nothing_else(self) -> None:
        self.store.enqueue(queue("a", "b"))
        for one in self.claim(2):
            self.store.tell([answer(one, "secret", comment="secret")])
        self.store.put_labels([Label(item="a", value="secret")])
        before = self.store.last_event()
        assert self.store.forget(["a", "unknown"]) == 1
        assert (self.store.queries(item="a"), self.store.annotations(item="a")) == ([], [])
        assert self.store.labels() == []
        assert set(self.store.known_items()) == {"b"}
        events = self.store.events()
        assert [event.seq for event in events] == list(range(1, before + 2))
        assert not any("secret" in str(dict(event.body)) for event in events if event.subject == "a")
        assert (events[-1].kind, events[-1].subject) == ("forget", "a")
