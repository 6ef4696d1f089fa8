"""Small words around values."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from knowledge import and_list

from advisor.nlg.values import capital, count, ordinal, sentence

names = st.lists(st.text("abc", min_size=1), max_size=5)


@pytest.mark.parametrize(
    ("parts", "words"),
    [([], ""), (["A"], "A"), (["A", "B"], "A and B"), (["A", "B", "C"], "A, B and C")],
)
def test_a_list_reads_as_people_say_it(parts: list[str], words: str) -> None:
    assert and_list(parts) == words


def test_a_list_may_end_in_another_word() -> None:
    assert and_list(["A", "B"], "or") == "A or B"


@given(names)
def test_no_part_of_a_list_is_lost(parts: list[str]) -> None:
    assert and_list(parts).replace(" and ", ", ").split(", ") == (parts or [""])


@pytest.mark.parametrize(
    ("text", "said"), [("a b", "A b."), ("Who?", "Who?"), ("NASA", "NASA."), (" $5. ", "$5."), ("x!", "X!")]
)
def test_a_sentence_begins_large_and_ends_with_a_stop(text: str, said: str) -> None:
    assert sentence(text) == said


def test_a_capital_leaves_the_rest_as_it_is() -> None:
    assert capital("mS in AI") == "MS in AI"


@pytest.mark.parametrize(("n", "word"), [(1, "first"), (3, "third"), (10, "tenth"), (11, "11th"), (20, "20th")])
def test_places_in_an_order(n: int, word: str) -> None:
    assert ordinal(n) == word


@pytest.mark.parametrize(
    ("n", "one", "many", "words"),
    [(1, "school", "", "1 school"), (3, "school", "", "3 schools"), (0, "school does", "schools do", "0 schools do")],
)
def test_a_count_agrees_with_its_noun(n: int, one: str, many: str, words: str) -> None:
    assert count(n, one, many) == words
