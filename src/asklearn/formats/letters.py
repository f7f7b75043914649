"""Which code page a text is in: the one in which its letters are those of one language.

A detector that looks at frequencies cannot tell the Latin pages apart in a few lines, since they differ
in a handful of letters; the alphabets can. The same holds for Japanese, by its kana.
"""

from __future__ import annotations

#: Code pages, the most usual first, with the letters beyond ASCII of the languages written in them; those
#: behind a space are rare, so that a text of nothing else is more likely of another language.
ALPHABETS = {
    "cp1252": (
        "äöüß", "éèêëàçïùœ âîôû", "áéíóúñüºª", "áâãàçéêíóôõúºª", "àèéìòù", "åäöé", "åæøé", "éëïèóü",
    ),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž"),
    "cp1254": ("çğıöşüİâî",),
    "cp1257": ("āčēģīķļņšūž", "ąčęėįšųūž", "äõöüšž"),
}  # fmt: skip


def latin_page(sample: bytes) -> str:
    """The Latin code page in which most of the sample's letters belong to one language."""
    return max(ALPHABETS, key=lambda page: _share(sample.decode(page, "replace"), ALPHABETS[page]))


def is_japanese(sample: bytes) -> bool:
    """Whether the sample is Shift JIS: it decodes, and a third of its letters are kana."""
    letters = [one for one in sample.decode("cp932", "replace") if not one.isascii()]
    kana = sum("\u3040" <= one <= "\u30ff" for one in letters)
    return "\ufffd" not in letters and 3 * kana >= len(letters) > 0


def _share(text: str, alphabets: tuple[str, ...]) -> float:
    """The largest share of the letters beyond ASCII that one alphabet has."""
    letters = [one for one in text if not one.isascii() and (one.isalpha() or one == "\ufffd")]
    if not letters:
        return 0.0
    return max(sum(_weight(one, alphabet) for one in letters) for alphabet in alphabets) / len(letters)


def _weight(letter: str, alphabet: str) -> float:
    common, _, rare = alphabet.partition(" ")
    if letter in common or letter.lower() in common:
        return 1.0
    return 0.6 if letter.lower() in (*rare,) else 0.0
