"""The ways in on the real advisor and the pack that ships, with a stand-in for the encoder."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from knowledge import Knowledge

from advisor import Settings, Store, load_advisor
from tests.advisor.fakes import FakeEncoder
from tests.web.stub import StubAdvisor

from web.app import create_app

API = "/api/v1"


@pytest.fixture(scope="module")
def advisor(tmp_path_factory: pytest.TempPathFactory) -> Any:
    settings = Settings(cache=tmp_path_factory.mktemp("cache"))
    return load_advisor(settings, encoder=FakeEncoder())


@pytest.fixture
def client(advisor: Any, store: Store) -> FlaskClient:
    return create_app(Settings(), advisor=advisor, store=store).test_client()


def test_a_fact_is_answered_with_its_source(client: FlaskClient) -> None:
    reply = client.post(f"{API}/ask", json={"text": "How much is tuition at Carnegie Mellon?"}).get_json()
    assert "$62,260" in reply["text"]
    assert reply["facts"][0]["source"] == {
        "document": "hakia-ml-masters-2026",
        "place": "Top 50 table, row 1",
    }


def test_a_profile_grows_over_turns(client: FlaskClient) -> None:
    id = client.post(f"{API}/conversations").get_json()["id"]
    for text in ("I want a public university under $30,000 a year", "on the West Coast"):
        reply = client.post(f"{API}/conversations/{id}/turns", json={"text": text}).get_json()
    assert reply["profile"]["tuition"] == {"max": 30000} and "CA" in reply["profile"]["states"]
    assert client.get(f"{API}/conversations/{id}").get_json()["profile"] == reply["profile"]
    assert 'class="card"' in client.get(f"/c/{id}").text


def test_another_pack_has_its_own_pages(tiny: Knowledge, store: Store) -> None:
    client = create_app(Settings(), advisor=StubAdvisor(tiny), store=store).test_client()
    pages = ["/", "/programs", "/guide", "/about", *(f"/programs/{id}" for id in tiny.programs)]
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    assert escape(tiny.pack.title) in client.get("/").text


def test_every_page_of_the_pack_is_there(client: FlaskClient) -> None:
    for what, at in (("programs", "/programs"), ("guide", "/guide")):
        listed = client.get(f"{API}/{what}?limit=100").get_json()["items"]
        assert listed
        for one in listed:
            assert client.get(f"{API}/{what}/{one['id']}").get_json() == one
            assert client.get(f"{at}/{one['id']}").status_code == 200


def test_a_school_beyond_the_ranking_has_its_record_page_and_answer(client: FlaskClient) -> None:
    record = client.get(f"{API}/programs/stanford-university").get_json()["fields"]
    tuition = record["graduate_tuition_out_of_state"][0]
    assert (tuition["value"], tuition["as_of"]) == (56487, "2022-23")
    earnings = {claim["part"]["id"]: claim for claim in record["earnings"]}
    assert earnings["1107"]["value"] == 255667 and "four years" in earnings["1107"]["basis"]
    assert (earnings["2705"]["value"], earnings["2705"]["display"]) == (None, "withheld")
    page = client.get("/programs/stanford-university").text
    for words in ("$57,210 a year, 2022-23", "four years after completing", "CC BY 4.0", "suburb of a large city"):
        assert words in page
    assert client.get(f"{API}/programs?limit=1").get_json()["total"] == 762


def test_every_program_beyond_the_ranking_has_a_page(client: FlaskClient, advisor: Any) -> None:
    some = list(advisor.knowledge.beyond)[::25]
    assert {id: client.get(f"/programs/{id}").status_code for id in some} == dict.fromkeys(some, 200)


ODD = [
    *("?", "1. 2. 3.", "|a|b|\n|-|-|\n|1|2|", "9" * 400, "1e309", "$" * 500, "{{7*7}}", "%s%n", "\u202eabc"),
    *("compare " * 9, "CMU " * 900, "a\n" * 1500, "'; DROP TABLE turns;--", "gpa 40", "-1 budget"),
    "\U0001f469\u200d\U0001f52c" * 300,
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_messages_get_a_reply(client: FlaskClient, text: str) -> None:
    answer = client.post(f"{API}/ask", json={"text": text})
    assert answer.status_code == 200 and answer.get_json()["text"]


@pytest.mark.parametrize(
    "profile",
    [
        {"colour": "red"},
        {"tuition": 5},
        {"tuition": {"max": "5"}},
        {"tuition": {"max": -1}},
        {"tuition": {"most": 1}},
        {"states": "CA"},
        {"states": [7]},
        {"goal": "fame"},
        {"goal": ["research"]},
        {"control": {}},
        {"online": "yes"},
        {"gpa": "3.5"},
        {"near": "Boston"},
        {"near": {"place": "Atlantis", "miles": 50}},
        {"exclude_programs": ["none"]},
    ],
    ids=str,
)
def test_a_profile_of_another_form_is_refused_with_its_slot(client: FlaskClient, profile: dict[str, Any]) -> None:
    answer = client.post(f"{API}/shortlists", json=profile)
    assert answer.status_code == 422
    assert next(iter(profile)) in answer.get_json()["error"]["message"]
