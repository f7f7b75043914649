"""Times, errors, names and records at their edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from asklearn.core.clock import from_rfc3339, to_rfc3339
from asklearn.core.errors import MissingExtra, RowError, UnknownName
from asklearn.core.jsonable import from_json, to_json
from asklearn.core.records import Annotation, Draw, Item, Query, Reason, Round, ShownSuggestion, Suggestion
from asklearn.core.registry import Registry
from asklearn.core.wording import say_reason


@given(some.integers(0, 4_000_000_000_000_000))
def test_times_round_trip(at: int) -> None:
    assert from_rfc3339(to_rfc3339(at)) == at


def test_a_time_without_its_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="lacks its offset"):
        from_rfc3339("2026-11-25T10:00:00")


def test_a_bad_row_says_where_it_is() -> None:
    error = RowError("has 2 columns instead of 4", file="messages.csv", line=412, column="body")
    assert error.sentence == "messages.csv, line 412, column 'body': has 2 columns instead of 4"


def test_an_unknown_name_names_the_nearest() -> None:
    assert "did you mean 'margin'?" in str(UnknownName("strategy", "magrin", ["margin", "entropy"]))
    assert "there are: entropy, margin." in str(UnknownName("strategy", "zzz", ["margin", "entropy"]))


def test_a_missing_extra_says_what_to_install() -> None:
    assert (
        str(MissingExtra("Plots", "plots")) == "Plots needs an optional part: pip install 'asklearn[plots]'"
    )


def test_a_registry_imports_on_use_and_lists_by_name() -> None:
    registry = Registry("tool", "asklearn.nothing", {"mean": "statistics:mean"})
    registry.add("ten", lambda: 10)
    assert list(registry) == ["mean", "ten"]
    assert registry.get("mean")([1, 3]) == 2
    with pytest.raises(UnknownName):
        registry.get("median")


def test_records_survive_json() -> None:
    query = Query(
        key="k",
        item=Item(id="007", fields={"body": "x"}),
        reason=Reason(kind="margin", classes=(0, 1), figures={"p1": 0.5}),
        draw=Draw(pi=0.1),
        suggestion=Suggestion(value="bug", probability=0.5, probabilities={"bug": 0.5}),
    )
    told = Annotation(key="k", item="007", annotator="ana", suggestion=ShownSuggestion(value="bug"))
    for record in (query, told, Round(number=1, labels=3)):
        assert from_json(type(record), to_json(record)) == record


def test_every_reason_is_one_sentence() -> None:
    reason = Reason(kind="margin", classes=(0, 1), figures={"p1": 0.48, "p2": 0.44})
    assert say_reason(reason, ["bug", "billing"]) == (
        "Asked because the model cannot decide between bug (48\u202f%) and billing (44\u202f%)."
    )
    sure = Reason(kind="margin", classes=(0, 1), figures={"p1": 0.93, "p2": 0.04})
    assert say_reason(sure, ["bug", "billing"]) == (
        "Asked because the model is less sure here than elsewhere: bug (93\u202f%), then billing (4\u202f%)."
    )
    for kind in ("random", "slice", "diverse", "cold", "manual", "undone", "entropy", "something new"):
        assert say_reason(Reason(kind=kind)).endswith(".")
