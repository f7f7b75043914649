"""Columns by their role: found by name, named when missing, never guessed in silence."""

from __future__ import annotations

import numpy as np
import pytest

from asklearn.core.errors import InputError
from asklearn.formats import read

HEAD = "ticket,body,kind,guess,p_bug,p_praise\n"


def test_every_column_without_a_role_is_a_field(got):
    found = got(HEAD + "T1,crash,bug,bug,0.9,0.1\n", text="body", id="ticket", label="kind")
    assert found.items == {
        "id": ["T1"],
        "body": ["crash"],
        "guess": ["bug"],
        "p_bug": ["0.9"],
        "p_praise": ["0.1"],
    }


def test_a_missing_column_names_the_nearest(path_of):
    with pytest.raises(InputError) as caught:
        read(path_of(HEAD + "1,2,3,4,5,6\n"), text="bdoy")
    assert caught.value.sentence == (
        "tickets.csv has no column 'bdoy'; did you mean 'body'? "
        "Its columns are: ticket, body, kind, guess, p_bug, p_praise."
    )


def test_labels_keep_their_spelling_and_blank_is_unlabelled(got):
    names = ["None", "1", "N/A", '"a, b"', "a/b", " x", "", "  ", "null", "nan"]
    found = got("body,kind\n" + "".join(f"t{at},{name}\n" for at, name in enumerate(names)), label="kind")
    assert found.labels == ["None", "1", "N/A", "a, b", "a/b", " x", None, None, "null", "nan"]


def test_a_weak_model_may_bring_its_guess_and_its_probabilities(path_of):
    path = path_of(HEAD + "T1,crash,,bug,0.9,0.1\nT2,nice,,,,\n")
    reading = read(path, text="body", id="ticket", prediction="guess", probabilities="p_")
    (table,) = reading
    assert reading.predictions_of(table) == ["bug", None]
    assert reading.classes == ("bug", "praise")
    assert np.allclose(reading.probabilities_of(table), [[0.9, 0.1], [np.nan, np.nan]], equal_nan=True)
    assert "Probabilities: 'bug' from 'p_bug', 'praise' from 'p_praise'." in reading.notes()


@pytest.mark.parametrize(
    "named",
    ["p_", ["p_bug", "p_praise"], {"bug": "p_bug", "praise": "p_praise"}],
    ids=["prefix", "list", "map"],
)
def test_probabilities_are_named_in_three_ways(path_of, named):
    assert read(path_of(HEAD + "1,2,3,4,.5,.5\n"), probabilities=named).classes == ("bug", "praise")


def test_what_is_no_probability_is_a_bad_row(got):
    found = got(
        HEAD + "T1,a,,,x,0.1\nT2,b,,,1.5,0\nT3,c,,,1,0\n", id="ticket", probabilities="p_", on_error="skip"
    )
    assert found.items["id"] == ["T3"]
    assert found.said == [
        "tickets.csv, line 2, column 'p_bug': 'x' is no probability",
        "tickets.csv, line 3, column 'p_bug': 1.5 is no probability between 0 and 1",
    ]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"text": "body", "label": "body"}, "cannot be two things at once"),
        ({"probabilities": "q_"}, "No column of tickets.csv starts with 'q_'"),
        ({"on_error": "ignore"}, '"stop" or "skip"'),
        ({"format": "xml"}, "no format 'xml' to read"),
        ({"label": ["a"]}, "label is the name of a column"),
    ],
)
def test_what_cannot_be_meant_is_said(path_of, how, said):
    with pytest.raises(InputError, match=said):
        read(path_of(HEAD + "1,2,3,4,.5,.5\n"), **how)


def test_another_column_called_id_is_renamed_and_said(got):
    found = got("ticket,id,body\nT1,5,a\n", id="ticket", text="body")
    assert found.items == {"id": ["T1"], "id_": ["5"], "body": ["a"]}
    assert "Column 'id' is called 'id_' here." in found.reading.notes()


def test_a_column_called_id_serves_as_id_and_that_is_said(got):
    found = got("id,body\n007,a\n")
    assert found.items["id"] == ["007"]
    assert "Ids come from column 'id'." in found.reading.notes()


def test_several_columns_may_be_the_text(got):
    found = got("title,body,when\na,b,c\n", text=["title", "body"])
    assert found.reading.text == ("title", "body")
    assert found.reading.roles.content == ("title", "body")


def test_ids_must_not_be_blank_or_stand_for_two_contents(got):
    found = got("id,body,n\n1,a,x\n2,b,x\n ,c,x\n1,other,x\n2,b,y\n", text="body", on_error="skip")
    assert found.items["id"] == ["1", "2", "2"]
    assert found.said == [
        "tickets.csv, line 4, column 'id': the id is blank",
        "tickets.csv, line 5, column 'id': the id '1' stands on line 2 already, with other content",
    ]


def test_a_repeated_id_is_found_across_the_whole_file(got):
    rows = "".join(f"{at},text {at} {'x' * 80}\n" for at in range(30_000))
    found = got("id,body\n" + rows + "3,changed\n3,text 3 " + "x" * 80 + "\n", on_error="skip")
    assert len(found.items["id"]) == 30_001
    assert found.said == [
        "tickets.csv, line 30002, column 'id': the id '3' stands on line 5 already, with other content"
    ]


def test_made_ids_are_the_same_every_time_and_count_repeats(got):
    rows = ["a", "b", "a", "c", "a"]
    first = got("body\n" + "\n".join(rows) + "\n").items["id"]
    again = got("body\n" + "\n".join(rows) + "\n", "other.csv").items["id"]
    assert first == again
    assert [one[16:] for one in first] == ["", "", "-2", "", "-3"]
    assert all(len(one) >= 16 and int(one[:16], 16) >= 0 for one in first)


def test_made_ids_do_not_depend_on_other_columns(got):
    bare = got("body,n\na,1\nb,2\n", text="body").items["id"]
    labelled = got("n,kind,body\n7,x,a\n8,,b\n", text="body", label="kind").items["id"]
    assert bare == labelled


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"PK\x03\x04rest", "save it as CSV"),
        (b"\x1f\x8brest", "compressed with gzip"),
        (b"%PDF-1.7", "is a PDF"),
        (b"SQLite format 3\0", "SQLite database"),
        (b"PAR1rubbish", "damaged or not a Parquet file"),
    ],
)
def test_files_of_other_kinds_are_told(path_of, head, said):
    with pytest.raises(InputError, match=said):
        read(path_of(head))


def test_a_missing_file_names_the_nearest(path_of, tmp_path):
    path_of("a,b\n1,2\n")
    with pytest.raises(InputError, match=r"did you mean 'tickets\.csv'"):
        read(tmp_path / "tickts.csv")
    with pytest.raises(InputError, match="is a folder"):
        read(tmp_path)


def test_an_upload_is_called_by_its_own_name(path_of):
    path = path_of('{"text": "a"}\n', "upload-123")
    assert read(path, name="mine.jsonl").name == "mine.jsonl"
    with pytest.raises(InputError, match=r"mine\.csv has no column"):
        read(path, name="mine.csv", text="body")
