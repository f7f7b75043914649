"""The labels of a new project, from the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from asklearn.core.errors import InputError

if TYPE_CHECKING:
    from asklearn.tasks import LabelOption


def gather_labels(joined: str | None, repeated: Sequence[str] | None, file: Path | None) -> list[LabelOption]:
    """Labels in the order given: ``--labels``, then ``--label``, then the lines of ``--labels-file``."""
    from asklearn.tasks import LabelOption

    options = [LabelOption(name, name) for name in _split(joined)]
    options += [LabelOption(name, name) for name in repeated or ()]
    options += _read(file) if file else []
    return options


def _split(joined: str | None) -> list[str]:
    return [name.strip() for name in joined.split(",") if name.strip()] if joined else []


def _read(file: Path) -> list[LabelOption]:
    """One label a line; a tab sets off its description."""
    from asklearn.tasks import LabelOption

    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise InputError(f"{file} is not UTF-8 text; save the file of labels as UTF-8.") from None
    options = []
    for line in lines:
        name, _, description = line.partition("\t")
        if name.strip():
            options.append(LabelOption(name.strip(), name.strip(), description.strip()))
    return options
