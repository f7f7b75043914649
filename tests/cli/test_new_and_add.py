"""A project from a file, and more items for it."""

from __future__ import annotations

import json
import tomllib

import pytest


def settings(folder):
    return tomllib.loads((folder / "asklearn.toml").read_text(encoding="utf-8"))


def test_new_makes_a_folder_named_after_the_file(run, tickets):
    assert settings(tickets)["data"]["text"] == ["body"]
    assert run("status", "--json").data["items"] == 90


def test_labels_come_by_comma_one_by_one_and_from_a_file_in_that_order(run, tmp_path):
    (tmp_path / "few.csv").write_text("body\nhello there\n", encoding="utf-8")
    (tmp_path / "labels.txt").write_text("N/A\nrefund\tMoney that goes back.\n\n", encoding="utf-8")
    done = run(
        "new", "few.csv", "--labels", "bug, None", "--label", "yes, but", "--labels-file", "labels.txt"
    )
    assert done.code == 0, done.err
    labels = settings(tmp_path / "few")["task"]["labels"]
    assert [one["name"] for one in labels] == ["bug", "None", "yes, but", "N/A", "refund"]
    assert labels[-1]["description"] == "Money that goes back."


def test_new_needs_labels(run, tickets):
    refused = run("new", "tickets.csv", "--name", "other")
    assert refused.code == 1
    assert "needs its labels" in refused.err


def test_new_keeps_what_it_was_told(run, tickets, tmp_path):
    options = ["--goal", "60", "--overlap", "2", "--seed", "7", "--strategy", "margin", "--learner", "tfidf"]
    done = run(
        "new", "tickets.csv", "--labels", "a,b", "--name", "told", "--text", "body", *options, "--json"
    )
    assert done.code == 0, done.out
    kept = settings(tmp_path / "told")
    assert (kept["seed"], kept["labelling"]["overlap"], kept["learning"]["learner"]) == (7, 2, "tfidf")
    assert run("status", "told", "--json").data["goal"] == 60
    assert done.data["import"]["added"] == 90


def test_a_file_that_is_not_there_is_said(run, tmp_path):
    refused = run("new", "nowhere.csv", "--labels", "a,b")
    assert (refused.code, refused.err) == (1, "There is no file nowhere.csv.\n")


def test_a_bad_file_leaves_no_project_behind(run, tmp_path):
    (tmp_path / "bad.csv").write_text("id,body\n1,fine\n2,too,many,columns\n", encoding="utf-8")
    refused = run("new", "bad.csv", "--labels", "a,b", "--text", "body", "--id", "id")
    assert refused.code == 1
    assert "line 3" in refused.err
    assert not (tmp_path / "bad").exists()


@pytest.mark.parametrize(
    ("option", "wrong", "near"), [("--strategy", "margn", "margin"), ("--learner", "txt", "text")]
)
def test_a_misspelled_name_is_refused_with_the_nearest_one(run, tickets, tmp_path, option, wrong, near):
    refused = run("new", "tickets.csv", "--labels", "a,b", "--name", "other", option, wrong)
    assert refused.code == 1
    assert f"did you mean {near!r}?" in refused.err
    assert not (tmp_path / "other").exists()


def test_a_project_is_never_made_over_another(run, tickets):
    refused = run("new", "tickets.csv", "--labels", "a,b", "--text", "body")
    assert refused.code == 1
    assert run("status", "--json").data["items"] == 90


def test_bad_rows_are_skipped_on_demand_and_listed(run, tmp_path):
    (tmp_path / "bad.csv").write_text("id,body\n1,fine\n2,too,many,columns\n", encoding="utf-8")
    done = run(
        "new", "bad.csv", "--labels", "a,b", "--text", "body", "--id", "id", "--on-error", "skip", "--json"
    )
    assert done.code == 0, done.out
    report = done.data["import"]
    assert (report["added"], report["skipped"]) == (1, 1)
    assert "too" in (tmp_path / report["skipped_file"]).read_text(encoding="utf-8")


def test_the_same_file_twice_adds_nothing(run, tickets):
    again = run("add", "tickets.csv", "--text", "body", "--id", "ticket_id", "--json")
    assert again.code == 0, again.out
    assert (again.data["added"], again.data["known"]) == (0, 90)


def test_a_changed_item_is_an_error_or_revised_or_kept(run, tickets, tmp_path):
    (tmp_path / "more.csv").write_text("ticket_id,body,kind\n1,something else,\n", encoding="utf-8")
    more = ["add", "more.csv", "--id", "ticket_id"]
    refused = run(*more)
    assert (refused.code, "--on-change" in refused.err) == (1, True)
    assert "1 kept as it was" in run(*more, "--on-change", "keep").out
    assert run(*more, "--on-change", "revise", "--json").data["revised"] == 1


def test_labels_that_are_there_already_count(run, tickets, tmp_path):
    more = [{"ticket_id": f"m{n}", "body": f"a new one, {n}", "kind": "bug"} for n in range(2)]
    (tmp_path / "more.jsonl").write_text("\n".join(map(json.dumps, more)), encoding="utf-8")
    done = run("add", "more.jsonl", "--id", "ticket_id", "--text", "body", "--label-column", "kind", "--json")
    assert done.code == 0, done.out
    assert done.data["labelled"] == 2
    assert run("status", "--json").data["labelled"] == 2


def test_with_several_projects_one_must_be_named(run, tickets):
    assert run("new", "tickets.csv", "--labels", "a,b", "--text", "body", "--name", "second").code == 0
    vague = run("status")
    assert vague.code == 1
    assert "name one of second, tickets" in vague.err
    assert run("status", "second", "--json").data["name"] == "second"
    unknown = run("status", "third")
    assert "There are: second, tickets." in unknown.err
