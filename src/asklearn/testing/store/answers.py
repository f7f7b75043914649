# ruff: noqa: D102 — the names of the checks are their sentences
"""Answers: what is kept, what stands, what becomes of the query."""

from __future__ import annotations

from dataclasses import replace

from asklearn.core.errors import Conflict, NotFound
from asklearn.core.records import Annotation, Item, ShownSuggestion
from asklearn.testing.store.world import Check, answer, ids, query, queue, refused, retract


class AnswerChecks(Check):
    """What a store owes to whoever answers."""

    def ask(self, item: str = "a", by: str = "ana") -> Annotation:
        """Queue an item, claim it, and return an answer that was told."""
        self.store.enqueue(queue(item))
        (asked,) = self.claim(by=by)
        told = answer(asked, by=by)
        self.store.tell([told])
        return told

    def test_an_annotation_comes_back_as_it_went_in(self) -> None:
        told = Annotation(
            key="k1",
            item="a",
            annotator="ana",
            value={"spans": [[0, 3, "x"]]},
            revision=2,
            task_version=3,
            guideline_version=4,
            suggestion=ShownSuggestion(value="b", model=7, shown=True, accepted=False),
            seconds=1.5,
            answered_at=17,
            source="page",
            comment="hm",
        )
        (receipt,) = self.store.tell([told], items={"a": Item(id="a", fields={"text": "t"}, row=5)})
        (back,) = self.store.annotations()
        assert back == replace(told, seq=receipt.seq, received_at=back.received_at)
        assert back.received_at > 17
        assert self.store.known_items() == {"a": 5}

    def test_times_that_are_missing_are_the_stores(self) -> None:
        self.store.tell([answer("a")])
        (back,) = self.store.annotations()
        assert back.answered_at == back.received_at > 0

    def test_the_same_key_and_body_counts_once(self) -> None:
        told = self.ask()
        again = replace(told, received_at=5, task_version=2, source="page")
        (receipt,) = self.store.tell([again])
        assert receipt.repeated
        assert receipt.seq == self.store.annotations()[0].seq
        both = answer("b")
        first, second = self.store.tell([both, both])
        assert (first.repeated, second.repeated, first.seq == second.seq) == (False, True, True)
        assert len(self.store.annotations()) == 2

    def test_the_same_key_with_another_body_is_refused(self) -> None:
        told = self.ask()
        with refused(Conflict, "says something else"):
            self.store.tell([answer("b"), replace(told, value="other")])
        assert len(self.store.annotations()) == 1

    def test_an_answer_settles_its_query(self) -> None:
        self.ask()
        assert self.state("a") == "answered"
        assert self.claim() == []
        assert self.store.counts()["answered"] == 1

    def test_late_answers_count(self) -> None:
        self.store.enqueue(queue("a"))
        (late,) = self.claim(seconds=60)
        self.clock.advance(61)
        (taken,) = self.claim(by="ben")
        self.store.tell([answer(taken, "b", by="ben")])
        self.store.tell([answer(late, "a")])
        assert [one.value for one in self.store.annotations(current=True)] == ["b", "a"]
        assert self.state("a") == "answered"

    def test_an_answer_without_a_query_settles_the_open_one(self) -> None:
        self.store.enqueue(queue("a"))
        self.store.tell([answer("a")])
        assert self.state("a") == "answered"
        assert self.claim(by="ben") == []

    def test_skips_and_empty_flags_close_the_query(self) -> None:
        self.store.enqueue(queue("a", "b", "c"))
        a, b, c = self.claim(3)
        self.store.tell([answer(a, None, kind="skip"), answer(b, None, kind="flag", comment="odd")])
        self.store.tell([answer(c, "x", kind="flag")])
        assert [self.state(item) for item in "abc"] == ["skipped", "skipped", "answered"]
        assert self.store.counts()["flags"] == 2
        assert self.store.enqueue([query("a")]) == 1
        assert self.claim() == []
        assert ids(self.claim(by="ben")) == ["a"]

    def test_a_correction_stands_in_place_of_the_old_answer(self) -> None:
        told = self.ask()
        self.store.tell([answer("a", "b", supersedes=told.key)])
        assert [one.value for one in self.store.annotations(item="a", current=True)] == ["b"]
        assert [one.current for one in self.store.annotations(item="a")] == [False, True]
        assert self.state("a") == "answered"

    def test_a_correction_that_overtakes_its_answer_stands(self) -> None:
        late = answer("a", "old")
        self.store.tell([answer("a", "new", supersedes=late.key)])
        self.store.tell([late])
        assert [one.value for one in self.store.annotations(current=True)] == ["new"]

    def test_one_annotators_newer_answer_stands_others_stay(self) -> None:
        self.store.tell([answer("a", "1"), answer("a", "2", by="ben"), answer("a", "3")])
        assert [one.value for one in self.store.annotations(current=True)] == ["2", "3"]

    def test_a_retract_leases_the_item_again(self) -> None:
        told = self.ask()
        self.store.tell([retract(told)])
        (open_again,) = self.store.queries(item="a")
        assert (open_again.state, open_again.leased_to) == ("leased", "ana")
        assert self.claim(by="ben") == []
        assert [one.key for one in self.claim()] == [told.query]
        assert self.store.annotations(current=True) == []
        self.store.tell([answer(open_again, "b")])
        assert [one.value for one in self.store.annotations(current=True)] == ["b"]
        assert self.state("a") == "answered"

    def test_a_retract_leases_to_the_session_named(self) -> None:
        told = self.ask()
        self.store.tell([retract(told)], session="another tab", seconds=60)
        assert ids(self.claim(session="another tab")) == ["a"]
        self.clock.advance(700)
        assert ids(self.claim(by="ben")) == ["a"]

    def test_many_steps_are_taken_back_one_by_one(self) -> None:
        told = [self.ask(item) for item in "abc"]
        for one in reversed(told):
            self.store.tell([retract(one)])
        assert sorted(ids(self.claim(9))) == ["a", "b", "c"]

    def test_an_answer_without_a_query_is_asked_again_when_taken_back(self) -> None:
        told = answer("a")
        self.store.tell([told], items={"a": Item(id="a", fields={"text": "t"})})
        self.store.tell([retract(told)], session="tab")
        (again,) = self.claim(session="tab")
        assert (again.id, again.purpose, again.reason.kind, again.fields) == (
            "a",
            "manual",
            "undone",
            {"text": "t"},
        )

    def test_taking_back_twice_or_a_flag_beside_an_answer_reopens_nothing(self) -> None:
        told = self.ask()
        flag = answer("a", None, kind="flag")
        self.store.tell([flag])
        self.store.tell([retract(flag)])
        assert self.state("a") == "answered"
        self.store.tell([retract(told)])
        (again,) = self.claim()
        self.store.tell([answer(again, "b")])
        self.store.tell([retract(told)])
        assert self.state("a") == "answered"

    def test_taking_back_what_is_not_there_is_refused(self) -> None:
        with refused(NotFound, "take back"):
            self.store.tell([retract(answer("a"))])
        assert self.store.last_event() == 0

    def test_history_is_read_by_annotator_newest_first(self) -> None:
        for item in "abc":
            self.store.tell([answer(item), answer(item, by="ben")])
        newest = self.store.annotations(annotator="ana", newest_first=True, limit=2)
        assert [one.item for one in newest] == ["c", "b"]
        (rest,) = self.store.annotations(annotator="ana", newest_first=True, before=newest[-1].seq)
        assert rest.item == "a"
        since = self.store.annotations(since=newest[-1].seq)
        assert [(one.item, one.annotator) for one in since] == [("b", "ben"), ("c", "ana"), ("c", "ben")]
        assert len(self.store.annotations(item=["a", "c"])) == 4

    def test_each_annotation_is_an_event_of_the_same_number(self) -> None:
        told = self.ask()
        (event,) = [one for one in self.store.events() if one.kind == "annotation"]
        (stored,) = self.store.annotations()
        assert (event.seq, event.subject, event.actor) == (stored.seq, "a", "ana")
        assert dict(event.body) == {"key": told.key, "kind": "answer", "value": "a"}

    def test_many_answers_at_once(self) -> None:
        told = [answer(f"i{i}", str(i % 3)) for i in range(3_000)]
        receipts = self.store.tell(told)
        assert [one.seq for one in receipts] == list(range(1, 3_001))
        assert len(self.store.known_items()) == 3_000
