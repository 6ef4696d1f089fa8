"""Questions over the table: which rows and which numbers answer them, on the made-up pack."""

from __future__ import annotations

import pytest

from knowledge import Result, Table, run

from advisor.dialogue.acts import AskTable
from tests import advisors

TABLE = Table(advisors.tiny().knowledge)


def answer(text: str) -> Result:
    """What the one question over the table in the text comes to."""
    (act,) = advisors.acts(advisors.tiny(), text)
    assert isinstance(act, AskTable), act
    return run(act.query, TABLE)


def rows(text: str) -> list[str]:
    return [id.split("-")[0] for id in answer(text).rows]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("which is the most expensive?", ["larkspur"]),
        ("priciest", ["larkspur"]),
        ("cheapest", ["quillhaven", "tansy"]),
        ("smallest workshops", ["birchmoor"]),
        ("which school has the highest stipend?", ["larkspur"]),
        ("the two most expensive schools", ["larkspur", "birchmoor"]),
        ("second most expensive", ["birchmoor"]),
        ("the shortest program", ["mesquite"]),
    ],
)
def test_a_superlative_is_an_order_cut_short(text: str, first: list[str]) -> None:
    assert rows(text) == first


@pytest.mark.parametrize(
    ("text", "programs"),
    [
        ("which schools are in Oregon?", {"larkspur", "tansy"}),
        ("which programs are public?", {"quillhaven", "tansy"}),
        ("which schools work with Paper Lantern Books?", {"larkspur", "birchmoor"}),
        ("which schools have no tuition listed?", {"old"}),
    ],
)
def test_a_list_holds_all_that_answer(text: str, programs: set[str]) -> None:
    assert set(rows(text)) == programs


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("how many are public?", 2),
        ("how many schools are in Maine?", 2),
        ("what is the average tuition?", 26_680),
        ("median tuition", 29_900),
        ("what is the difference between the highest and the lowest tuition?", 29_000),
    ],
)
def test_a_number_is_made_of_the_rows(text: str, value: float) -> None:
    assert answer(text).value == value


def test_rows_without_the_value_are_named_and_not_counted() -> None:
    assert answer("what is the average tuition?").untold == ("old-harbor-university",)
