"""Cutting a message into the parts that each want an answer."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, strategies as st

from advisor.nlu.clauses import split
from advisor.nlu.normalise import normalise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # one
        (
            "what is the tuition and graduation rate of cmu",
            ["what is the tuition and graduation rate of cmu"],
        ),
        ("compare cmu and usc", ["compare cmu and usc"]),
        ("what's emory's rank and score", ["what's emory's rank and score"]),
        ("which schools are public and are in texas", ["which schools are public and are in texas"]),
        ("which school is public and is in texas", ["which school is public and is in texas"]),
        ("which schools have a co-op and have a thesis", ["which schools have a co-op and have a thesis"]),
        ("cmu or usc, which is cheaper", ["cmu or usc, which is cheaper"]),
        ("BU vs NEU, which one has more labs?", ["BU vs NEU, which one has more labs?"]),
        (
            "i have both admits from bu or neu, which is better",
            ["i have both admits from bu or neu, which is better"],
        ),
        ("is st. louis in the u.s. a good place", ["is st. louis in the u.s. a good place"]),
        ("min gpa 3.0 at penn state?", ["min gpa 3.0 at penn state?"]),
        (
            "i have a b.tech. and an m.s. e.g. in cs i.e. ph.d. vs. work",
            ["i have a b.tech. and an m.s. e.g. in cs i.e. ph.d. vs. work"],
        ),
        ("can i get by on $1.5k in d.c. or not", ["can i get by on $1.5k in d.c. or not"]),
        ("hello", ["hello"]),
        ("30k, boston, public", ["30k, boston, public"]),
        ("...", ["..."]),
        # several
        (
            "how much is BU and how much is northeastern, both boston right",
            ["how much is BU", "how much is northeastern, both boston right"],
        ),
        ("is cmu private and does it have a thesis", ["is cmu private", "does it have a thesis"]),
        ("what is the tuition? is it stem?", ["what is the tuition?", "is it stem?"]),
        (
            "how long is it, what does it cost, is it online",
            ["how long is it", "what does it cost", "is it online"],
        ),
        (
            "what about penn, and does it have a thesis, also how long is it",
            ["what about penn", "does it have a thesis", "how long is it"],
        ),
        ("tell me about bu and what about emory", ["tell me about bu", "what about emory"]),
        ("tuition at cmu; rank of usc", ["tuition at cmu;", "rank of usc"]),
        (
            "1) asu tempe tuition for intl 2) cs pay there 3) is it stem",
            ["asu tempe tuition for intl", "cs pay there", "is it stem"],
        ),
        ("1. how much is cmu 2. is it stem", ["how much is cmu", "is it stem"]),
        ("- tuition of bu\n- rank of cmu", ["tuition of bu", "rank of cmu"]),
        ("a) cost of bu b) rank of bu", ["cost of bu", "rank of bu"]),
        ("first line\nsecond line", ["first line", "second line"]),
        ("i live in the u.s. which schools are cheap", ["i live in the u.s.", "which schools are cheap"]),
        ("that is cheap.which one is best", ["that is cheap.", "which one is best"]),
        ("my gpa is 3.4 and what does cmu cost", ["my gpa is 3.4", "what does cmu cost"]),
        (
            "btech from vit, 8.4 cgpa, parents give 35k. no loan. which of the 25 can i pay for",
            ["btech from vit, 8.4 cgpa, parents give 35k.", "no loan.", "which of the 25 can i pay for"],
        ),
        # tails
        ("what is the rank of emory? lol. thanks!", ["what is the rank of emory? lol. thanks!"]),
        ("tell me about bu. please", ["tell me about bu. please"]),
        ("is bu in boston? right", ["is bu in boston? right"]),
        ("under 20k. thanks in advance!!", ["under 20k. thanks in advance!!"]),
        ("thanks", ["thanks"]),
        ("no. which ones are cheaper", ["no.", "which ones are cheaper"]),
    ],
)
def test_splits(text: str, expected: list[str]) -> None:
    assert [clause.text for clause in split(text)] == expected


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("what is the tuition", True),
        ("is it stem", True),
        ("ok so which ones are cheap", True),
        ("recommend me something", True),
        ("list the public ones", True),
        ("cmu tuition?", True),
        ("i have 30k, which schools fit", True),
        ("i was wondering about emory", True),
        ("hey can you compare bu and neu", True),
        ("i live in texas", False),
        ("under 20k", False),
        ("thanks a lot", False),
        ("my gpa is 3.4", False),
        ("public please", False),
    ],
)
def test_marks_questions(text: str, question: bool) -> None:
    (clause,) = split(text)
    assert clause.question is question


_CONNECTING = {"and", "also", "plus", "but", "then", "or", "so"}
_PIECES = st.sampled_from(
    [
        "what", "is", "cmu", "and", "how", "much", ",", ".", "?", "!", "\n", "1)", "2)", "-", "also",
        "i", "my", "thanks", "lol", "u.s.", "st.", "which", "or", "3.0", ";", "a)", "b)",
    ]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=14).map(" ".join)))
def test_clauses_cover_the_text_but_for_connectors_and_marks(raw: str) -> None:
    for text in (raw, normalise(raw).text):
        end, left_out = 0, ""
        for clause in split(text):
            assert end <= clause.start < clause.end
            assert clause.text == text[clause.start : clause.end]
            left_out += text[end : clause.start] + " "
            end = clause.end
        rest = re.sub(r"\(?\b(?:\d{1,2}|[a-h])[.)]", " ", left_out + text[end:], flags=re.IGNORECASE)
        assert set(re.findall(r"\w+", rest.lower())) <= _CONNECTING


@pytest.mark.parametrize(
    "piece",
    [
        "and ",
        ", which ",
        "1) ",
        "a) ",
        ". ",
        "u.s.",
        "\n",
        "ok ",
        "ok, and so ",
        "what is ",
        " ",
        "?",
        "- ",
        "i or ",
        "is the, ",
    ],
)
def test_splitting_is_quick_on_4000_hostile_characters(piece: str) -> None:
    text = (piece * 4000)[:4000]
    split(text[:100])
    best = min(_seconds(text) for _ in range(3))
    assert best <= 0.02


def _seconds(text: str) -> float:
    begin = time.process_time()
    split(text)
    return time.process_time() - begin
