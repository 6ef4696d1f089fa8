"""What replies state: claims as the knowledge holds them, and numbers made of claims."""

from __future__ import annotations

import statistics
from collections.abc import Callable

import pytest

from knowledge import plain

from advisor.dialogue.acts import Fact
from tests import advisors
from tests.advisor.recommendation import raw

ASKED = [
    "how much is tuition at Carnegie Mellon?",
    "tell me about Syracuse",
    "tell me about Boston University",
    "where is Emory and is it public?",
    "what degrees does Penn offer",
    "labs at USC",
    "compare NYU and USC",
    "cheapest five schools",
    "which schools have a graduation rate of 99%?",
    "who works with Google?",
    "public, under 20k",
    "research in California",
    "why Clark?",
    "why not USC?",
    "average tuition",
    "difference in tuition between Emory and Clark",
]
PRICES = [raw.given(program, "tuition") for program in raw.records()]


def facts(*texts: str) -> list[Fact]:
    return list(advisors.say(advisors.shipped(), *texts).facts)


@pytest.mark.parametrize("text", ASKED)
def test_every_fact_of_a_program_is_one_of_its_claims(text: str) -> None:
    programs = advisors.shipped().knowledge.programs
    stated = [fact for fact in facts(text) if fact.program]
    stated = [whole for fact in stated for whole in (fact.derived_from or (fact,))]
    for fact in stated:
        claims = programs[fact.program].claims[fact.field]
        held = [(plain(c.value), c.as_of, c.source, c.place) for c in claims if c.status == "given"]
        assert (fact.value, fact.as_of, fact.document, fact.place) in held
        # What a figure is of (a field of study) stands before what it is.
        assert any(fact.basis.endswith(c.basis) for c in claims)


@pytest.mark.parametrize("text", ASKED)
def test_every_fact_says_where_it_is_from(text: str) -> None:
    sources = advisors.shipped().knowledge.sources
    found = facts(text)
    assert found
    assert all(fact.document in sources and fact.place and fact.as_of for fact in found if fact.program)
    assert all(fact.derived_from for fact in found if not fact.program)


@pytest.mark.parametrize("text", ASKED)
def test_the_parts_point_at_the_facts(text: str) -> None:
    reply = advisors.say(advisors.shipped(), text)
    assert {i for part in reply.parts for i in part.facts} == set(range(len(reply.facts)))


@pytest.mark.parametrize(
    ("text", "make"),
    [
        ("what is the average tuition", statistics.mean),
        ("median tuition", statistics.median),
        ("what is the difference between the highest and lowest tuition", lambda n: max(n) - min(n)),
    ],
)
def test_a_number_made_of_claims_is_right_and_names_them(text: str, make: Callable[[list[float]], float]) -> None:
    made = next(fact for fact in facts(text) if fact.derived_from and not fact.program)
    assert made.value == pytest.approx(make(PRICES), abs=0.5)
    assert made.display in advisors.say(advisors.shipped(), text).text
    assert {part.program for part in made.derived_from} <= set(raw.records())


@pytest.mark.parametrize("program", sorted(raw.records()))
def test_an_overview_tells_what_the_table_gives(program: str) -> None:
    reply = advisors.say(advisors.shipped(), f"tell me about {raw.records()[program]['name']}")
    assert reply.act == "inform" and reply.programs == (program,)
    told = {fact.field: fact.value for fact in reply.facts if fact.program == program}
    for field in ("rank", "city", "state", "tuition"):
        assert told[field] == raw.given(program, field)
        assert str(told[field]) in reply.text.replace(",", "")


@pytest.mark.parametrize("program", sorted(raw.records()))
def test_a_rate_that_is_not_given_is_unknown_and_not_zero(program: str) -> None:
    reply = advisors.say(advisors.shipped(), f"graduation rate of {raw.records()[program]['name']}")
    rate = raw.given(program, "graduation_rate")
    if rate is None:
        assert [(u.program, u.status) for u in reply.unknown] == [(program, "absent")]
    else:
        assert any(fact.field == "graduation_rate" and fact.value == rate for fact in reply.facts)
        assert f"{rate:g}%" in reply.text
