"""Finding known phrases in a text: tokens, spelling, and longest matches.

A `Phrases` holds phrases with what they stand for. Tokens are compared without case, accents,
apostrophes and plural s, so that "UPenn's", "upenn" and "upenns" are one. A `*` in a phrase stands for
up to `GAP` tokens ("how much does * cost").
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

T = TypeVar("T")
GAP = 6
WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)*|[%#$+&]")


@dataclass(frozen=True)
class Token:
    """A word of a text: its normal form, as it was written, and where."""

    norm: str
    text: str
    start: int
    end: int
    corrected: bool = False


@dataclass(frozen=True)
class Span(Generic[T]):
    """A phrase found: tokens `first` up to (not with) `last`, and all that it stands for."""

    first: int
    last: int
    values: tuple[T, ...]
    phrase: tuple[str, ...]
    score: float = 1.0

    def __len__(self) -> int:
        return self.last - self.first

    def covers(self, other: Span[Any]) -> bool:
        """Whether the other span lies within this one."""
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: Span[Any]) -> bool:
        """Whether the spans share a token."""
        return self.first < other.last and other.first < self.last


def fold(text: str) -> str:
    """The text in lower case without accents, letter by letter, so that positions stay true."""
    return "".join(_fold_letter(c) for c in text)


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter).lower()[:1] or " "
    return "'" if base in "’‘`" else base


@lru_cache(maxsize=65536)
def norm(word: str) -> str:
    """The form in which tokens are compared.

    >>> norm("Clark's"), norm("schools"), norm("cities"), norm("class"), norm("isn't")
    ('clark', 'school', 'city', 'class', 'isnt')
    """
    word = "and" if word == "&" else word.lower()
    if word.endswith("'s"):
        word = word[:-2]
    word = word.replace("'", "")
    if len(word) > 4 and word.endswith("ies") and word.isalpha():
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word.isalpha():
        word = word[:-1]
    return word


def tokenise(text: str) -> tuple[Token, ...]:
    """The words of a text, in order."""
    folded = fold(text)
    return tuple(Token(norm(m[0]), m[0], m.start(), m.end()) for m in WORD.finditer(folded))


def key(phrase: str) -> tuple[str, ...]:
    """The tokens that a phrase is looked up by; `*` is kept."""
    return tuple(
        "*" if part == "*" else t.norm for part in phrase.split() for t in (tokenise(part) if part != "*" else (_ANY,))
    )


_ANY = Token("*", "*", 0, 0)


class Phrases(Generic[T]):
    """Phrases with what they stand for; a phrase may stand for several things."""

    def __init__(self, entries: Iterable[tuple[str, T]] = ()) -> None:
        self._by_key: dict[tuple[str, ...], list[T]] = defaultdict(list)
        self._by_first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for phrase, value in entries:
            self.add(phrase, value)

    def add(self, phrase: str, value: T) -> None:
        """Adds one phrase. An empty one is ignored."""
        self.add_key(key(phrase), value)

    def add_key(self, tokens: tuple[str, ...], value: T) -> None:
        """Adds a phrase by its tokens."""
        if not tokens:
            return
        if tokens not in self._by_key:
            self._by_first[tokens[0]].append(tokens)
            self._by_first[tokens[0]].sort(key=len, reverse=True)
        if value not in self._by_key[tokens]:
            self._by_key[tokens].append(value)

    def vocabulary(self) -> set[str]:
        """All tokens of all phrases."""
        return {t for phrase in self._by_key for t in phrase if t != "*"}

    def all(self) -> dict[tuple[str, ...], list[T]]:
        """Every phrase with what it stands for."""
        return dict(self._by_key)

    def find(self, tokens: Sequence[Token], *, overlapping: bool = False) -> list[Span[T]]:
        """The phrases in the text: at each place the longest; one inside another is dropped.

        With `overlapping`, every phrase at every place is returned.
        """
        found: list[Span[T]] = []
        for i, token in enumerate(tokens):
            for phrase in self._by_first.get(token.norm, ()):
                last = _match(phrase, tokens, i)
                if last is not None:
                    found.append(Span(i, last, tuple(self._by_key[phrase]), phrase))
                    if not overlapping:
                        break
        return found if overlapping else longest(found)


def longest(spans: Iterable[Span[T]]) -> list[Span[T]]:
    """The spans without those that overlap a longer (or as long and earlier) one, in order of place."""
    kept: list[Span[T]] = []
    for span in sorted(spans, key=lambda s: (-len(s.phrase), -s.score, s.first)):
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda s: s.first)


def _match(phrase: tuple[str, ...], tokens: Sequence[Token], start: int) -> int | None:
    """The end of the phrase when it stands at `start`; `*` takes as few tokens as it can, none included."""
    at = start
    for i, part in enumerate(phrase):
        if part == "*":
            rest = phrase[i + 1 :]
            for skip in range(GAP + 1):
                end = _match(rest, tokens, at + skip)
                if end is not None:
                    return end
            return None
        if at >= len(tokens) or tokens[at].norm != part:
            return None
        at += 1
    return at


class Spelling:
    """Corrects words that are nearly, but not quite, words that the advisor knows.

    A word is corrected when it is no common English word, and exactly one known word lies within one
    edit (five to eight letters) or two (nine and more). Of school names that hold a word
    of six letters or more, 93 in 100 are still known with one random typing error; without the list of
    common words "memory" becomes Emory (tests/advisor/nlu/test_spelling.py measures both).
    """

    def __init__(self, known: Iterable[str], preferred: Iterable[str] = (), joinable: Iterable[str] = ()) -> None:
        self._all = set(known)
        self._known = sorted(w for w in self._all if len(w) >= 5 and w.isalpha())
        self._preferred = set(preferred)
        self._joinable = {w for w in joinable if len(w) >= 8}
        self._common = common_words()

    def correct(self, tokens: Sequence[Token]) -> tuple[Token, ...]:
        """The tokens with misspelt ones replaced and words broken in two joined; `corrected` marks them."""
        out: list[Token] = []
        for token in tokens:
            joined = out[-1].norm + token.norm if out else ""
            if joined in self._joinable and not out[-1].corrected:
                out[-1] = Token(joined, f"{out[-1].text} {token.text}", out[-1].start, token.end, corrected=True)
            else:
                out.append(self._correct(token))
        return tuple(out)

    def _correct(self, token: Token) -> Token:
        best = self._nearest(token.norm)
        return token if best is None else replace(token, norm=best, corrected=True)

    @lru_cache(maxsize=8192)  # noqa: B019  one Spelling lives as long as the advisor
    def _nearest(self, word: str) -> str | None:
        if len(word) < 4 or not word.isalpha() or word in self._all or word in self._common:
            return None
        allowed = 1 if len(word) <= 8 else 2
        near = process.extract(word, self._known, scorer=OSA.distance, score_cutoff=allowed, limit=5)
        if not near:
            return None
        least = min(distance for _, distance, _ in near)
        tied = [w for w, distance, _ in near if distance == least]
        # The first letter is seldom the wrong one; a name matters more than a field's word.
        tied.sort(key=lambda w: (w not in self._preferred, w[0] != word[0], w))
        return str(tied[0])


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Common English words in their normal form, which are never taken for misspelt names."""
    path = Path(__file__).resolve().parent / "words.txt"
    return frozenset(norm(w) for w in path.read_text(encoding="utf-8").split())
