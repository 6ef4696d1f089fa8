"""Where a student says to live or to be from, on the pack that ships."""

from __future__ import annotations

import pytest

from advisor.nlu.residency import Residency
from tests.advisor.nlu import places


def told(text: str) -> Residency | None:
    return places.residency().read(*places.read(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("I live in Springfield MA, how much would UMass Amherst be for a masters", "MA"),
        ("pitt vs penn state, we live in pa. grad tuition", "PA"),
        ("we're in pa", "PA"),
        ("live in minneapolis, closest of your ranked schools?", "MN"),
        ("Seattle is where i live and im not moving", "WA"),
        ("florida resident, public, 12k a year, from your ranking", "FL"),
        ("texas resident staying in texas, can only do 6k a year", "TX"),
        ("I'm a washington resident, real cost of grad school at UW per year", "WA"),
        ("NJ resident working at Google", "NJ"),
        ("resident of Oregon", "OR"),
        ("we live in portland, or", "OR"),
        ("I live in LA", "CA"),
        ("I'm from New York", "NY"),
        ("i'm from georgia", "GA"),
        ("I'm from Paris, Texas", "TX"),
        ("I'm from Texas but live in Ohio now", "OH"),
        ("im in the chicago area", "IL"),
        ("I live in the suburbs of Philadelphia", "PA"),
        ("we live just outside Denver", "CO"),
        ("I'm from a small town in Nebraska", "NE"),
        ("I live in Podunk, Ohio", "OH"),
        ("i live in boisee", "ID"),
        ("my wife and i live in Cary, NC", "NC"),
        ("my daughter lives in Ohio and wants ML", "OH"),
        ("my home state is michigan", "MI"),
        ("moving from Denver to the east coast", "CO"),
        ("I'm a californian", "CA"),
        ("as a new yorker, is SUNY cheap", "NY"),
        ("I qualify for in-state tuition in Virginia", "VA"),
        ("would in-state at Georgia Tech be cheaper", "GA"),
        ("green card holder from India living in NJ", "NJ"),
        ("born in India but US citizen, live in Plano Texas", "TX"),
        ("I have lived in Georgia for 5 years", "GA"),
        ("out of state, budget 30k", "out_of_state"),
        ("as a nonresident what do I pay", "out_of_state"),
        ("not a texas resident", "out_of_state"),
        ("US citizen living in London", "out_of_state"),
        ("Puerto Rico resident", "out_of_state"),
        ("40k a year, coming from Lagos. which ranked ones can I afford", "international"),
        ("I'm from Tbilisi, Georgia", "international"),
        ("what would I really pay at UW as an international student", "international"),
        ("indian citizen, 30k", "international"),
        ("i am indian", "international"),
        ("as a chinese student, 40k", "international"),
        ("on an F-1, which is cheapest", "international"),
        ("I'm on OPT", "international"),
        ("im from europe", "international"),
        ("not a US citizen, 30k", "international"),
        ("can i do one of these from home in bangalore? which ones are online", "international"),
    ],
)
def test_residency_is_told(text: str, value: str) -> None:
    residency = told(text)

    assert residency is not None and residency.value == value
    assert residency.own and not residency.hypothetical


@pytest.mark.parametrize(
    "text",
    [
        "BTech from VIT 8.4 cgpa, 2 yrs at TCS, parents can give 35k usd a year",
        "7.9 cgpa, tier 3 college, 2 yoe. will northeastern take me?",
        "my budget is 30 lakhs",
        "toefl 104, gre 325, 60k",
        "I did my bachelors in Iran",
        "undergrad from BITS Pilani, 8.9",
    ],
)
def test_studies_abroad_imply_international_and_are_not_sure(text: str) -> None:
    residency = told(text)

    assert residency is not None
    assert (residency.value, residency.sure) == ("international", False)


@pytest.mark.parametrize(
    "text",
    [
        "I want to stay in Texas",
        "i wanna live in the pacific northwest",
        "i'd like to live in Boston",
        "I never want to live in Texas again",
        "I used to live in Ohio",
        "can I live in NYC on 20k",
        "cost of living in Boston",
        "I want to move away from Ohio",
        "I want to go out of state",
        "which out-of-state schools are cheap",
        "in-state schools only",
        "I'm from Boston University",
        "I'm in georgia tech",
        "graduated from Ohio State",
        "which is cheapest from your ranking",
        "from Texas to California",
        "how far from Dallas",
        "coming from industry",
        "coming from a math background",
        "working in media, want ML",
        "I'm in my third year at UT",
        "my wife is starting residency in philly so it has to be there",
        "my parents live in NJ",
        "my boss lives in Texas",
        "do most students come from Texas?",
        "companies based in Austin",
        "how do I get texas residency",
        "I'm a US citizen",
        "permanent resident",
        "I'm from the US",
        "international relations degree",
        "which school has the highest h1b sponsorship",
        "what toefl score do i need",
        "how is a CGPA out of 10 converted for US universities",
        "do i need a visa to go to japan for vacation",
        "block my visa card, somebody stole it",
        "no more questions from me, take care",
        "located in x or y",
        "how do I file my state taxes in Pennsylvania",
        "schools in state college",
        "IIT bombay mtech fees compared with IIT chicago",
    ],
)
def test_no_residency_is_told(text: str) -> None:
    assert told(text) is None


@pytest.mark.parametrize("text", ["if I lived in CA what would UCI cost", "what if I was a california resident"])
def test_a_supposition_is_marked(text: str) -> None:
    residency = told(text)

    assert residency is not None
    assert (residency.value, residency.hypothetical) == ("CA", True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("UGA price for a texas resident", "TX"),
        ("asu tempe tuition for intl", "international"),
        ("what do out of staters pay at penn state", "out_of_state"),
    ],
)
def test_the_price_of_others_is_not_the_students(text: str, value: str) -> None:
    residency = told(text)

    assert residency is not None
    assert (residency.value, residency.own) == (value, False)


def test_a_name_of_several_cities_is_not_sure_and_names_the_others() -> None:
    residency = told("I live in Springfield")

    assert residency is not None and residency.spot is not None
    assert (residency.value, residency.sure) == ("MO", False)
    assert "Springfield, MA" in residency.spot.others


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("CU boulder resident vs non resident grad", ("in_state", "out_of_state")),
        ("NC state in-state grad price", ("in_state",)),
        ("international student fees at San Jose State", ("international",)),
        ("permanent resident", ()),
        ("which out-of-state schools are cheap", ()),
        ("how much is Penn", ()),
    ],
)
def test_the_kinds_of_price_that_are_named(text: str, rates: tuple[str, ...]) -> None:
    assert places.residency().rates(places.read(text)[0]) == rates
