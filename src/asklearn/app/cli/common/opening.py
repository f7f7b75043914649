"""Which project a command means."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from asklearn.core.errors import InputError, NotFound

if TYPE_CHECKING:
    from asklearn.project import Project

SETTINGS = "asklearn.toml"


def find_project(home: Path, name: str | None) -> Path:
    """The project's folder: the one named, the current one, or the only one in ``home``.

    Raises
    ------
    NotFound
        When there is none.
    InputError
        When there are several and none is named.
    """
    if name is not None:
        for folder in (home / name, Path(name)):
            if (folder / SETTINGS).is_file():
                return folder
        raise NotFound(f"There is no project {name!r} in {_shown(home)}.{_others(home)}")
    if (home / SETTINGS).is_file():
        return home
    found = projects_in(home)
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(
            f"There is no project in {_shown(home)}; make one with: asklearn new FILE --labels a,b"
        )
    raise InputError(f"There are several projects in {_shown(home)}; name one of {_names(found)}.")


def projects_in(home: Path) -> list[Path]:
    """Folders of projects directly in ``home``, by name."""
    return sorted(settings.parent for settings in home.glob(f"*/{SETTINGS}"))


@contextmanager
def opened(home: Path, name: str | None) -> Iterator[Project]:
    """The project in its folder, closed again at the end."""
    folder = find_project(home, name)
    from asklearn.project import Project

    project = Project.open(folder)
    try:
        yield project
    finally:
        project.close()


def _shown(home: Path) -> str:
    return str(home.resolve())


def _names(folders: list[Path]) -> str:
    return ", ".join(folder.name for folder in folders)


def _others(home: Path) -> str:
    found = projects_in(home)
    return f" There are: {_names(found)}." if found else ""
