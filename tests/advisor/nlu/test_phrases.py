"""Tokens and phrases, and where in a text they are found."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from advisor.nlu.phrases import GAP, Phrases, key, norm, tokenise


def found(phrases: dict[str, str], text: str) -> list[tuple[str, str]]:
    """Each phrase found: what it stands for, and the words of the text."""
    tokens = tokenise(text)
    spans = Phrases(phrases.items()).find(tokens)
    return [(span.values[0], " ".join(t.text for t in tokens[span.first : span.last])) for span in spans]


@given(st.text())
def test_tokens_stand_where_they_say(text: str) -> None:
    ends = [0]
    for token in tokenise(text):
        assert ends[-1] <= token.start < token.end <= len(text)
        ends.append(token.end)


@given(st.text())
def test_case_does_not_matter(text: str) -> None:
    assert [t.norm for t in tokenise(text)] == [t.norm for t in tokenise(text.lower())] or not text.isascii()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UPenn's", "upenn"),
        ("schools", "school"),
        ("Pérez", "perez"),
        ("isn’t", "isnt"),
        ("CLARK", "clark"),
    ],
)
def test_one_word_written_two_ways_is_one(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize("word", ["class", "less", "is", "gas"])
def test_an_s_that_is_no_plural_stays(word: str) -> None:
    assert norm(word) == word


def test_the_longest_phrase_wins() -> None:
    phrases = {"penn": "short", "penn state": "long"}
    assert found(phrases, "is Penn State like Penn?") == [("long", "penn state"), ("short", "penn")]


def test_a_phrase_inside_a_word_is_not_there() -> None:
    assert found({"ai": "x"}, "said again") == []


def test_a_star_stands_for_a_few_words_or_none() -> None:
    phrases = {"how much does * cost": "price"}
    assert found(phrases, "how much does the one in Texas cost")
    assert found(phrases, "how much does cost")
    assert not found(phrases, f"how much does {'x ' * (GAP + 1)}cost")


def test_a_phrase_may_stand_for_several_things() -> None:
    phrases = Phrases([("herons", "a"), ("Herons", "b"), ("herons", "a")])
    (span,) = phrases.find(tokenise("the herons"))
    assert span.values == ("a", "b")


def test_an_empty_phrase_is_never_found() -> None:
    assert found({"": "x", "?!": "y"}, "anything ?! at all") == []
