"""Which encoding a text file is in, and its lines, whatever the encoding."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path

from asklearn.core.errors import InputError
from asklearn.core.files import storage_errors
from asklearn.formats.letters import ALPHABETS, is_japanese, latin_page

_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SAMPLE = 1 << 18
_CODE_PAGES = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "cp932", "gb18030", "big5", "cp949", "koi8_r",
]  # fmt: skip
_NAMES = {"utf-8-sig": "UTF-8 with BOM", "utf-8": "UTF-8", "utf-16": "UTF-16", "utf-32": "UTF-32",
          "utf-16-le": "UTF-16 without BOM", "utf-16-be": "UTF-16 without BOM"}  # fmt: skip
#: Halves of surrogate pairs: what no text may hold, and the marks of bytes that could not be decoded.
FOREIGN = re.compile("[\ud800-\udfff]")
_CHUNK = 1 << 20
_MAX_LINE = 64 * 1024 * 1024


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error("asklearn-mark", _mark)


def say_encoding(encoding: str) -> str:
    """The encoding as a person reads it, such as ``UTF-8 with BOM`` or ``windows-1252``."""
    name = encoding.replace("_", "-")
    return _NAMES.get(name) or (f"windows-{name[2:]}" if name.startswith("cp125") else name)


def check_encoding(encoding: str) -> str:
    """The name that Python knows the encoding by.

    Raises
    ------
    InputError
        When there is no such encoding.
    """
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise InputError(
            f"There is no encoding {encoding!r}; usual ones are utf-8, utf-16, windows-1252 and latin-1."
        ) from None


def detect_encoding(path: Path) -> str:
    """The encoding of a file: by its byte-order mark, by its zeros, as UTF-8, else the likeliest code page.

    Judges by the first part of the file that is not plain ASCII, wherever that is.
    """
    with storage_errors(path, "read"), path.open("rb") as file:
        sample = file.read(_SAMPLE)
        marked = next((name for bom, name in _BOMS.items() if sample.startswith(bom)), None)
        if marked or (marked := _by_zeros(sample)):
            return marked
        while sample and sample.isascii():
            sample = file.read(_SAMPLE)
        sample += file.readline(_SAMPLE)
    return "utf-8" if not sample or _mostly_utf8(sample) else _by_letters(sample)


def _by_zeros(sample: bytes) -> str | None:
    """UTF-16 without a mark: nearly every other byte of plain text is zero."""
    half = max(1, len(sample) // 2)
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.3 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.3 and odd < 0.05 else None


def _mostly_utf8(sample: bytes) -> bool:
    """Whether the sample is UTF-8, give or take a damaged byte and the letter it begins within."""
    text = sample.lstrip(bytes(range(0x80, 0xC0))).decode("utf-8", "asklearn-mark")
    bad = len(FOREIGN.findall(text))
    good = len(re.sub("[\x00-\x7f\ud800-\udfff]", "", text))
    return bad == 0 or good >= 10 * bad


def _by_letters(sample: bytes) -> str:
    """The code page whose letters make words; only lines that say something are weighed."""
    from charset_normalizer import from_bytes

    telling = b"\n".join(line for line in sample.split(b"\n") if not line.isascii())[:65_536]
    if is_japanese(telling):
        return "cp932"
    best = from_bytes(telling, cp_isolation=_CODE_PAGES, threshold=0.5).best()
    if best is None or best.encoding in (*ALPHABETS, "cp1258"):
        return latin_page(telling)
    return best.encoding


class TextLines:
    """The lines of a text file, in chunks of about a million characters.

    Parameters
    ----------
    path : Path
    encoding : str
        Bytes that are not of this encoding become marks (see `FOREIGN`), so that their line can be told.
    """

    def __init__(self, path: Path, encoding: str) -> None:
        self.path, self.encoding = path, encoding
        self.done = 0

    def chunks(self) -> Iterator[list[str]]:
        """Lists of lines with their ends; lines end at a line feed, or at returns where there is no other.

        Raises
        ------
        InputError
            On a line of more than 64 MB.
        """
        self.done = 0
        decode = codecs.getincrementaldecoder(self.encoding)("asklearn-mark")
        newline, rest, first = "", "", True
        with storage_errors(self.path, "read"), self.path.open("rb") as file:
            while block := file.read(_CHUNK):
                self.done += len(block)
                text = rest + decode.decode(block)
                if first:
                    text, first = text.removeprefix("\ufeff"), False
                newline = newline or _newline(text)
                lines = io.StringIO(text, newline=newline or "\n").readlines()
                rest = lines.pop() if lines and not lines[-1].endswith(newline or "\n") else ""
                if len(rest) > _MAX_LINE:
                    raise InputError(
                        f"{self.path.name} has a line of more than 64 MB; it is no table of texts."
                    )
                if lines:
                    yield lines
        rest += decode.decode(b"", final=True)
        if rest:
            yield io.StringIO(rest, newline=newline or "\n").readlines()


def _newline(text: str) -> str:
    if "\n" in text:
        return "\n"
    return "\r" if "\r" in text.rstrip("\r") else ""
