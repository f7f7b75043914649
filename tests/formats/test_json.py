"""JSON Lines and JSON arrays."""

from __future__ import annotations

import json

import pytest

from asklearn.core.errors import InputError, RowError
from asklearn.formats import read


def test_ids_and_labels_are_spelled_as_they_were(got):
    found = got(
        '{"id": 7, "text": "a", "label": 1}\n{"id": 1.10, "text": "b", "label": true}\n'
        '{"id": "007", "text": "c", "label": null}\n'
        '{"id": 12345678901234567890123, "text": "d", "label": " "}\n',
        "t.jsonl",
        text="text",
        label="label",
    )
    assert found.items["id"] == ["7", "1.10", "007", "12345678901234567890123"]
    assert found.labels == ["1", "true", None, None]


def test_fields_keep_their_kind_and_nested_ones_become_json(got):
    found = got(
        '{"text": "a", "n": 3, "x": 1.5, "b": true, "l": ["u", {"k": 1}]}\n{"text": "b"}\n', "t.jsonl"
    )
    assert {name: values[0] for name, values in found.items.items() if name != "id"} == {
        "text": "a", "n": 3, "x": 1.5, "b": True, "l": '["u",{"k":1}]',
    }  # fmt: skip
    assert found.items["n"][1] is None


def test_lists_of_numbers_are_vectors(got):
    assert got('{"v": [1, 2.5]}\n{"v": [3, 4]}\n', "t.jsonl").items["v"] == [[1.0, 2.5], [3.0, 4.0]]


def test_a_name_may_come_late(got):
    found = got('{"text": "a"}\n{"text": "b", "extra": "x"}\n', "t.jsonl", text="text")
    assert found.items["extra"] == [None, "x"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"text": "a"', "it is no JSON at character 13"),
        ("[1, 2]", "it is not a JSON object"),
        ('{"text": "\\ud83d"}', "half of a surrogate pair"),
        ('{"text": "a\\u0000b"}', "it holds a NUL byte"),
        ('{"text": "' + "x" * 1_100_000 + '"}', "column 'text': it holds 1.1 MB"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_bad_line_is_a_bad_row(got, line, said):
    found = got(f'{{"text": "good"}}\n\n{line}\n{{"text": "too"}}\n', "t.jsonl", on_error="skip")
    assert found.items["text"] == ["good", "too"]
    assert len(found.said) == 1
    assert "t.jsonl, line 3" in found.said[0]
    assert said in found.said[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "t.jsonl is empty"),
        ("\n\n", "t.jsonl is empty"),
        ("nope\n", "holds no line that is a JSON object"),
    ],
)
def test_a_file_without_records_is_refused(path_of, content, said):
    with pytest.raises(InputError, match=said):
        read(path_of(content, "t.jsonl"))


def test_an_array_is_read_object_by_object(got):
    records = [{"id": f"{at}", "text": f"text {at} " + "x" * 100} for at in range(20_000)]
    found = got(json.dumps(records, indent=1), "t.json")
    assert found.items["id"] == [one["id"] for one in records]
    assert found.items["text"] == [one["text"] for one in records]


def test_an_object_may_be_larger_than_what_is_read_at_once(got):
    records = [{"text": "x" * 900_000, "more": "y" * 900_000, "most": "z" * 900_000}, {"text": "b"}]
    assert got(json.dumps(records), "t.json").items["text"] == ["x" * 900_000, "b"]


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ('[\n{"text": "a"},\n{"text": b}\n]', 3, "it is no JSON"),
        ('[\n{"text": "a"},\n\n7]', 4, "it is not an object"),
        ('[\n{"text": "a"}\n', 3, "not closed by ]"),
        ('[\n{"text": "a"}\n] and more', 3, "text follows the ]"),
    ],
)
def test_a_broken_array_is_refused_by_its_line(got, content, line, said):
    with pytest.raises(RowError, match=said) as caught:
        got(content, "t.json")
    assert caught.value.line == line


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "t.json is empty"),
        ("[]", "empty array"),
        ('{"data": []}', "does not hold an array of objects"),
    ],
)
def test_what_is_no_array_is_refused(path_of, content, said):
    with pytest.raises(InputError, match=said):
        read(path_of(content, "t.json"))
