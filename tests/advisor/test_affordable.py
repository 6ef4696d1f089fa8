"""Which of the ranked schools a student can pay for, by residency and budget: against a count of the tables.

The rule: the graduate price that applies (of residents or of others, tuition and fees) decides. A school fits
when that price is within the limit and, for a private one, the ranking's is too; where only the ranking's is
above it, it may fit (`met` is null). With the residency unknown, the ranking's price alone decides.
"""

from __future__ import annotations

from typing import Any

import pytest

from advisor import Conversation
from tests import advisors
from tests.advisor import federal

HOMES = sorted({federal.state(id) for id in federal.ranked()})
RESIDENCIES = ["", "out_of_state", "international", "WY", *HOMES]
BUDGETS = range(5_000, 70_001, 2_500)
Sets = tuple[set[str], set[str]]


def met(id: str, residency: str, limit: int) -> bool | None:
    """Whether a ranked school is within a limit: yes, no, or perhaps."""
    ranking = federal.ranked()[id]["tuition"][0]["value"] <= limit
    if not residency:
        return ranking
    charged = federal.price(id, residency)
    assert charged is not None
    if charged > limit:
        return False
    return True if ranking or federal.ranked()[id]["control"][0]["value"] == "public" else None


def counted(residency: str, limit: int) -> Sets:
    """The schools that fit, and those that may."""
    answers = {id: met(id, residency, limit) for id in federal.ranked()}
    return {id for id, held in answers.items() if held}, {id for id, held in answers.items() if held is None}


def sorted_out(offers: list[dict[str, Any]]) -> Sets:
    """The schools of a shortlist that fit, and those that may."""
    held = {o["program"]: [r["met"] for r in o["reasons"] if r["criterion"] == "tuition"] for o in offers}
    assert all(len(one) == 1 and one[0] is not False for one in held.values())
    return {id for id, one in held.items() if one == [True]}, {id for id, one in held.items() if one == [None]}


def offered(residency: str, limit: int) -> Sets:
    profile: dict[str, Any] = {"tuition": {"max": limit}} | ({"residency": residency} if residency else {})
    return sorted_out(advisors.shipped().shortlist(profile)["shortlist"])


def said(*texts: str) -> Sets:
    """All that is offered in a conversation, page after page."""
    conversation, offers = Conversation("test"), []
    for text in texts:
        offers = advisors.shipped().reply(conversation, text).to_dict()["shortlist"] or []
    found = list(offers)
    while offers:
        offers = advisors.shipped().reply(conversation, "show me more").to_dict()["shortlist"] or []
        found += offers
        ids = [offer["program"] for offer in found]
        assert len(ids) == len(set(ids)), "a school is offered twice"
    return sorted_out(found)


@pytest.mark.parametrize("residency", RESIDENCIES)
def test_what_is_affordable_at_every_budget_is_what_the_tables_say(residency: str) -> None:
    for limit in BUDGETS:
        assert offered(residency, limit) == counted(residency, limit), limit


@pytest.mark.parametrize("id", sorted(federal.ranked()))
def test_the_limit_itself_is_within_it(id: str) -> None:
    for residency in (federal.state(id), "out_of_state", "international"):
        charged = federal.price(id, residency)
        assert charged is not None
        for limit in (charged, charged - 1):
            fit, may = offered(residency, limit)
            assert (True if id in fit else None if id in may else False) == met(id, residency, limit)


def test_residents_others_and_those_of_whom_it_is_unknown_are_answered_differently() -> None:
    for home, limit in {"CA": 20_000, "FL": 10_000, "GA": 12_000, "TX": 9_000, "WA": 20_000, "PA": 26_000}.items():
        answers = [offered(residency, limit)[0] for residency in (home, "out_of_state", "")]
        assert all(a != b for a, b in zip(answers, [*answers[1:], answers[0]], strict=True)), home
    for limit in BUDGETS:  # whoever comes from abroad is charged what others from elsewhere are
        assert offered("international", limit) == offered("out_of_state", limit) == offered("WY", limit)


@pytest.mark.parametrize(
    ("texts", "residency", "limit"),
    [
        (["I live in Texas, 20k a year"], "TX", 20_000),
        (["international, 40k"], "international", 40_000),
        (["I'm a California resident and can pay at most $25,000 a year"], "CA", 25_000),
        (["my budget is 20k a year"], "", 20_000),
        (["I'm an international student with $60,000 a year"], "international", 60_000),
        (["Georgia resident, 12k a year max"], "GA", 12_000),
        (["out-of-state student, under $30,000 a year"], "out_of_state", 30_000),
        (["I'm from Pennsylvania. I can spend 28 thousand dollars per year"], "PA", 28_000),
        (["coming from India, budget $35,000 per year"], "international", 35_000),
        (["max 20k a year", "I live in Florida"], "FL", 20_000),
        (["max 20k a year", "I'm an international student"], "international", 20_000),
        (["I live in Washington state", "what can I get for 18,500 a year"], "WA", 18_500),
        (["I live in Texas, 20k a year", "actually 50k a year"], "TX", 50_000),
    ],
)
def test_in_conversation_it_is_the_same(texts: list[str], residency: str, limit: int) -> None:
    assert said(*texts) == counted(residency, limit)


@pytest.mark.parametrize(("residency", "limit"), [("WY", 9_000), ("TX", 6_000), ("international", 8_000), ("", 4_000)])
def test_where_nothing_ranked_fits_the_wider_set_is_offered_with_its_count(residency: str, limit: int) -> None:
    assert counted(residency, limit) == (set(), set())
    who = {"": "", "international": "I'm an international student. "}.get(residency, f"I live in {residency}. ")
    reply = advisors.say(advisors.shipped(), f"{who}I can pay at most ${limit:,} a year").to_dict()
    beyond = set(federal.ids().values()) - set(federal.ranked())
    # Of whom it is unknown: what both sides are charged is within the limit.
    fit = {id for id in beyond if all(c is not None and c <= limit for c in _charges(id, residency))}
    assert reply["shortlist"] == []
    assert reply["wider"]["count"] == len(fit) > 0
    assert str(len(fit)) in reply["text"] and set(reply["wider"]["programs"]) <= fit


def _charges(id: str, residency: str) -> list[int | None]:
    return [federal.price(id, side) for side in ([residency] if residency else [federal.state(id), "elsewhere"])]


@pytest.mark.parametrize(
    "text", ["I live in Texas, 20k a year", "international, 40k a year", "CA resident, 65k a year"]
)
def test_a_doubtful_school_is_told_with_both_figures(text: str) -> None:
    reply = advisors.say(advisors.shipped(), text)
    for offer in reply.to_dict()["shortlist"]:
        if any(r["criterion"] == "tuition" and r["met"] is None for r in offer["reasons"]):
            id = offer["program"]
            ranking = federal.ranked()[id]["tuition"][0]["value"]
            charged = federal.price(id, str(reply.profile["residency"]))
            assert f"${ranking:,}" in reply.text and f"${charged:,}" in reply.text and "may fit" in reply.text


def test_cheapest_goes_by_the_price_that_applies() -> None:
    for who, residency in (
        ("I live in Washington.", "WA"),
        ("I'm an international student.", "international"),
        ("", ""),
    ):
        reply = advisors.say(advisors.shipped(), f"{who} what are the five cheapest ranked schools?".strip())
        ranking = {id: record["tuition"][0]["value"] for id, record in federal.ranked().items()}
        held = {id: federal.price(id, residency) for id in ranking} if residency else ranking
        assert list(reply.programs[:5]) == sorted(held, key=lambda id: held[id])[:5], who  # type: ignore[arg-type]
        assert all(f"${held[id]:,}" in reply.text for id in reply.programs[:5])
