"""A mistake is one sentence and an exit code, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from asklearn.app.cli.common.errors import Commands
from asklearn.core.errors import (
    AsklearnError,
    Conflict,
    InputError,
    MissingExtra,
    NotFound,
    NothingToAsk,
    NotReady,
    StorageError,
    VersionMismatch,
)


def failing(error: BaseException) -> typer.Typer:
    """A program whose one command raises the error."""
    program = typer.Typer(cls=Commands, pretty_exceptions_enable=False)

    @program.callback()
    def root(debug: bool = False) -> None: ...

    @program.command()
    def fail(json: bool = typer.Option(False, "--json"), number: int = 0) -> None:
        raise error

    return program


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError("Such a file cannot be read."), 1),
        (NotFound("There is no such item."), 1),
        (NothingToAsk("Everything has its label."), 3),
        (NotReady("There is no model yet."), 3),
        (Conflict("Somebody else learns."), 3),
        (StorageError("The disk is full."), 4),
        (VersionMismatch("Made by a newer asklearn."), 5),
        (MissingExtra("Reading pictures", "images"), 5),
    ],
    ids=lambda one: type(one).__name__ if isinstance(one, AsklearnError) else str(one),
)
def test_each_kind_of_error_has_its_exit_code(error, code):
    plain = CliRunner().invoke(failing(error), ["fail"])
    assert (plain.exit_code, plain.stdout, plain.stderr) == (code, "", f"{error.sentence}\n")
    json = CliRunner().invoke(failing(error), ["fail", "--json"])
    assert json.exit_code == code
    assert json.stdout == f'{{"error": "{error.sentence}"}}\n'
    assert json.stderr == ""


def test_a_full_disk_is_a_sentence_too():
    shown = CliRunner().invoke(failing(OSError(28, "No space left on device", "out.csv")), ["fail"])
    assert (shown.exit_code, shown.stderr) == (4, "out.csv: No space left on device.\n")


def test_what_nobody_foresaw_is_a_sentence_with_the_traceback_in_a_log(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    shown = CliRunner().invoke(failing(ZeroDivisionError("division by zero")), ["fail"])
    (log,) = Path(tmp_path).glob("asklearn-*.log")
    assert shown.exit_code == 70
    assert str(log) in shown.stderr
    assert "Traceback" not in shown.stderr
    assert "ZeroDivisionError: division by zero" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("line", [["--debug", "fail"], ["fail", "--debug"]])
def test_debug_shows_the_traceback_wherever_it_stands(line):
    shown = CliRunner().invoke(failing(ZeroDivisionError("division by zero")), line)
    assert isinstance(shown.exception, ZeroDivisionError)


def test_control_c_is_said():
    shown = CliRunner().invoke(failing(KeyboardInterrupt()), ["fail"])
    assert (shown.exit_code, shown.stderr) == (130, "Stopped.\n")


@pytest.mark.parametrize("line", [["fail", "--number", "many", "--json"], ["fail", "--nonsense", "--json"]])
def test_a_wrong_line_is_json_too_when_asked_for(line):
    shown = CliRunner().invoke(failing(InputError("never reached")), line)
    assert shown.exit_code == 2
    assert shown.stdout.startswith('{"error": ')
    assert shown.stderr == ""
