# ruff: noqa: D102 — the names of the checks are their sentences
"""The queue: order, leases, overlap, what is left out."""

from __future__ import annotations

from asklearn.core.records import Draw, Item, Query, Reason, Suggestion
from asklearn.testing.store.world import Check, answer, ids, query, queue


class QueueChecks(Check):
    """What a store owes to whoever asks."""

    def test_a_query_comes_back_as_it_went_in(self) -> None:
        asked = Query(
            key="q1",
            item=Item(
                id="0 07", fields={"text": "Grüße \u2028 \0", "n": 1.5, "none": None}, revision=3, row=9
            ),
            purpose="slice",
            score=0.25,
            rank=4,
            reason=Reason(kind="margin", classes=(2, 0), figures={"p1": 0.5}),
            draw=Draw(q=0.1, pi=0.2),
            strategy="margin",
            model=3,
            round=3,
            suggestion=Suggestion(value="a", probability=0.5, probabilities={"a": 0.5}, model=3),
        )
        assert self.store.enqueue([asked]) == 1
        (back,) = self.store.queries(key="q1")
        assert back.item == asked.item
        for name in (
            "purpose",
            "score",
            "rank",
            "reason",
            "draw",
            "strategy",
            "model",
            "round",
            "suggestion",
        ):
            assert getattr(back, name) == getattr(asked, name), name
        assert (back.state, back.asked_at) == ("queued", 0)
        assert back.queued_at > 0

    def test_queries_are_found_by_several_items_or_keys(self) -> None:
        first, _, third = asked = queue("a", "b", "c")
        self.store.enqueue(asked)
        assert ids(self.store.queries(key=[third.key, first.key, "unknown"])) == ["a", "c"]
        assert ids(self.store.queries(item=["c", "b"], limit=1)) == ["b"]
        assert ids(self.store.queries(item="a", key=third.key)) == []

    def test_the_best_rank_is_served_first(self) -> None:
        self.store.enqueue([query("b", 2), query("a", 1), query("c", 3)])
        assert ids(self.claim(2)) == ["a", "b"]
        assert ids(self.claim(9, by="ben")) == ["c"]

    def test_a_claimed_query_says_who_has_it_until_when(self) -> None:
        self.store.enqueue(queue("a"))
        (one,) = self.claim(seconds=60)
        assert (one.state, one.leased_to) == ("leased", "ana")
        assert one.lease_until is not None
        assert 0 < one.lease_until - self.clock.at <= 60_000_000
        assert self.store.queries(item="a") == [one]

    def test_what_a_session_holds_comes_first_and_counts(self) -> None:
        self.store.enqueue(queue("a", "b", "c"))
        first = ids(self.claim(2))
        assert ids(self.claim(2)) == first
        assert ids(self.claim(3)) == ["a", "b", "c"]

    def test_two_tabs_of_one_annotator_never_get_the_same_item(self) -> None:
        self.store.enqueue(queue("a", "b"))
        assert ids(self.claim(1, session="one", overlap=2)) == ["a"]
        assert ids(self.claim(2, session="two", overlap=2)) == ["b"]

    def test_a_lease_that_ran_out_returns_to_the_queue(self) -> None:
        self.store.enqueue(queue("a"))
        self.claim(seconds=60)
        assert self.claim(by="ben") == []
        self.clock.advance(61)
        assert ids(self.claim(by="ben")) == ["a"]

    def test_a_session_prolongs_its_leases(self) -> None:
        self.store.enqueue(queue("a", "b"))
        self.claim(2, seconds=60)
        self.clock.advance(50)
        assert self.store.renew("session of ana", seconds=60) == 2
        self.clock.advance(50)
        assert self.claim(by="ben") == []
        assert self.store.renew("nobody", seconds=60) == 0

    def test_a_session_gives_its_leases_back(self) -> None:
        self.store.enqueue(queue("a", "b"))
        self.claim(2)
        assert self.store.release("session of ana") == 2
        assert self.store.counts()["leased"] == 0
        assert ids(self.claim(2, by="ben")) == ["a", "b"]

    def test_a_session_gives_named_leases_back_and_keeps_the_rest(self) -> None:
        self.store.enqueue(queue("a", "b", "c"))
        held = self.claim(3)
        assert self.store.release("session of ben", [held[0].key]) == 0
        assert self.store.release("session of ana", [held[1].key, held[2].key, "no such key"]) == 2
        assert self.store.release("session of ana", []) == 0
        assert ids(self.claim(3, by="ben")) == ["b", "c"]

    def test_what_an_older_ranking_chose_comes_back_behind_the_newer_one(self) -> None:
        self.store.enqueue(queue("a", "b"))
        self.claim(2)
        self.clock.advance(1)
        self.store.enqueue(queue("c", "d"), replace=True)
        self.store.release("session of ana")
        assert ids(self.claim(2)) == ["c", "d"]
        assert ids(self.claim(4, by="ben")) == ["a", "b"]

    def test_overlap_gives_an_item_to_that_many_annotators(self) -> None:
        self.store.enqueue(queue("a"), overlap=2)
        (mine,) = self.claim(overlap=2)
        assert ids(self.claim(by="ben", overlap=2)) == ["a"]
        assert self.claim(by="cleo", overlap=2) == []
        self.store.tell([answer(mine)])
        assert self.state("a") == "leased"
        assert self.claim(by="cleo", overlap=2) == []
        self.store.release("session of ben")
        assert self.claim(by="ana", overlap=2) == []
        (last,) = self.claim(by="cleo", overlap=2)
        self.store.tell([answer(last, by="cleo")])
        assert self.state("a") == "answered"

    def test_an_item_with_an_open_query_is_not_queued_twice(self) -> None:
        assert self.store.enqueue([query("a", 0), query("a", 1)]) == 1
        assert self.store.enqueue([query("a", 0, purpose="slice")]) == 0
        self.claim()
        assert self.store.enqueue(queue("a"), replace=True) == 0

    def test_an_answered_item_is_left_out_unless_asked_again_on_purpose(self) -> None:
        self.store.tell([answer("a")])
        assert self.store.enqueue(queue("a")) == 0
        assert self.store.enqueue(queue("a"), overlap=2) == 1
        assert self.claim(overlap=2) == []
        assert ids(self.claim(by="ben", overlap=2)) == ["a"]

    def test_relabelling_asks_the_same_annotator_again(self) -> None:
        self.store.tell([answer("a")])
        assert self.store.enqueue(queue("a", purpose="relabel")) == 1
        (again,) = self.claim()
        assert again.purpose == "relabel"
        self.store.tell([answer(again, "b")])
        assert self.state("a") == "answered"
        assert [one.value for one in self.store.annotations(current=True)] == ["b"]

    def test_the_same_content_is_asked_once(self) -> None:
        same = {"text": "the same"}
        assert self.store.enqueue([query("a", 0, fields=same), query("b", 1, fields=same)]) == 1
        self.store.tell([answer(self.claim()[0])])
        assert self.store.enqueue([query("c", fields=same)]) == 0
        assert self.store.enqueue([query("d", 0, fields={}), query("e", 1, fields={})]) == 2

    def test_replacing_withdraws_unleased_train_queries_only(self) -> None:
        self.store.enqueue([*queue("a", "b", "c"), query("s", 9, purpose="slice")])
        self.claim(1)
        assert self.store.enqueue(queue("c", "d"), replace=True) == 2
        assert ids(self.store.queries(states=["queued"], purposes=["train"])) == ["c", "d"]
        assert ids(self.store.queries(states=["queued"], purposes=["slice"])) == ["s"]
        assert self.state("a") == "leased"
        assert self.store.queries(item="b") == []

    def test_a_query_that_was_seen_is_kept_as_withdrawn(self) -> None:
        self.store.enqueue(queue("a"))
        (seen,) = self.claim()
        self.store.release("session of ana")
        self.store.enqueue([], replace=True)
        assert self.state("a") == "withdrawn"
        self.store.tell([answer(seen)])
        assert self.state("a") == "answered"

    def test_a_slice_that_waits_keeps_its_place_through_replacements(self) -> None:
        self.store.enqueue([query("s1", 2, purpose="slice"), query("s2", 5, purpose="slice")])
        served: list[str] = []
        for turn in range(4):
            self.store.enqueue(queue(*(f"{turn}-{i}" for i in range(9))), replace=True)
            for one in self.claim(2):
                self.store.tell([answer(one)])
                served.append(one.id)
        assert served.index("s1") <= 3
        assert served.index("s2") <= 7

    def test_one_event_tells_of_each_change_of_the_queue(self) -> None:
        self.store.enqueue(queue("a", "b"))
        self.store.enqueue(queue("c"), replace=True)
        self.store.enqueue([])
        assert [dict(event.body) for event in self.store.events()] == [
            {"added": 2, "withdrawn": 0},
            {"added": 1, "withdrawn": 2},
        ]
