"""A team with a labelling page of its own: files and pipes."""

from __future__ import annotations

import json

import pytest


def asked(run, *args):
    shown = run("ask", *args)
    assert shown.code == 0, shown.err
    return [json.loads(line) for line in shown.out.splitlines()]


def answered(lines, label="bug"):
    return "".join(json.dumps({**line, "label": label}) + "\n" for line in lines)


def test_answers_keep_line_separators_of_unicode(run, tickets, tmp_path):
    line = '{"id": "1", "label": "bug", "comment": "one\u2028two"}\n'
    (tmp_path / "answers.jsonl").write_text(line, encoding="utf-8")
    assert run("tell", "answers.jsonl").out == "1 answer told.\n"


@pytest.mark.parametrize("name", ["folder", "utf16.jsonl"])
def test_what_is_no_file_of_answers_is_said(run, tickets, tmp_path, name):
    (tmp_path / "folder").mkdir()
    (tmp_path / "utf16.jsonl").write_text('{"id": "1", "label": "bug"}', encoding="utf-16")
    refused = run("tell", name)
    assert (refused.code, name in refused.err) == (1, True)


def test_ask_prints_one_json_line_for_each_query(run, tickets):
    lines = asked(run, "--number", "3")
    assert len({line["id"] for line in lines}) == 3
    for line in lines:
        assert line["fields"]["body"]
        assert line["reason"].startswith("Asked")
        assert line["purpose"] in ("train", "slice")


def test_json_is_one_document(run, tickets):
    assert len(run("ask", "-n", "2", "--json").data["queries"]) == 2


def test_what_was_asked_comes_back_with_a_label_added(run, tickets):
    told = run("tell", "-", "--json", input=answered(asked(run, "-n", "4")))
    assert told.code == 0, told.out
    assert (told.data["told"], told.data["repeated"]) == (4, 0)
    assert run("status", "--json").data["labelled"] == 4


def test_telling_the_same_lines_twice_counts_once(run, tickets, tmp_path):
    (tmp_path / "answers.jsonl").write_text(answered(asked(run, "-n", "2")), encoding="utf-8")
    run("tell", "answers.jsonl")
    again = run("tell", "answers.jsonl", "--json")
    assert (again.code, again.data["told"], again.data["repeated"]) == (0, 0, 2)


def test_two_annotators_get_different_items(run, tickets):
    ana = asked(run, "-n", "5", "--annotator", "ana")
    ben = asked(run, "-n", "5", "--annotator", "ben")
    assert {line["id"] for line in ana}.isdisjoint(line["id"] for line in ben)


def test_one_item_is_told_by_id_and_label(run, tickets):
    assert run("tell", "17", "praise").out == "1 answer told.\n"
    assert "praise" in run("show", "17").out


def test_a_skip_and_a_flag_are_answers_too(run, tickets):
    lines = '{"id": "1", "kind": "skip"}\n{"id": "2", "kind": "flag", "comment": "in two languages"}\n'
    assert run("tell", "-", "--json", input=lines).data["told"] == 2
    assert run("status", "--json").data["set_aside"] == 2


def test_a_bad_line_is_named_and_nothing_is_stored(run, tickets):
    lines = '{"id": "1", "label": "bug"}\n\n{"id": "2", "label": "bugg"}\n'
    refused = run("tell", "-", input=lines)
    assert refused.code == 1
    assert refused.err.startswith("standard input, line 3: 'bugg' is not a label of this task")
    assert run("status", "--json").data["labelled"] == 0


def test_bad_lines_are_skipped_on_demand(run, tickets):
    lines = (
        '{"id": "1", "label": "bug"}\nnot json\n{"id": "nobody", "label": "bug"}\n{"id": 3, "label": "bug"}\n'
    )
    told = run("tell", "-", "--on-error", "skip", "--json", input=lines)
    assert told.code == 0
    assert told.data["told"] == 1
    assert [one["line"] for one in told.data["skipped"]] == [2, 3, 4]


def test_every_way_to_get_a_line_wrong_has_its_reason(run, tickets):
    wrong = {
        "[1]": "not a JSON object",
        '{"id": "1"}': "has no label",
        '{"id": "1", "kind": "maybe"}': "kind is 'maybe'",
        '{"label": "bug"}': "id must be a text",
        '{"id": "1", "label": "bug", "seconds": -1}': "seconds must be a number from 0",
        '{"id": "1", "label": "bug", "answered_at": "yesterday"}': "it must be RFC 3339",
    }
    for line, reason in wrong.items():
        assert reason in run("tell", "-", input=line).err


def test_a_misspelled_file_is_said(run, tickets):
    assert "There is no file answers.jsonl" in run("tell", "answers.jsonl").err


def test_nothing_left_to_ask_is_an_exit_code_of_its_own(run, tmp_path):
    (tmp_path / "one.csv").write_text("id,body\n1,hello\n", encoding="utf-8")
    assert run("new", "one.csv", "--labels", "a,b", "--text", "body", "--id", "id").code == 0
    assert run("tell", "1", "a").code == 0
    done = run("ask")
    assert (done.code, done.out) == (3, "")
    assert "Everything has its label" in done.err
