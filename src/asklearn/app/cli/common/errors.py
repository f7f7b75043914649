"""Every error as one sentence: red on stderr, or ``{"error": …}`` on stdout with ``--json``."""

from __future__ import annotations

import os
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from asklearn.app.cli.common.exits import ExitCode, exit_code
from asklearn.app.cli.common.output import print_json, say
from asklearn.core.errors import AsklearnError, RowError

_UsageError: type[Exception] = typer.BadParameter.__mro__[
    1
]  # typer ships click in some versions, needs it in others


class Commands(TyperGroup):
    """The root of all commands: whatever a command raises ends here, as a sentence and an exit code."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take ``--debug`` anywhere on the line, and remember whether JSON was asked for."""
        end = args.index("--") if "--" in args else len(args)
        ours, rest = args[:end], args[end:]
        ctx.meta["asklearn.json"] = "--json" in ours
        if "--debug" in ours:
            ours = ["--debug", *(one for one in ours if one != "--debug")]
        return super().parse_args(ctx, [*ours, *rest])

    def invoke(self, ctx: Any) -> Any:
        """Run the command that the line names."""
        with _told(as_json=ctx.meta["asklearn.json"], debug=bool(ctx.params.get("debug"))):
            return super().invoke(ctx)


@contextmanager
def _told(*, as_json: bool, debug: bool) -> Iterator[None]:
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except _UsageError as error:
        if not as_json:
            raise
        print_json({"error": str(getattr(error, "message", error))})
        raise typer.Exit(ExitCode.USAGE) from None
    except KeyboardInterrupt:
        _tell("Stopped.", as_json=as_json)
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    except BrokenPipeError:
        _silence_stdout()
        raise typer.Exit(ExitCode.OK) from None
    except Exception as error:
        if debug:
            raise
        sentence, code = describe(error)
        _tell(sentence, as_json=as_json)
        raise typer.Exit(code) from None


def describe(error: Exception) -> tuple[str, ExitCode]:
    """The sentence and the exit code of an error; one that nobody foresaw is written to a log."""
    if isinstance(error, AsklearnError):
        return said(error), exit_code(error)
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        code = ExitCode.INPUT if isinstance(error, FileNotFoundError) else ExitCode.STORAGE
        return f"{where}{error.strerror}.", code
    sentence = (
        f"asklearn ran into something that it did not foresee ({type(error).__name__}: {error}); "
        f"the details are in {_write_log(error)}, and --debug shows them here."
    )
    return sentence, ExitCode.BUG


def said(error: AsklearnError) -> str:
    """Its sentence, always with a full stop; a bad row's reason has none, as it also stands in tables."""
    open_end = isinstance(error, RowError) and not error.sentence.endswith(".")
    return f"{error.sentence}." if open_end else error.sentence


def _tell(sentence: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"error": sentence})
    else:
        say(sentence, style="red")


def _write_log(error: Exception) -> Path:
    """Keep the traceback in a file of the user's own; returns its path."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    handle, path = tempfile.mkstemp(prefix=f"asklearn-{stamp}-", suffix=".log")
    with os.fdopen(handle, "w", encoding="utf-8") as log:
        traceback.print_exception(error, file=log)
    return Path(path)


def _silence_stdout() -> None:
    """Nobody reads any more: keep the interpreter from complaining about it when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
