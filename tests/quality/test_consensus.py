"""Which answers stand, and what they settle on."""

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from asklearn.core.errors import NotFound
from asklearn.core.records import Annotation
from asklearn.quality import current_answers, majority, standing
from asklearn.store import MemoryStore
from asklearn.tasks import SingleLabel

TASK = SingleLabel(["a", "b", "c"])


def told(*rows: tuple[str, str, str | None], **more: object) -> list[Annotation]:
    """(item, annotator, value); None skips."""
    return [
        Annotation(
            key=f"k{seq}", item=item, annotator=who, value=value, kind="skip" if value is None else "answer",
            seq=seq, received_at=seq, **more,  # type: ignore[arg-type]
        )
        for seq, (item, who, value) in enumerate(rows, start=1)
    ]  # fmt: skip


def test_the_last_answer_of_an_annotator_stands() -> None:
    annotations = told(("x", "ana", "a"), ("x", "ana", "b"))
    assert [one.value for one in current_answers(annotations)] == ["b"]


def test_an_answer_taken_back_says_nothing() -> None:
    first = told(("x", "ana", "a"))
    retract = Annotation(key="r", item="x", annotator="ana", kind="retract", supersedes="k1", seq=2)
    assert majority([*first, retract], TASK) == {}


def test_a_majority_is_agreed_a_tie_disputed_and_too_few_wanting() -> None:
    agreed = majority(told(("x", "ana", "b"), ("x", "bo", "b"), ("x", "cy", "a")), TASK)["x"]
    assert (agreed.value, agreed.state) == ("b", "agreed")
    assert majority(told(("x", "ana", "b"), ("x", "bo", "a")), TASK)["x"].state == "disputed"
    assert majority(told(("x", "ana", "b")), TASK, overlap=2)["x"].state == "wanting"


def test_skips_are_no_answers() -> None:
    assert majority(told(("x", "ana", None)), TASK) == {}


def test_older_answers_are_read_in_the_present_version() -> None:
    annotations = told(("x", "ana", "a"), ("y", "ana", "b"), ("z", "ana", "c"))
    task = TASK.combine(["a", "b"], "ab").delete("c")
    labels = majority(annotations, task)
    assert {item: task.display(label.value) for item, label in labels.items()} == {"x": "ab", "y": "ab"}


def test_a_skip_stands_in_place_of_the_answer_before_it() -> None:
    assert majority(told(("x", "ana", "a"), ("x", "ana", None)), TASK) == {}


def test_what_was_corrected_does_not_come_back_when_the_correction_is_taken_back() -> None:
    both = told(("x", "ana", "a"), ("x", "ana", "b"))
    retract = Annotation(key="r", item="x", annotator="ana", kind="retract", supersedes="k2", seq=3)
    assert majority([*both, retract], TASK) == {}


_SAID = st.tuples(
    st.sampled_from(["ana", "bo"]),
    st.sampled_from(["answer", "answer", "skip", "flag", "valued flag", "retract"]),
    st.none() | st.integers(0, 7),
)


@given(st.lists(_SAID, max_size=8))
def test_what_stands_is_what_the_store_says_stands(said: list[tuple[str, str, int | None]]) -> None:
    store = MemoryStore()
    for place, (who, kind, corrects) in enumerate(said):
        # a correction may overtake what it corrects, which then corrects nothing itself
        plain = corrects is not None and corrects < len(said) and said[corrects][2] is None
        target = f"k{corrects}" if corrects is not None and (corrects < place or plain) else None
        one = Annotation(
            key=f"k{place}",
            item="x",
            annotator=who,
            kind=kind.removeprefix("valued "),  # type: ignore[arg-type]
            value="a" if kind in ("answer", "valued flag") else None,
            supersedes=target,
        )
        with contextlib.suppress(NotFound):
            store.tell([one])
    told = store.annotations()
    assert {one.key for one in standing(told)} == {one.key for one in told if one.current}
    store.close()
