"""Records of a CSV text: each with the lines it covers, and a reason where it is none."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field

from asklearn.formats.batch import MAX_FIELD, Problem

#: Stands for "one column": a character that separates nothing.
NO_DELIMITER = "\x1f"
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", NO_DELIMITER: "one column"}
#: A quoted field still open after this many characters is taken for one that was never closed.
MAX_OPEN = 4 * MAX_FIELD
# As many lines that all look like rows of their own, inside one quoted field, are taken for rows that a
# forgotten quote swallowed; text of few columns may look like that by chance.
_TELLING_LINES = {2: 8, 3: 4}


@dataclass(slots=True)
class Records:
    """Records of some lines; ``starts`` and ``ends`` are positions among these lines."""

    rows: list[list[str]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    used: int = 0


def allow_long_fields() -> None:
    """Lift the csv module's limit, which is the whole process's, above ours."""
    csv.field_size_limit(max(csv.field_size_limit(), 64 * 1024 * 1024))


def parse(lines: list[str], delimiter: str, width: int, *, first: int, final: bool) -> Records:
    """The records of some lines.

    Parameters
    ----------
    lines : list of str
        With their ends.
    delimiter : str
    width : int
        How many columns there are.
    first : int
        Number of the first of these lines in the file.
    final : bool
        Whether the file ends here; if not, a record that is open at the end is left for the next call:
        only ``used`` lines were used.
    """
    if not any('"' in line for line in lines):
        plain = _parse_plain(lines, delimiter, width)
        if plain is not None:
            return plain
    found = Records()
    while found.used < len(lines):
        if not _parse_run(lines, delimiter, width, first, found, final=final):
            break
    return found


def _parse_plain(lines: list[str], delimiter: str, width: int) -> Records | None:
    """One record a line, when all is well; None when it has to be looked at line by line."""
    try:
        rows = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    if any(len(row) != width for row in rows):
        return None
    places = list(range(len(rows)))
    return Records(rows, places, [place + 1 for place in places], [], len(lines))


def _parse_run(
    lines: list[str], delimiter: str, width: int, first: int, found: Records, *, final: bool
) -> bool:
    """Parse up to the next broken quote, and step over the line where it opens; False at the end."""
    base = begin = found.used
    reader = csv.reader(lines[base:], delimiter=delimiter, strict=True)
    try:
        for row in reader:
            end = base + reader.line_num
            reason = (
                ""
                if len(row) == width and end - begin == 1
                else _doubt(row, lines, begin, end, delimiter, width)
            )
            if not reason:
                if row:
                    found.rows.append(row)
                    found.starts.append(begin)
                    found.ends.append(end)
                begin = end
                continue
            if end - begin > 1:
                end = begin + 1
            found.problems.append(Problem(first + begin, reason, raw="".join(lines[begin:end])))
            begin = end
            if end < base + reader.line_num:
                found.used = begin
                return True
    except csv.Error as error:
        open_ = "unexpected end" in str(error)
        if open_ and not final and sum(map(len, lines[begin:])) <= MAX_OPEN:
            found.used = begin
            return False
        found.problems.append(Problem(first + begin, _say(error, open_=open_), raw=lines[begin]))
        found.used = begin + 1
        return True
    found.used = len(lines)
    return False


def _doubt(row: list[str], lines: list[str], begin: int, end: int, delimiter: str, width: int) -> str:
    """Why a record cannot be what was meant, or nothing."""
    if len(row) == width:
        if (
            end - begin >= _TELLING_LINES.get(width, 3)
            and width > 1
            and all(line.count(delimiter) == width - 1 for line in lines[begin:end])
        ):
            return (
                f"a quote opens here and closes {end - begin - 1} lines further on, over lines that look "
                "like rows of their own; close the quote on this line"
            )
        return ""
    if not row and end - begin == 1:
        return ""
    if end - begin > 1:
        return (
            f"a quote opens here, closes {end - begin - 1} lines further on, and makes {len(row)} columns "
            f"instead of {width}; close the quote on this line"
        )
    hint = f"; put quotes around a field that holds {_char(delimiter)}" if len(row) > width else ""
    return f"it has {_columns(len(row))} instead of {width}{hint}"


def _say(error: csv.Error, *, open_: bool) -> str:
    if open_:
        return "a quote opens here and is never closed"
    text = str(error)
    if "expected after" in text:
        return (
            "text follows a closing quote: a quote opens here and is not closed, or one inside is not doubled"
        )
    if "new-line character" in text:
        return "a lone carriage return stands outside quotes"
    return text


def _columns(count: int) -> str:
    return "1 column" if count == 1 else f"{count} columns"


def _char(delimiter: str) -> str:
    return {"\t": "a tab", NO_DELIMITER: "a quote"}.get(delimiter, f"a {delimiter}")


def detect_delimiter(lines: list[str], preferred: str = ",") -> str:
    """The delimiter that gives the most rows as many columns as the header; `NO_DELIMITER` for one column."""
    best, best_score = NO_DELIMITER, (0.0, 0, False)
    for delimiter in (",", ";", "\t", "|"):
        widths = [len(row) for row in _lenient(lines, delimiter) if row][:500]
        if not widths or widths[0] < 2:
            continue
        score = (widths.count(widths[0]) / len(widths), widths[0], delimiter == preferred)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _lenient(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error:
        return


def read_header(lines: list[str], delimiter: str) -> tuple[list[str], int]:
    """The first record that is not empty, and how many lines lie before the second."""
    reader = csv.reader(lines, delimiter=delimiter)
    for row in reader:
        if row:
            return row, reader.line_num
    return [], len(lines)
