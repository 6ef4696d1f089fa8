"""Shared words, weighted by how rare they are."""

from __future__ import annotations

import pytest

from advisor.retrieval.lexical import Lexical, terms

TEXTS = ["tuition at Oak", "tuition at Elm", "Elm has a boat house", "tuition and fees"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Which companies pay tuition fees?", ["company", "pay", "tuition", "fee"]),
        ("the master's thesis", ["master", "thesis"]),
        ("Master’s at UCLA", ["master", "ucla"]),
        ("what is it?", []),
        ("👍", []),
    ],
)
def test_terms_are_the_words_that_carry_meaning(text: str, found: list[str]) -> None:
    assert terms(text) == found


def test_all_words_found_score_one_and_none_zero() -> None:
    scores = Lexical(TEXTS).scores("boat houses of Elm")

    assert scores[2] == pytest.approx(1.0)
    assert scores[3] == 0


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    scores = Lexical(TEXTS).scores("tuition boat")

    assert scores[2] > scores[0] > 0


def test_a_word_that_no_text_has_lowers_every_score() -> None:
    lexical = Lexical(TEXTS)

    assert lexical.scores("tuition zebra")[0] < 0.5 < lexical.scores("tuition")[0]


def test_a_query_without_terms_scores_nothing() -> None:
    assert Lexical(TEXTS).scores("what is it").tolist() == [0, 0, 0, 0]
