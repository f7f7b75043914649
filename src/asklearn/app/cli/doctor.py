"""``asklearn doctor``: whether everything is well here, and what is slow and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from asklearn.app.cli.common import health
from asklearn.app.cli.common import options as o
from asklearn.app.cli.common.exits import ExitCode
from asklearn.app.cli.common.health import Finding
from asklearn.app.cli.common.opening import SETTINGS, find_project, opened, projects_in
from asklearn.app.cli.common.output import present
from asklearn.app.cli.common.progress import waiting
from asklearn.app.cli.common.trust import trust_file
from asklearn.core.errors import AsklearnError

if TYPE_CHECKING:
    from asklearn.project import Project

MARKS = {"ok": ("✓", "green"), "note": ("·", "dim"), "warning": ("!", "yellow"), "problem": ("✗", "red")}


def doctor(
    project: o.ProjectArgument = None,
    trust: Annotated[
        Path | None,
        typer.Option("--trust", help="A skops file whose types the project may load from now on."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="With --trust: do it without asking.")] = False,
    home: o.Home = o.HERE,
    json: o.Json = False,
) -> None:
    """Check versions, optional parts, the project's store and files, and what is slow here and why."""
    if trust is not None:
        with opened(home, project) as one:
            trust_file(one, trust, yes=yes, as_json=json)
        return
    with waiting("Looking"):
        findings = list(_findings(home, project))
    well = all(one.state != "problem" for one in findings)
    present(
        {"well": well, "findings": findings}, as_json=json, people=lambda console: _show(console, findings)
    )
    if not well:
        raise typer.Exit(ExitCode.INPUT)


def _findings(home: Path, name: str | None) -> Iterator[Finding]:
    yield from health.versions()
    yield health.sqlite()
    yield from health.extras()
    if name is not None or (home / SETTINGS).is_file() or projects_in(home):
        yield from _project_findings(home, name)
    else:
        yield health.disk(home)
    yield health.encoder()


def _project_findings(home: Path, name: str | None) -> Iterator[Finding]:
    try:
        folder = find_project(home, name)
        yield health.disk(folder)
        with opened(home, name) as project:
            yield from _inside(project, folder)
    except AsklearnError as error:
        yield Finding("project", "problem", error.sentence)


def _inside(project: Project, folder: Path) -> Iterator[Finding]:
    wrong = project.check()
    for sentence in wrong:
        yield Finding("store", "problem", sentence)
    if not wrong:
        yield Finding("store", "ok", f"The project {project.name} is whole")
    secret = folder / "secret"
    if secret.is_file():
        mode = secret.stat().st_mode & 0o777
        if mode & 0o077:
            sentence = (
                f"{secret} can be read by others (mode {mode:o}); chmod 600 it, for it signs the cookies."
            )
            yield Finding("secret", "problem", sentence, f"{mode:o}")
        else:
            yield Finding("secret", "ok", "The secret that signs cookies is yours alone", f"{mode:o}")


def _show(console: Any, findings: list[Finding]) -> None:
    from rich.text import Text

    for one in findings:
        mark, style = MARKS[one.state]
        console.print(Text(f"{mark} ", style=style) + Text(one.sentence))
