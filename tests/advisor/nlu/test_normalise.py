"""Normalising text, and the words in it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, strategies as st

from advisor.nlu.normalise import normalise, plain, words


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  What’s  CMU’s\ttuition ", "what's cmu's tuition"),
        ("“45–50K”", '"45-50k"'),
        ("−5 — x", "-5 - x"),
        ("ＣＭＵ", "cmu"),
        ("un\u200bder \u202e20k\x00", "under 20k"),
        ("a\u00a0b", "a b"),
        ("1) a\r\n\r\n 2) b", "1) a\n2) b"),
        ("٣٠k", "30k"),
        ("\ud800x", "x"),
        ("", ""),
        ("\u200b \n ", ""),
    ],
)
def test_evens_out(raw: str, text: str) -> None:
    assert normalise(raw).text == text
    assert normalise(raw).raw == raw


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("c++ or c#?", ["c++", "or", "c#"]),
        ("u-dub, co-op.", ["u-dub", "co-op"]),
        ("ml² at at&t", ["ml²", "at", "at&t"]),
        ("98% or 98+ of $1.5k", ["98%", "or", "98+", "of", "$1.5k"]),
        ("the u.s. and a ph.d. in b.tech", ["the", "u.s.", "and", "a", "ph.d.", "in", "b.tech"]),
        ("don't pay 30,000.", ["don't", "pay", "30,000"]),
        ("#12, ms/phd", ["#12", "ms", "phd"]),
        ("cheap.which one", ["cheap", "which", "one"]),
        ("cmu.edu", ["cmu.edu"]),
        (">=95%", [">=", "95%"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [token.text for token in words(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("São Paulo", "sao paulo"),
        ("ML²", "ml2"),
        ("Emory's", "emorys"),
        ("AT&T", "at t"),
        ("Co-op (CPT)", "co op cpt"),
        ("  ", ""),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


@given(st.text())
def test_normalising_twice_changes_nothing(raw: str) -> None:
    text = normalise(raw).text
    assert normalise(text).text == text
    assert "  " not in text
    text.encode("utf-8")


@given(st.text())
def test_words_and_plain_take_any_text(raw: str) -> None:
    for token in words(raw):
        assert raw[token.start : token.end] == token.text
    plain(raw)


@pytest.mark.parametrize("char", [" ", "\t", "\n", " \n", "\u200b", "\ufdfa", "a.", "'"])
def test_4000_hostile_characters_are_quick_and_stay_short(char: str) -> None:
    raw = (char * 4000)[:4000]
    seconds = []
    for _ in range(3):
        begin = time.process_time()
        text = normalise(raw).text
        words(text)
        seconds.append(time.process_time() - begin)
    assert min(seconds) <= 0.02
    assert len(text) <= 16000
