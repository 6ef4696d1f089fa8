"""How much of a query's wording a text shares: for names and terms that meaning alone blurs."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

STOPWORDS = """
a about after all also am an and any anything are as at be because been being but by can could d did do
does doing don don't dont for from get gets give given go going got had has have having he her here him
his how i i'd i'll i'm if im in into is it it's its just know let like ll make makes many may me might
mine more most much must my need of on one only or other our out over please really s say says she
should so some something such t tell than that that's the their them then there these they thing things
this those to too us ve very want wants was we were what what's when where whether which while who whom
whose why will with would you your
"""
"""Words that every question has, whatever it is about."""

_STOPWORDS = frozenset(STOPWORDS.split())


def terms(text: str) -> list[str]:
    """The words of a text that carry meaning, lower-case, the plural's "s" off.

    >>> terms("Which companies pay tuition fees?")
    ['company', 'pay', 'tuition', 'fee']
    """
    words = (word.replace("’", "'").removesuffix("'s") for word in WORD.findall(text.lower()))
    return [_singular(word) for word in words if word not in _STOPWORDS]


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


class Lexical:
    """The words of n texts, weighted by how rare they are among them (the idf of BM25)."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._size = len(texts)
        rows: dict[str, list[int]] = {}
        for row, text in enumerate(texts):
            for term in dict.fromkeys(terms(text)):
                rows.setdefault(term, []).append(row)
        self._rows = {term: np.array(found) for term, found in rows.items()}

    def scores(self, query: str) -> NDArray[np.float32]:
        """For each text, the share of the query's weight that its words cover: float32 [n], 0 to 1.

        A word that no text has weighs most, so that a query about something else scores low.
        """
        covered = np.zeros(self._size, dtype=np.float32)
        total = 0.0
        for term in set(terms(query)):
            rows = self._rows.get(term)
            weight = self._weight(0 if rows is None else len(rows))
            total += weight
            if rows is not None:
                covered[rows] += weight
        return covered / np.float32(total) if total else covered

    def _weight(self, count: int) -> float:
        return math.log(1 + (self._size - count + 0.5) / (count + 0.5))
