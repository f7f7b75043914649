"""Writing: what goes out comes in again unchanged, and no field runs as a formula."""

from __future__ import annotations

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asklearn.core.errors import InputError, StorageError
from asklearn.formats import read, write

from .conftest import Got

TABLE = pa.table(
    {
        "id": ["007", "1.0", "=x", "d"],
        "body": ["=SUM(A1)", "'quoted", 'a\r\nb\rc, "d"', "@me"],
        "label": ["None", "N/A", "a,b/c", "-1"],
    }
)


@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "json", "parquet"])
def test_what_goes_out_comes_in_again(tmp_path, ending):
    path = write(TABLE, tmp_path / f"out.{ending}")
    found = Got(read(path, text="body", label="label"))
    assert found.items == {"id": TABLE["id"].to_pylist(), "body": TABLE["body"].to_pylist()}
    assert found.labels == TABLE["label"].to_pylist()


words = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), min_size=0, max_size=8)
risky = st.builds("".join, st.tuples(st.sampled_from(["", "=", "'", "''=", "-", "\t", "\r", "＝"]), words))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(risky, min_size=1, max_size=6),
    header=st.sampled_from(["body", "=body", "'body", "a,b", "asklearn"]),
    ending=st.sampled_from(["csv", "tsv", "jsonl", "parquet"]),
)
def test_any_text_survives_any_format(tmp_path, texts, header, ending):
    ids = [f"{at}" for at in range(len(texts))]
    path = write(pa.table({"id": ids, header: texts, "z": ids}), tmp_path / f"out.{ending}")
    assert Got(read(path)).items == {"id": ids, header: texts, "z": ids}


def test_no_field_of_a_csv_starts_a_formula(tmp_path):
    path = write(TABLE, tmp_path / "out.csv")
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["id", "body", "label", "asklearn:escaped"]
    assert rows[1] == ["007", "'=SUM(A1)", "None", ""]
    assert not [field for row in rows for field in row if field.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_csv_without_risky_fields_is_plain(tmp_path):
    path = write(pa.table({"id": ["a"], "body": ["it's 'fine'"]}), tmp_path / "out.csv")
    assert path.read_text() == "id,body\n" + "a,it's 'fine'\n"


def test_an_apostrophe_in_a_foreign_csv_is_left_alone(got):
    assert got("id,body\n1,'=1\n2,''x\n").items["body"] == ["'=1", "''x"]


def test_numbers_truth_and_nothing_have_their_usual_spelling(tmp_path):
    table = pa.table({"n": [-1, None], "x": [1.5, float("nan")], "b": [True, None], "v": [[1, 2], None]})
    assert write(table, tmp_path / "out.csv").read_text() == 'n,x,b,v\n-1,1.5,true,"[1,2]"\n,,,\n'
    assert write(table, tmp_path / "out.jsonl").read_text() == (
        '{"n": -1, "x": 1.5, "b": true, "v": [1, 2]}\n{"n": null, "x": null, "b": null, "v": null}\n'
    )


def test_a_folder_for_hugging_face(tmp_path):
    folder = write(TABLE, tmp_path / "my labels", "datasets", card="Made of tickets.")
    assert pq.read_table(folder / "data" / "train.parquet") == TABLE
    head, _, rest = (folder / "README.md").read_text().removeprefix("---\n").partition("---\n")
    assert head.splitlines() == [
        'pretty_name: "my labels"', "configs:", "- config_name: default", "  data_files:",
        "  - split: train", "    path: data/train.parquet",
    ]  # fmt: skip
    assert "Made of tickets." in rest
    assert "4 rows" in rest


@pytest.mark.parametrize(
    ("name", "format", "said"),
    [
        ("out", None, "does not say its format"),
        ("out.xlsx", None, "does not say its format"),
        ("out.csv", "parqet", "did you mean 'parquet'"),
        ("out.csv", "xml", "there are: csv"),
    ],
)
def test_an_unknown_format_is_said(tmp_path, name, format, said):
    with pytest.raises(InputError, match=said):
        write(TABLE, tmp_path / name, format)


def test_a_folder_in_the_way_is_said(tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        write(TABLE, tmp_path, "csv")


def test_a_table_with_our_own_mark_is_refused(tmp_path):
    with pytest.raises(InputError, match="asklearn:escaped"):
        write(pa.table({"asklearn:escaped": ["x"]}), tmp_path / "out.csv")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, which only Linux has")
def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    path = write(TABLE, tmp_path / "out.csv")
    before = path.read_bytes()
    monkeypatch.setattr("asklearn.formats.writing._WRITERS", {"csv": lambda table, path: _fill_disk()})
    with pytest.raises(StorageError, match="the disk is full"):
        write(TABLE, path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]


def _fill_disk():
    Path("/dev/full").write_text("x")
