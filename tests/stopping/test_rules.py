"""Stopping rules: states, sentences, combination, configuration."""

import pytest

from asklearn import InputError, stopping
from asklearn.core.errors import UnknownName
from asklearn.core.records import Observation, Round
from asklearn.stopping import Budget, Stable


def rounds(*kappas: float | None) -> list[Round]:
    return [
        Round(
            number=number,
            labels=10 * number,
            observations=() if kappa is None else (Observation(name="kappa", value=kappa, basis="stop set"),),
        )
        for number, kappa in enumerate(kappas, start=1)
    ]


@pytest.mark.parametrize(
    ("kappas", "state"),
    [
        ((), "too early to say"),
        ((None, 0.999, 0.999), "too early to say"),
        ((None, 0.5, 0.6, 0.7), "continue"),
        ((None, 0.5, 0.995, 0.995), "consider stopping"),
        ((None, 0.5, 0.995, 0.995, 0.999), "stop"),
        ((None, 0.995, 0.995, 0.999, 0.9), "continue"),
        ((None, 0.995, 0.995, float("nan")), "continue"),
    ],
)
def test_stable_waits_for_patience_models_in_a_row(kappas: tuple[float | None, ...], state: str) -> None:
    assert Stable(patience=3).judge(rounds(*kappas), labels=50).state == state


def test_a_budget_counts_labels_and_says_what_is_left() -> None:
    assert (
        Budget(labels=400).judge([], labels=399).sentence == "Keep going: 1 of 400 labels are left to give."
    )
    assert Budget(labels=400).judge([], labels=400).state == "stop"


def test_any_stops_with_the_first_and_all_with_the_last() -> None:
    calm = rounds(None, 0.995, 0.995, 0.995)
    either, both = Stable() | Budget(labels=100), Stable() & Budget(labels=100)
    assert either.judge(calm, labels=50).state == "stop"
    assert both.judge(calm, labels=50).state == "continue"
    assert both.judge(calm, labels=100).state == "stop"
    assert either.judge([], labels=100).state == "stop"


def test_evidence_holds_each_part() -> None:
    verdict = (Stable() | Budget(labels=100)).judge(rounds(None, 0.5, 0.6, 0.7), labels=40)
    assert [part["rule"] for part in verdict.evidence["parts"]] == ["stable", "budget"]
    assert str(verdict) == verdict.sentence


@pytest.mark.parametrize(
    "rule",
    [Stable(patience=2, kappa=0.95), Budget(labels=5), Stable() | Budget(labels=3) & Stable(patience=1)],
)
def test_rules_round_trip_through_json(rule: stopping.Rule) -> None:
    assert stopping.from_json(rule.to_json()) == rule


def test_wrong_configuration_is_one_sentence() -> None:
    with pytest.raises(InputError, match=r"patience=…\) must be at least 1, but got 0"):
        Stable(patience=0)
    with pytest.raises(InputError, match="must be at least 1"):
        Budget(labels=0)
    with pytest.raises(UnknownName, match="did you mean 'stable'"):
        stopping.from_json({"rule": "stabel"})
    with pytest.raises(InputError, match="does not take these options"):
        stopping.from_json({"rule": "budget", "label": 4})
    with pytest.raises(InputError, match="needs its name"):
        stopping.from_json({"labels": 4})


def test_a_rule_reads_as_its_configuration() -> None:
    rule = (Stable() | Budget(labels=3)) & Stable(patience=1)
    assert repr(rule) == (
        "(Stable(patience=3, kappa=0.99) | Budget(labels=3)) & Stable(patience=1, kappa=0.99)"
    )
    assert eval(repr(rule)) == rule
