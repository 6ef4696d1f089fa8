"""Questions over the table: which rows and which numbers answer them, on the made-up pack."""

from __future__ import annotations

import json
from typing import Any

import pytest

from knowledge import Filter, Result, Table, run

from advisor.dialogue.acts import AskTable
from advisor.dialogue.state import DialogueState
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


@pytest.mark.parametrize(
    ("text", "programs"),
    [
        ("show me the programs by tuition", {"quillhaven", "tansy", "mesquite", "larkspur", "birchmoor"}),
        ("give me all the schools over $20,000", {"larkspur", "birchmoor", "mesquite"}),
        ("looking for schools with a stipend over 20000", None),
        ("which schools have a novel track?", {"larkspur"}),
    ],
)
def test_a_limit_is_of_the_field_that_is_named(text: str, programs: set[str] | None) -> None:
    found = set(rows(text))
    assert found and (programs is None or found >= programs)


@pytest.mark.parametrize(
    ("texts", "where"),
    [
        (("how many schools are public?", "and private?"), [("control", "private")]),
        (("what is the average tuition of public schools?", "and of the private ones?"), [("control", "private")]),
        (("the cheapest school in Oregon", "and in Maine?"), [("state", ("ME",))]),
        (("which schools are in Oregon?", "what about the public ones?"), [("state", ("OR",)), ("control", "public")]),
    ],
)
def test_a_question_is_asked_again_with_other_filters(texts: tuple[str, str], where: list[tuple[str, Any]]) -> None:
    before = advisors.state(advisors.tiny(), texts[0]).query
    after = advisors.state(advisors.tiny(), *texts).query
    assert before is not None and after is not None
    assert (after.select, after.field, after.order, after.limit) == (
        before.select, before.field, before.order, before.limit,
    )  # fmt: skip
    assert [(t.field, t.value) for t in after.where if isinstance(t, Filter)] == where


def test_a_new_end_is_asked_of_the_same_schools() -> None:
    query = advisors.state(advisors.tiny(), "the cheapest school in Maine", "and the most expensive?").query
    assert query is not None and query.order == "desc" and query.where == (Filter("state", "in", ("ME",)),)


def test_the_last_question_is_kept_with_the_state() -> None:
    state = advisors.state(advisors.tiny(), "which schools are in Oregon or under $20,000?")
    assert state.query is not None
    assert DialogueState.from_dict(json.loads(json.dumps(state.to_dict()))).query == state.query
