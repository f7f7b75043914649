"""CSV: every row is taken or refused by its line; none is swallowed by its neighbour."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asklearn.core.errors import InputError, RowError
from asklearn.formats import read
from asklearn.formats.delimited import parse

from .conftest import Got

HEAD = "id,body,label\n"


def test_quoted_fields_may_hold_delimiters_quotes_and_line_breaks(got):
    found = got(HEAD + '1,"a, ""b""\nand c\r\nd",x\n2,plain,y\n')
    assert found.items["body"] == ['a, "b"\nand c\r\nd', "plain"]
    assert found.reading.skipped == 0


@pytest.mark.parametrize(
    ("delimiter", "said"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "bars")]
)
def test_the_delimiter_is_detected_and_said(got, delimiter, said):
    text = "\n".join(
        delimiter.join(row) for row in (["id", "body"], ["1", "well, a; b"], ["2", "no"])
    ).replace("well, a; b", '"well, a; b | c"')
    found = got(text)
    assert found.items["body"] == ["well, a; b | c", "no"]
    assert found.reading.delimiter == said
    assert f"separated by {said}" in found.reading.notes()[0]


def test_a_delimiter_in_the_text_does_not_mislead(got):
    found = got("id;body\n" + "".join(f"{at};one, two, three\n" for at in range(20)))
    assert found.reading.delimiter == "semicolons"


def test_one_column_needs_no_quotes(got):
    found = got("body\nhello, world\nyes; no\n")
    assert found.items["body"] == ["hello, world", "yes; no"]
    assert found.reading.delimiter == "one column"


def test_a_spreadsheet_may_declare_its_delimiter(got):
    assert got("sep=;\nid;body\n1;a,b\n").items["body"] == ["a,b"]


@pytest.mark.parametrize("delimiter", ["tab", "\\t", "\t"])
def test_the_delimiter_may_be_told(got, delimiter):
    assert got("id\tbody\n1\tx\n", delimiter=delimiter).items["body"] == ["x"]


def test_a_delimiter_is_one_character(path_of):
    with pytest.raises(InputError, match="one character"):
        read(path_of("a,b\n1,2\n"), delimiter="::")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_lines_may_end_in_any_way(got, end, last):
    found = got(end.join(["id,body", "1,a", "2,b"]) + (end if last else ""))
    assert found.items == {"id": ["1", "2"], "body": ["a", "b"]}


def test_empty_lines_are_no_rows(got):
    assert got("\n\nid,body\n\n1,a\n\n\n2,b\n\n").items["id"] == ["1", "2"]


def test_a_wrong_number_of_columns_is_a_bad_row(got):
    found = got(HEAD + "1,a,x\n2,a,b,x\n3,c\n4,d,y\n", on_error="skip")
    assert found.items["id"] == ["1", "4"]
    assert found.said == [
        "tickets.csv, line 3: it has 4 columns instead of 3; put quotes around a field that holds a ,",
        "tickets.csv, line 4: it has 2 columns instead of 3",
    ]


def test_the_first_bad_row_stops_the_reading_unless_told_otherwise(got):
    with pytest.raises(RowError) as caught:
        got(HEAD + "1,a,x\n2,c\n3\n")
    assert (caught.value.file, caught.value.line) == ("tickets.csv", 3)


@pytest.mark.parametrize(
    "rows",
    [
        '1,"never closed,x\n2,b,y\n3,c,z\n',
        '1,"never closed,x\n2,"b",y\n3,"c",z\n',
        '1,"never closed,x\n2,b,y\n3,"c",z\n',
        '1,"never closed,x\n2,b,y\n3,c,"z"\n',
    ],
)
def test_a_quote_that_is_never_closed_costs_its_own_row_only(got, rows):
    found = got(HEAD + rows, on_error="skip")
    assert found.items["id"] == ["2", "3"]
    assert found.said[0].startswith("tickets.csv, line 2: ")
    assert "a quote opens here" in found.said[0]


def test_rows_between_two_lost_quotes_are_not_swallowed(got):
    rows = ['1,"lost,x', *(f"{at},b,y" for at in range(2, 9)), '9,found",z', "10,c,x"]
    found = got(HEAD + "\n".join(rows), on_error="skip")
    assert found.items["id"] == [str(at) for at in range(2, 11)]
    assert "over lines that look like rows of their own" in found.said[0]


def test_a_table_pasted_into_a_text_is_a_text(got):
    text = "see my table:\na,b,c\nd,e,f\ng,h,i\nj,k,l\nm,n,o\n"
    assert got(HEAD + f'1,"{text}",x\n2,b,y\n').items["body"] == [text, "b"]


def test_text_after_a_closing_quote_is_a_bad_row(got):
    found = got(HEAD + '1,"a" b,x\n2,c,y\n', on_error="skip")
    assert found.items["id"] == ["2"]
    assert "text follows a closing quote" in found.said[0]


def test_an_open_quote_does_not_eat_a_large_file(got):
    rows = "".join(f"{at},{'b' * 90},y\n" for at in range(2, 60_000))
    found = got(HEAD + '1,"lost,x\n' + rows, on_error="skip")
    assert len(found.items["id"]) == 59_998
    assert found.said == ["tickets.csv, line 2: a quote opens here and is never closed"]


def test_lines_are_counted_right_after_multi_line_fields_and_many_chunks(got):
    rows = "".join(f'{at},"two\nlines {"x" * 100}",y\n' for at in range(30_000))
    found = got(HEAD + rows + "bad\n", on_error="skip")
    assert len(found.items["id"]) == 30_000
    assert found.said == ["tickets.csv, line 60002: it has 1 column instead of 3"]


def test_a_field_over_a_megabyte_is_refused_by_row_and_column(got):
    found = got(
        HEAD + f"1,{'x' * 1_000_001},a\n2,{'é' * 600_000},b\n3,{'x' * 1_000_000},c\n", on_error="skip"
    )
    assert found.items["id"] == ["3"]
    assert found.said[0] == "tickets.csv, line 2, column 'body': it holds 1.0 MB; a field may hold 1 MB"
    assert found.said[1].startswith("tickets.csv, line 3, column 'body'")


def test_a_nul_is_refused_by_row_and_column(got):
    found = got(HEAD + "1,a\0b,x\n2,c,y\n", on_error="skip")
    assert found.items["id"] == ["2"]
    assert found.said == ["tickets.csv, line 2, column 'body': it holds a NUL byte, which is no text"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "tickets.csv is empty."),
        ("\n \n", "tickets.csv is empty."),
        ("id,body\n", "tickets.csv has columns (id, body) but no rows."),
        ("a,b,a\n1,2,3\n", "tickets.csv has 2 columns called 'a'; rename all but one."),
    ],
)
def test_a_file_without_rows_or_names_is_refused(got, content, said):
    with pytest.raises(InputError) as caught:
        got(content)
    assert caught.value.sentence == said


def test_columns_without_a_name_are_called_by_their_place(got):
    assert got(",body\n0,a\n1,b\n").items["column_1"] == ["0", "1"]


def test_skipped_rows_go_to_a_file(got, tmp_path):
    found = got(HEAD + "1,a,x\n=2+3,c\n3,c,z\n", on_error="skip")
    skipped = tmp_path / "tickets.skipped.csv"
    assert found.reading.summary()["skipped_file"] == str(skipped)
    rows = Got(read(skipped)).items
    assert rows["line"] == ["3"]
    assert rows["reason"] == ["it has 2 columns instead of 3"]
    assert rows["raw"] == ["=2+3,c"]
    assert '\n3,,it has 2 columns instead of 3,"\'=2+3,c",' in skipped.read_text().replace("\r\n", "\n")


def test_no_bad_rows_no_file(got, tmp_path):
    assert got(HEAD + "1,a,x\n", on_error="skip").reading.summary()["skipped_file"] is None
    assert not list(tmp_path.glob("*.skipped.csv"))


def test_progress_tells_rows_and_bytes(path_of):
    heard = []
    path = path_of(HEAD + "".join(f"{at},{'text ' * 30},x\n" for at in range(20_000)))
    for _ in read(path, progress=lambda *told: heard.append(told)):
        pass
    size = path.stat().st_size
    assert heard[-1] == (20_000, size, size)
    assert len(heard) >= 3


def test_a_reading_can_be_read_twice(path_of):
    reading = read(path_of("body\na\nb\na\n"))
    ids = [[one for table in reading for one in table["id"].to_pylist()] for _ in range(2)]
    assert ids[0] == ids[1]
    assert reading.rows == 3


def test_real_questions_with_line_breaks_are_read_whole(shared_data):
    found = Got(read(shared_data("banking77", "train.csv"), text="text", label="label"))
    assert len(found.items["text"]) == 10_003
    assert any("\n" in text for text in found.items["text"])
    assert len(set(found.labels)) == 77


fields = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=12)


@given(st.lists(st.lists(fields, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_whatever_the_csv_module_writes_is_read_as_it_reads_it(rows, delimiter):
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    lines = io.StringIO(file.getvalue(), newline="\n").readlines()
    found = parse(lines, delimiter, 3, first=1, final=True)
    taken = {tuple(row) for row in found.rows}
    refused = [one for one in found.problems if "look like rows of their own" not in one.reason]
    assert not refused
    assert found.problems or taken == {tuple(row) for row in rows}


@given(st.text(st.sampled_from('ab",\n\r'), max_size=40), st.integers(1, 3))
def test_any_text_is_read_or_refused_line_by_line(text, width):
    lines = io.StringIO(text, newline="\n").readlines()
    found = parse(lines, ",", width, first=1, final=True)
    assert found.used == len(lines)
    assert all(len(row) == width for row in found.rows)
    covered = [set(range(a + 1, b + 1)) for a, b in zip(found.starts, found.ends, strict=True)]
    covered += [{one.line} for one in found.problems]
    spoken_for = set().union(*covered) if covered else set()
    assert all(number in spoken_for or not line.strip() for number, line in enumerate(lines, start=1))
