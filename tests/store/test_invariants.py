"""Whatever is asked, answered, corrected, taken back or left lying, in any order: the rules hold."""

from __future__ import annotations

from collections import Counter

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from asklearn.core.records import Annotation, Query
from asklearn.store import MemoryStore
from asklearn.testing.store.world import ManualClock, answer, query, retract

ITEMS = [f"i{n}" for n in range(8)]
PEOPLE = ["ana", "ben", "cleo"]
KINDS = [("answer", "a"), ("answer", "b"), ("skip", None), ("flag", None), ("flag", "a")]


class Labelling(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.clock = ManualClock()
        self.store = MemoryStore(clock=self.clock)
        self.held: list[tuple[str, Query]] = []
        self.told: list[Annotation] = []
        self.overlap = 1

    @initialize(overlap=st.integers(1, 3))
    def begin(self, overlap):
        self.overlap = overlap

    @rule(
        items=st.lists(st.sampled_from(ITEMS), max_size=6),
        purpose=st.sampled_from(["train", "train", "slice", "relabel", "review"]),
        replace=st.booleans(),
    )
    def enqueue(self, items, purpose, replace):
        queries = [query(item, rank, purpose=purpose) for rank, item in enumerate(items)]
        self.store.enqueue(queries, replace=replace, overlap=self.overlap)

    @rule(by=st.sampled_from(PEOPLE), tab=st.sampled_from("12"), n=st.integers(1, 4))
    def claim(self, by, tab, n):
        got = self.store.claim(by, by + tab, n, seconds=60, overlap=self.overlap)
        assert len(got) <= n
        assert len({one.id for one in got}) == len(got)
        assert all(one.state == "leased" and one.leased_to == by for one in got)
        for one in got:
            standing = self.store.annotations(item=one.id, annotator=by, current=True)
            assert not [a for a in standing if one.purpose not in {"relabel", "review"} or a.query == one.key]
        self.held += [(by, one) for one in got]

    @precondition(lambda self: self.held)
    @rule(data=st.data(), what=st.sampled_from(KINDS))
    def tell(self, data, what):
        by, asked = self.held.pop(data.draw(st.integers(0, len(self.held) - 1)))
        self._tell(answer(asked, what[1], by=by, kind=what[0]))

    @rule(item=st.sampled_from(ITEMS), by=st.sampled_from(PEOPLE), what=st.sampled_from(KINDS))
    def volunteer(self, item, by, what):
        self._tell(answer(item, what[1], by=by, kind=what[0]))

    @precondition(lambda self: self.told)
    @rule(data=st.data(), value=st.sampled_from("abc"))
    def correct(self, data, value):
        old = data.draw(st.sampled_from(self.told))
        self._tell(answer(old.item, value, by=old.annotator, query=old.query, supersedes=old.key))

    @precondition(lambda self: self.told)
    @rule(data=st.data())
    def take_back(self, data):
        old = data.draw(st.sampled_from(self.told))
        self._tell(retract(old, by=old.annotator))

    @precondition(lambda self: self.told)
    @rule(data=st.data())
    def repeat(self, data):
        before = self.store.last_event()
        (receipt,) = self.store.tell([data.draw(st.sampled_from(self.told))])
        assert receipt.repeated
        assert self.store.last_event() == before

    @rule(seconds=st.integers(1, 100))
    def wait(self, seconds):
        self.clock.advance(seconds)

    @rule(by=st.sampled_from(PEOPLE), tab=st.sampled_from("12"))
    def leave(self, by, tab):
        self.store.release(by + tab)

    def _tell(self, told: Annotation) -> None:
        self.store.tell([told], session=told.annotator + "1")
        if told.kind != "retract":
            self.told.append(told)

    @invariant()
    def the_store_is_whole(self):
        assert self.store.check() == []

    @invariant()
    def one_answer_of_each_annotator_stands(self):
        standing = self.store.annotations(current=True)
        answers = Counter((one.item, one.annotator) for one in standing if one.kind in {"answer", "skip"})
        assert not answers or max(answers.values()) == 1

    @invariant()
    def nothing_waits_that_is_answered(self):
        standing = [one for one in self.store.annotations(current=True) if one.value is not None]
        people: dict[str, set[str]] = {}
        for one in standing:
            people.setdefault(one.item, set()).add(one.annotator)
        waiting = self.store.queries(states=["queued"], purposes=["train", "slice"])
        assert not [one.id for one in waiting if len(people.get(one.id, ())) >= self.overlap]

    def teardown(self):
        self.store.close()


TestLabelling = Labelling.TestCase
TestLabelling.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
