"""The REST calls: what they answer, and how they refuse."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from advisor import Busy
from tests.web.stub import StubAdvisor

API = "/api/v1"


@pytest.fixture
def id(client: FlaskClient) -> str:
    return str(client.post(f"{API}/conversations").get_json()["id"])


def test_a_conversation_begins_goes_on_and_is_forgotten(client: FlaskClient) -> None:
    begun = client.post(f"{API}/conversations")
    assert begun.status_code == 201
    at = f"{API}/conversations/{begun.get_json()['id']}"
    replies = [client.post(f"{at}/turns", json={"text": text}).get_json() for text in ("price?", "I want it")]
    assert [r["turn"] for r in replies] == [1, 2]
    kept = client.get(at).get_json()
    assert [t["number"] for t in kept["turns"]] == [1, 2]
    assert kept["turns"][1]["text"] == "I want it"
    assert kept["turns"][1]["reply"] == replies[1]
    assert kept["profile"] == {}
    assert client.delete(at).status_code == 204
    assert client.get(at).status_code == client.delete(at).status_code == 404


def test_the_same_key_gives_the_first_reply_again(client: FlaskClient, id: str, stub: StubAdvisor) -> None:
    at, key = f"{API}/conversations/{id}/turns", {"Idempotency-Key": "k1"}
    first = client.post(at, json={"text": "price?"}, headers=key).get_json()
    again = client.post(at, json={"text": "price?"}, headers=key).get_json()
    assert again == first
    assert stub.thoughts == 1


def test_turns_sent_at_once_are_numbered_without_gap(app: Flask, client: FlaskClient, id: str) -> None:
    def post(n: int) -> int:
        answer = app.test_client().post(f"{API}/conversations/{id}/turns", json={"text": f"message {n}"})
        return int(answer.get_json()["turn"])

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(post, range(12))) == list(range(1, 13))


def test_ask_keeps_nothing(client: FlaskClient) -> None:
    assert client.post(f"{API}/ask", json={"text": "price?"}).get_json()["turn"] == 1
    assert client.post(f"{API}/ask", json={"text": "price?"}).get_json()["turn"] == 1


def test_a_shortlist_needs_no_conversation(client: FlaskClient) -> None:
    answer = client.post(f"{API}/shortlists", json={"tuition": {"max": 20000}}).get_json()
    assert set(answer) == {"profile", "shortlist", "near_misses"}
    assert answer["shortlist"][0]["program"] == "north-college"


def test_a_bad_profile_is_refused_with_the_slot(client: FlaskClient) -> None:
    answer = client.post(f"{API}/shortlists", json={"colour": "red"})
    assert answer.status_code == 422
    assert "colour" in answer.get_json()["error"]["message"]


def test_a_program_has_every_claim_with_its_place(client: FlaskClient) -> None:
    record = client.get(f"{API}/programs/north-college").get_json()
    assert set(record) == {"id", "name", "fields"}
    assert [c["value"] for c in record["fields"]["tuition"]] == [12000, 13000]
    claim = record["fields"]["tuition"][0]
    assert set(claim) == {"value", "display", "basis", "as_of", "status", "note", "source", "part"}
    assert claim["part"] is None
    assert claim["source"] == {"document": "almanac", "place": "Table, row 1"}


def test_a_program_beyond_the_ranking_has_its_record(client: FlaskClient) -> None:
    fields = client.get(f"{API}/programs/beyond-0").get_json()["fields"]
    assert "rank" not in fields
    assert fields["fee_away"][0]["value"] == 21000
    given, withheld = fields["pay"]
    assert given["part"] == {"id": "11", "title": "Computing"} and given["status"] == "given"
    assert (withheld["value"], withheld["display"], withheld["status"]) == (None, "withheld", "withheld")


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", ["north-college", "south-university", "west-institute", "beyond-0", "beyond-1", "beyond-2"]),
        ("ranked=true", ["north-college", "south-university", "west-institute"]),
        ("ranked=false", ["beyond-0", "beyond-1", "beyond-2"]),
        ("q=college", ["north-college", "beyond-2"]),
        ("q=ecole+EAST", ["beyond-0"]),
        ("q=tow", ["beyond-0", "beyond-1", "beyond-2"]),
        ("q=town+1", ["beyond-1"]),
        ("q=college&ranked=false", ["beyond-2"]),
        ("q=no+such", []),
        ("q=!", []),
    ],
)
def test_programs_are_listed_ranked_first_and_found_by_name(client: FlaskClient, query: str, ids: list[str]) -> None:
    page = client.get(f"{API}/programs?{query}").get_json()
    assert [one["id"] for one in page["items"]] == ids
    assert page["total"] == len(ids)


def test_the_next_page_is_of_the_same_search(client: FlaskClient) -> None:
    following = client.get(f"{API}/programs?q=town&ranked=false&limit=2").get_json()["next"]
    assert [one["id"] for one in client.get(following).get_json()["items"]] == ["beyond-2"]


@pytest.mark.parametrize("query", ["ranked=maybe", "ranked=", "q=" + "x" * 201])
def test_a_search_of_another_form_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"{API}/programs?{query}").status_code == 422


def test_a_section_has_its_text_and_source(client: FlaskClient) -> None:
    section = client.get(f"{API}/guide/work").get_json()
    source = {"document": "almanac", "place": "Chapter 3"}
    assert section == {"id": "work", "title": "Work", "text": "There is work.", "source": source}


@pytest.mark.parametrize(("what", "total"), [("programs", 6), ("guide", 2)])
def test_lists_are_read_page_by_page(client: FlaskClient, what: str, total: int) -> None:
    seen, at = [], f"{API}/{what}?limit=1"
    while at:
        page = client.get(at).get_json()
        assert page["total"] == total
        seen += [one["id"] for one in page["items"]]
        at = page["next"]
    assert len(set(seen)) == len(seen) == total


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=-1",
        "limit=x",
        "limit=1e3",
        "limit=",
        "offset=-1",
        "offset=9999999999",
        "limit=１",
    ],
)
def test_a_bad_window_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"{API}/programs?{query}").status_code == 422


BAD_BODIES: list[tuple[Any, str | None, int]] = [
    ("{", "application/json", 400),
    ("", "application/json", 400),
    (b"\xff\xfe", "application/json", 400),
    ("[" * 5000, "application/json", 400),
    ('{"text": NaN}', "application/json", 400),
    ('{"text": ' + "9" * 5000 + "}", "application/json", 400),
    ("[]", "application/json", 422),
    ('"text"', "application/json", 422),
    ("null", "application/json", 422),
    ("{}", "application/json", 422),
    ('{"text": null}', "application/json", 422),
    ('{"text": 7}', "application/json", 422),
    ('{"text": ["a"]}', "application/json", 422),
    ('{"text": ""}', "application/json", 422),
    ('{"text": " \\n\\t "}', "application/json", 422),
    ('{"text": "\\u0000\\u0007"}', "application/json", 422),
    ('{"text": "\\ud800"}', "application/json", 422),
    (json.dumps({"text": "x" * 201}), "application/json", 413),
    (json.dumps({"text": "x" * 100_000}), "application/json", 413),
    ("text=hello", "application/x-www-form-urlencoded", 415),
    ('{"text": "hello"}', "text/plain", 415),
    ('{"text": "hello"}', None, 415),
]


@pytest.mark.parametrize(("body", "kind", "status"), BAD_BODIES)
@pytest.mark.parametrize("path", ["ask", "conversations/{id}/turns"])
def test_a_bad_body_is_refused_plainly(
    client: FlaskClient, id: str, path: str, body: Any, kind: str | None, status: int
) -> None:
    answer = client.post(f"{API}/{path.format(id=id)}", data=body, content_type=kind)
    assert answer.status_code == status
    assert set(answer.get_json()["error"]) == {"code", "message"}


@pytest.mark.parametrize("body", ["{", "[]", "7"])
def test_a_profile_must_be_an_object(client: FlaskClient, body: str) -> None:
    answer = client.post(f"{API}/shortlists", data=body, content_type="application/json")
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "conversations/none", 404),
        ("DELETE", "conversations/none", 404),
        ("POST", "conversations/none/turns", 404),
        ("GET", "conversations/%00%ff", 404),
        ("GET", "programs/none", 404),
        ("GET", "guide/none", 404),
        ("GET", "nothing", 404),
        ("GET", "ask", 405),
        ("PUT", "conversations", 405),
        ("POST", "programs", 405),
    ],
)
def test_what_is_not_there_is_said_in_json(client: FlaskClient, method: str, path: str, status: int) -> None:
    body = {"json": {"text": "hello"}} if method == "POST" else {}
    answer = client.open(f"{API}/{path}", method=method, **body)
    assert answer.status_code == status
    assert set(answer.get_json()["error"]) == {"code", "message"}
    assert ("Allow" in answer.headers) == (status == 405)


def test_a_key_that_is_too_long_is_refused(client: FlaskClient, id: str) -> None:
    at = f"{API}/conversations/{id}/turns"
    assert client.post(at, json={"text": "a"}, headers={"Idempotency-Key": "k" * 201}).status_code == 422


def test_control_characters_are_stripped_and_unicode_composed(client: FlaskClient, id: str) -> None:
    text = "  cafe\u0301\x00\x1b[31m\ud800 price?\r\nnow\x7f "
    at = f"{API}/conversations/{id}"
    assert (
        client.post(f"{at}/turns", data=json.dumps({"text": text}), content_type="application/json").status_code == 200
    )
    assert client.get(at).get_json()["turns"][0]["text"] == "caf\u00e9[31m price?\nnow"


def test_a_busy_store_asks_to_try_again(app: Flask, client: FlaskClient, id: str, monkeypatch: Any) -> None:
    def busy(*_: object) -> None:
        raise Busy("locked by /somewhere")

    monkeypatch.setattr(app.extensions["store"], "turn", busy)
    answer = client.post(f"{API}/conversations/{id}/turns", json={"text": "a"})
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "somewhere" not in answer.text


def test_an_unforeseen_error_tells_nothing_of_the_inside(client: FlaskClient) -> None:
    answer = client.post(f"{API}/ask", json={"text": "break"})
    assert answer.status_code == 500
    assert "secret" not in answer.text and "Traceback" not in answer.text


def test_it_is_healthy_and_ready(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
    assert client.get("/readyz").get_json()["status"] == "ready"


def test_every_route_of_the_api_is_described(app: Flask, client: FlaskClient) -> None:
    described = {
        (path, method.upper())
        for path, calls in client.get(f"{API}/openapi.json").get_json()["paths"].items()
        for method in calls
    }
    routes = {
        (str(rule).replace("<", "{").replace(">", "}"), method)
        for rule in app.url_map.iter_rules()
        if str(rule).startswith(("/api/", "/healthz", "/readyz"))
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert described == routes


def test_every_reference_of_the_description_leads_somewhere(client: FlaskClient) -> None:
    text = client.get(f"{API}/openapi.json").text
    schemas = json.loads(text)["components"]["schemas"]
    named = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert named <= set(schemas)


def test_a_reply_is_as_described(client: FlaskClient) -> None:
    schema = client.get(f"{API}/openapi.json").get_json()["components"]["schemas"]
    reply = client.post(f"{API}/ask", json={"text": "I want"}).get_json()
    assert set(reply) == set(schema["Reply"]["properties"])
    assert set(reply["facts"][0]) | {"derived_from"} == set(schema["Fact"]["properties"])
    assert set(reply["shortlist"][0]["reasons"][0]) == set(schema["Reason"]["properties"])


def test_a_claim_is_as_described(client: FlaskClient) -> None:
    schema = client.get(f"{API}/openapi.json").get_json()["components"]["schemas"]
    claim = client.get(f"{API}/programs/north-college").get_json()["fields"]["pay"][0]
    assert set(claim) == set(schema["Claim"]["properties"])


def test_the_wider_set_is_counted_and_named(client: FlaskClient) -> None:
    reply = client.post(f"{API}/ask", json={"text": "nothing"}).get_json()
    assert reply["shortlist"] == []
    assert reply["wider"] == {"count": 3, "programs": ["beyond-0", "beyond-1", "beyond-2"]}


def test_no_answer_sets_a_header_that_belongs_to_the_server(client: FlaskClient) -> None:
    # A WSGI server refuses hop-by-hop headers, and the client then gets a bare 500 in place of the 413.
    body = json.dumps({"text": "x" * 100_000})
    answer = client.post("/api/v1/ask", data=body, content_type="application/json")
    assert answer.status_code == 413
    assert "Connection" not in answer.headers
