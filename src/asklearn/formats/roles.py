"""Which column of a source is what: texts, id, label, prediction, probabilities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from asklearn.core.errors import InputError

EXPORTED = ("id", "label", "confidence", "state", "labelled_at", "same_as")
"""How the columns of exported labels begin; the item's own fields come after them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """Columns by their role, as they are called in the source.

    Attributes
    ----------
    text : tuple of str
        Columns with the text to label; empty when all fields together are the content.
    id : str or None
        None when ids are made of content.
    label, prediction : str or None
    probabilities : mapping of str to str
        Label to the column with its probability.
    fields : mapping of str to str
        Columns that items carry, to their names in the pool.
    """

    text: tuple[str, ...] = ()
    id: str | None = None
    label: str | None = None
    prediction: str | None = None
    probabilities: Mapping[str, str]
    fields: Mapping[str, str]

    @property
    def source_text(self) -> tuple[str, ...]:
        """Columns with the text, as the source calls them."""
        return tuple(name for name, field in self.fields.items() if field in self.text)

    @property
    def content(self) -> tuple[str, ...]:
        """Fields that make an item's content."""
        return self.text or tuple(self.fields.values())


def find_roles(
    columns: Sequence[str],
    source: str,
    *,
    text: str | Sequence[str] | None,
    id: str | None,
    label: str | None,
    prediction: str | None,
    probabilities: str | Sequence[str] | Mapping[str, str] | None,
) -> Roles:
    """Look the named columns up.

    Raises
    ------
    InputError
        When one is not there (names the nearest), or has two roles.
    """
    if any("\0" in name for name in columns):
        raise InputError(f"{source} has a column whose name holds a NUL byte; check that it is a text file.")
    texts = () if text is None else (text,) if isinstance(text, str) else tuple(text)
    own = "id" if id is None and "id" in columns and "id" not in texts else id
    shares = _shares(columns, source, probabilities)
    for name in (*texts, own, label, prediction, *shares.values()):
        if name is not None and name not in columns:
            raise _missing(name, columns, source)
    used = [one for one in (own, label, prediction, *shares.values()) if one is not None]
    twice = next((one for one in (*used, *texts) if [*used, *texts].count(one) > 1), None)
    if twice is not None:
        raise InputError(f"Column {twice!r} of {source} cannot be two things at once; name it once.")
    exported = EXPORTED if tuple(columns[: len(EXPORTED)]) == EXPORTED else ()
    rest = [name for name in columns if name not in used and (name not in exported or name in texts)]
    if not rest:
        raise InputError(
            f"{source} has no column left that could be an item's text; its columns are: {_list(columns)}."
        )
    fields = {name: _free("id_", rest) if name == "id" else _field(name, exported) for name in rest}
    return Roles(
        text=tuple(fields[one] for one in texts),
        id=own,
        label=label,
        prediction=prediction,
        probabilities=shares,
        fields=fields,
    )


def _field(name: str, exported: Sequence[str]) -> str:
    """What an item's field was called before an export moved it out of the way of its own columns."""
    own = name.removeprefix("field_")
    return own if own in exported else name


def _free(name: str, taken: Sequence[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _shares(
    columns: Sequence[str], source: str, probabilities: str | Sequence[str] | Mapping[str, str] | None
) -> dict[str, str]:
    """Label to column: as mapped, or the columns of a prefix, or a list of columns that share one."""
    if probabilities is None:
        return {}
    if isinstance(probabilities, Mapping):
        return dict(probabilities)
    if isinstance(probabilities, str):
        found = [name for name in columns if name.startswith(probabilities) and name != probabilities]
        if not found:
            raise InputError(
                f"No column of {source} starts with {probabilities!r}; its columns are: {_list(columns)}."
            )
        return {name.removeprefix(probabilities): name for name in found}
    prefix = _prefix(list(probabilities))
    return {name.removeprefix(prefix): name for name in probabilities}


def _prefix(names: list[str]) -> str:
    """What all names share up to a separator: ``p_`` of ``p_bug`` and ``p_billing``."""
    if len(names) < 2:
        return ""
    first, last = min(names), max(names)
    common = first[
        : next((at for at, pair in enumerate(zip(first, last, strict=False)) if len(set(pair)) > 1), None)
    ]
    return common[: 1 + max(common.rfind(mark) for mark in "_-.: ")]


def _missing(name: str, columns: Sequence[str], source: str) -> InputError:
    near = get_close_matches(name, columns, n=1, cutoff=0.5) or [
        one for one in columns if one.strip().lower() == name.strip().lower()
    ]
    hint = f"did you mean {near[0]!r}? Its" if near else "its"
    return InputError(f"{source} has no column {name!r}; {hint} columns are: {_list(columns)}.")


def _list(columns: Sequence[str]) -> str:
    shown = ", ".join(columns[:20])
    return shown + (f" and {len(columns) - 20} more" if len(columns) > 20 else "")
