"""Learning, and what is said about it."""

from __future__ import annotations


def test_learn_says_which_model_it_made_and_how_good_it_is(run, taught):
    run("tell", "20", "bug")
    learned = run("learn", "--json")
    assert learned.code == 0, learned.out
    assert (learned.data["round"]["number"], learned.data["round"]["labels"]) == (2, 13)
    assert learned.data["verdict"]["sentence"]


def test_learning_without_labels_says_what_to_do(run, tickets):
    refused = run("learn")
    assert refused.code == 3
    assert refused.err.count("\n") == 1


def test_status_names_what_a_figure_rests_on(run, taught):
    shown = run("status")
    assert shown.code == 0
    assert "12 of 90 items labelled" in shown.out
    assert "by cross-validation" in shown.out
    data = run("status", "--json").data
    assert data["model"]["number"] == 1
    assert data["verdict"]["state"] in ("too early to say", "continue", "consider stopping", "stop")
    assert {one["basis"] for one in data["rounds"][0]["observations"]} >= {"cross-validation"}


def test_show_tells_the_whole_story(run, taught):
    shown = run("show", "1")
    assert "ana answered billing in 2.5 s (cli)" in shown.out
    assert "It trained model 1." in shown.out
    story = run("show", "1", "--json").data
    assert story["models"] == [1]
    assert story["annotations"][0]["seconds"] == 2.5


def test_an_unknown_item_is_said(run, taught):
    missing = run("show", "one hundred")
    assert missing.code == 1
    assert "'one hundred'" in missing.err


def test_strategies_are_listed_with_when_they_are_right(run):
    names = {one["name"] for one in run("strategies", "--json").data}
    assert {"auto", "random", "margin", "entropy", "least-confidence"} <= names
    assert "margin" in run("strategies").out
