"""Text as the readers want it: case, Unicode and spacing made even. The only cleaning of text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′´`ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
        "⁄": "/",
    }
)
# Line breaks stay (as one "\n"): they end a clause. Every other run of white space is one blank.
# One step after the other, since a single pattern would take time by the square of a long run.
_BREAK = re.compile(r"[\r\v\f\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n[ \n]*")

LONGEST_GROWTH = 4
"""Times that NFKC may lengthen a text; one letter can stand for 18, and many are meant to harm."""

_TOKEN = re.compile(
    r"""
      [$€£₹\#]?\d+(?:[.,]\d+)*(?:%|\+(?!\d)|[^\W\d_]+)?    # $1.5k  30,000  98%  98+  #12  3rd
    | (?:[^\W\d_]\.){2,}                                   # u.s.  m.s.
    | ph\.?d\b\.?
    | [^\W\d_]\.[^\W\d_]{2,}                               # b.tech
    | \w+\.(?:edu|com|org|net|js|io|ai)\b
    | c(?:\+\+|\#)
    | \w+(?:['&-]\w+)*                                     # at&t  u-dub  co-op  emory's
    | [<>]=?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NOT_WORD = re.compile(r"[\W_]+")
_POSSESSIVE = re.compile(r"'(?=s?\b)")


@dataclass(frozen=True)
class Utterance:
    """What the student wrote, as written (`raw`) and evened out (`text`). Offsets refer to `text`."""

    raw: str
    text: str


@dataclass(frozen=True)
class Token:
    """A word of a text, with its place in it."""

    text: str
    start: int
    end: int


def normalise(text: str) -> Utterance:
    """The utterance: NFKC, lower case, plain quotes, dashes and digits, single blanks, nothing invisible.

    >>> normalise("  Under\\u00a0‘45–50K’ ").text
    "under '45-50k'"
    """
    # The dashes come first: NFKC would turn an acute accent that stands alone into a blank and a mark.
    text_plain = text.translate(_PLAIN)
    form: Literal["NFC", "NFKC"] = "NFKC"
    if len(unicodedata.normalize(form, text_plain)) > LONGEST_GROWTH * len(text_plain):
        form = "NFC"
    even = unicodedata.normalize(form, text_plain).translate(_PLAIN).lower()
    even = "".join(_visible(char) for char in _BREAK.sub("\n", even))
    # Removing what is invisible can bring a letter and its mark together, so composing comes once more.
    even = _BLANKS.sub(" ", unicodedata.normalize(form, even))
    return Utterance(raw=text, text=_BREAKS.sub("\n", even).strip())


def _visible(char: str) -> str:
    """The character, digits of any script as 0-9; nothing for controls, surrogates and the invisible."""
    if char < "\x7f":
        return char if char >= " " or char == "\n" else " " if char == "\t" else ""
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    return "" if category in ("Cc", "Cf", "Cs", "Co", "Cn") else char


def words(text: str) -> list[Token]:
    """The words of a text: names such as "c++", "at&t" and "u.s." and figures such as "98%" are one each.

    >>> [token.text for token in words("u-dub, 98% & c++?")]
    ['u-dub', '98%', 'c++']
    """
    return [Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def plain(text: str) -> str:
    """The text for comparing names: lower case, no accents, blanks for punctuation, "²" as "2".

    >>> plain("Université de Montréal's ML² Co-op")
    'universite de montreals ml2 co op'
    """
    even = unicodedata.normalize("NFKD", normalise(text).text)
    bare = "".join(char for char in even if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", _POSSESSIVE.sub("", bare)).strip()
