"""Which answers stand, and what they settle on."""

from asklearn.core.records import Annotation
from asklearn.quality import current_answers, majority
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
