"""The pages without script: plain forms, links to sources, and nothing of a student's text run."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from tests.web.stub import StubAdvisor

from web.errors import FRAGMENT
from web.security import HEADERS
from web.show import in_doubt, key_figures

PAGES = ["/", "/programs", "/programs/north-college", "/guide", "/guide/money", "/about"]


def begin(client: FlaskClient, text: str) -> str:
    """The address of a conversation that begins with a text."""
    answer = client.post("/turns", data={"text": text, "key": "k"})
    assert answer.status_code == 303
    return answer.headers["Location"].split("#")[0]


def test_the_first_view_says_what_this_is_and_offers_questions(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "hree schools that do not exist" in page
    assert 'name="text" value="How dear is North?"' in page
    assert "The almanac" in page and "data of 2025" in page


def test_a_message_makes_a_conversation_that_reload_keeps(client: FlaskClient) -> None:
    at = begin(client, "price?")
    assert at.startswith("/c/")
    for _ in range(2):
        page = client.get(at).text
        assert "North College costs $12,000 a year." in page
        assert 'role="log"' in page


def test_a_cited_fact_links_to_a_page_that_shows_it(client: FlaskClient) -> None:
    page = client.get(begin(client, "price?")).text
    assert 'href="/programs/north-college#tuition"' in page
    assert 'href="/guide/money"' in page
    program = client.get("/programs/north-college").text
    assert 'id="tuition"' in program and "$12,000 a year" in program and "Table, row 1" in program


def test_only_the_last_turn_can_be_answered(client: FlaskClient) -> None:
    at = begin(client, "price?")
    client.post(f"{at}/turns", data={"text": "I want it"})
    page = client.get(at).text
    assert 'value="I want research"' not in page
    assert 'value="no preference"' in page
    assert page.count("Research or industry?") == 1


def test_a_suggestion_is_a_button_that_sends_its_text(client: FlaskClient) -> None:
    at = begin(client, "price?")
    assert f'action="{at}/turns"' in client.get(at).text
    client.post(f"{at}/turns", data={"text": "Compare them"})
    assert "Side by side:" in client.get(at).text


def test_a_shortlist_shows_fit_reasons_and_near_misses(client: FlaskClient) -> None:
    page = client.get(begin(client, "I want it")).text
    assert "75% fit" in page and 'width="75.0%"' in page
    assert "under your $20,000" in page and "55 of 60" in page
    assert "not known:" in page
    assert "it costs $48,000 a year" in page
    assert "Portland, ME" in page


def test_a_comparison_is_a_table(client: FlaskClient) -> None:
    page = client.get(begin(client, "compare")).text
    assert page.count('<th scope="col">') == 2
    assert '<th scope="row">Tuition</th>' in page
    assert "<li>one</li>" in page
    assert "Tuition: one and two" not in page and page.count("Pay in Computing (1.1)") == 1
    assert page.count('class="best"') == 2  # the rank and the price of the first


def test_figures_of_another_kind_are_shown_and_not_set_against_each_other(client: FlaskClient) -> None:
    row = client.get(begin(client, "compare")).text.split('<th scope="row">Pay in Computing (1.1)</th>')[1]
    row = row.split("</tr>")[0]
    assert "one year after" in row and "four years after" in row
    assert 'class="best"' not in row
    assert 'href="/programs/north-college#pay-11"' in row


def test_what_fits_beyond_the_ranking_has_links_and_a_button(client: FlaskClient) -> None:
    page = client.get(begin(client, "nothing")).text
    assert 'href="/programs/beyond-0"' in page and 'value="not just the ranking"' in page
    assert "3 schools fit" in page and "Beyond, 3 fit" not in page
    assert page.count("$9 above") == 1
    at = begin(client, "nothing")
    client.post(f"{at}/turns", data={"text": "price?"})
    assert 'value="not just the ranking"' not in client.get(at).text


def test_a_card_shows_the_price_that_applies_and_what_may_fit(app: Flask, stub: StubAdvisor) -> None:
    price = {"program": "north-college", "field": "fee", "display": "$7 a year", "as_of": "2023"}
    price |= {"source": {"document": "register", "place": ""}, "derived_from": [{"field": "fee_away"}]}
    with app.test_request_context():
        for facts, told in (
            ([price], ["fee, 2023", "$7 a year"]),
            ([], ["tuition, A. Printer 2025", "$12,000 a year"]),
        ):
            _, figures = key_figures("north-college", {"facts": facts})
            assert [figures[0].label, figures[0].display] == told
        _, figures = key_figures("beyond-0", {"facts": []})
        assert [f.display for f in figures] == ["$9,000 a year", "$21,000 a year"]
    assert in_doubt({"reasons": [{"met": None, "criterion": "tuition"}]})
    assert not in_doubt({"reasons": [{"met": None, "criterion": "goal"}, {"met": True, "criterion": "tuition"}]})


def test_the_same_form_sent_twice_is_one_turn(client: FlaskClient, stub: StubAdvisor) -> None:
    at = begin(client, "price?")
    for _ in range(2):
        client.post(f"{at}/turns", data={"text": "I want it", "key": "same"})
    assert stub.thoughts == 2
    client.post(f"{at}/turns", data={"text": "something else", "key": "same"})
    assert stub.thoughts == 3


@pytest.mark.parametrize(("text", "status"), [("x" * 201, 413), ("x" * 100_000, 413), ("  \x00 ", 422)])
@pytest.mark.parametrize("first", [True, False])
def test_a_message_that_cannot_be_read_stays_in_the_field(
    client: FlaskClient, text: str, status: int, first: bool
) -> None:
    at = "" if first else begin(client, "price?")
    answer = client.post(f"{at}/turns", data={"text": text})
    assert answer.status_code == status
    assert 'aria-invalid="true"' in answer.text
    kept = text.replace("\x00", "").strip()
    assert f">{kept}</textarea>" in answer.text
    assert first or "North College costs" in answer.text


def test_the_script_gets_the_turn_alone(client: FlaskClient) -> None:
    answer = client.post("/turns", data={"text": "price?", "key": "k"}, headers={"Accept": FRAGMENT})
    assert answer.status_code == 200
    assert answer.text.strip().startswith("<article") and "<html" not in answer.text
    assert answer.headers["Content-Location"].startswith("/c/")


def test_the_script_gets_errors_as_words(client: FlaskClient) -> None:
    answer = client.post("/turns", data={"text": "x" * 300}, headers={"Accept": FRAGMENT})
    assert answer.status_code == 413
    assert answer.mimetype == "text/plain" and "at most 200" in answer.text


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '" onfocus="x', "{{7*7}}"]
)
def test_what_is_written_is_never_markup(client: FlaskClient, text: str) -> None:
    page = client.get(begin(client, text)).text
    assert f'<p dir="auto">{escape(text)}</p>' in page
    assert "<script>" not in page and "<img" not in page and 'onfocus="x' not in page


def test_names_and_sections_are_escaped(client: FlaskClient) -> None:
    assert "South &lt;University&gt;" in client.get("/programs").text
    section = client.get("/guide/money").text
    assert "<script>alert" not in section and 'href="javascript' not in section
    assert "<strong>grants</strong>" in section and "<table>" in section


def test_a_program_page_shows_what_disagrees_and_what_is_missing(client: FlaskClient) -> None:
    page = client.get("/programs/north-college").text
    assert "Also said, and not used." in page and "$13,000 a year" in page
    assert "page 9" in page and "It is later." in page
    assert "graduation rate" in client.get("/programs/west-institute").text.split("<h2>Not given</h2>")[1]


def test_schools_beyond_the_ranking_are_found_and_paged(client: FlaskClient) -> None:
    page = client.get("/programs").text
    assert 'role="search"' in page and "Far &lt;Academy&gt;" in page and "$21,001 a year" in page
    assert "Prices are fee of 2023: an average of the school." in page
    found = client.get("/programs?q=college").text
    assert "North College" in found and "Gone College" in found and "Academy" not in found
    assert "ranked #1" in found
    assert "No school here" in client.get("/programs?q=nowhere").text
    first = client.get("/programs?limit=2").text
    following = re.search(r'rel="next" href="([^"#]*)', first)
    assert following and "Gone College" not in first
    second = client.get(following[1]).text
    assert "Gone College" in second and 'rel="prev"' in second
    assert client.get("/programs?limit=51").status_code == 422


def test_a_program_beyond_the_ranking_has_its_page(client: FlaskClient) -> None:
    page = client.get("/programs/beyond-0").text
    assert "Not among the 3 ranked" in page
    assert "Fee for residents of TX" in page and "$9,000 a year, 2023" in page
    assert 'id="fee_away"' in page and "$21,000 a year" in page
    assert 'rel="external noopener noreferrer" href="https://www.east.example/"' in page
    assert "Free with thanks." in page
    assert 'href="javascript' not in client.get("/programs/beyond-1").text
    assert 'id="price"' not in client.get("/programs/beyond-2").text


def test_figures_by_field_of_study_are_a_table_and_the_withheld_no_number(client: FlaskClient) -> None:
    page = client.get("/programs/north-college").text
    row = page.split('id="pay-11"')[1].split("</td>")[0]
    assert "$70,001 a year" in row and "one year after" in row
    assert "withheld" in page.split('id="pay-27"')[1].split("</td>")[0]
    assert "* Withheld:" in page and "Counts only some." in page


def test_a_program_page_holds_its_price_against_the_record(client: FlaskClient) -> None:
    page = client.get("/programs/north-college").text
    assert "lies closest to the price of beginners, at the median 20% from it" in page
    assert "20% above the price of beginners, $10,000 a year in 2023" in page
    assert "key 1, column B" in page


def test_about_tells_of_what_is_withheld_and_disputed(client: FlaskClient) -> None:
    page = client.get("/about").text
    assert "Pay: 6 of 12 figures withheld" in page
    assert "for 1 of its 3 programs" in page and "20% above" in page


def test_about_tells_of_sources_contradictions_and_omissions(client: FlaskClient) -> None:
    page = client.get("/about").text
    for words in ("A. Printer", "2026-01-02", "North&#39;s price", "An advertisement.", "the weather"):
        assert words in page


def test_a_conversation_can_be_deleted(client: FlaskClient) -> None:
    at = begin(client, "price?")
    assert client.post(f"{at}/delete").headers["Location"] == "/"
    assert client.get(at).status_code == 404


@pytest.mark.parametrize("at", ["/c/none", "/programs/none", "/guide/none", "/nothing"])
def test_what_is_not_there_is_a_page_that_leads_on(client: FlaskClient, at: str) -> None:
    answer = client.get(at)
    assert answer.status_code == 404
    assert "Start a new conversation" in answer.text


def test_every_response_has_the_security_headers(client: FlaskClient) -> None:
    at = begin(client, "price?")
    style = re.search(r'href="(/static/chat.css[^"]*)"', client.get("/").text)
    assert style
    answers = [
        client.get(page) for page in [*PAGES, at, style[1], "/none", "/api/v1/programs", "/api/v1/x", "/healthz"]
    ]
    answers += [client.post("/turns", data={"text": "a"}), client.post("/api/v1/ask"), client.put("/")]
    answers += [client.post("/api/v1/ask", json={"text": "break"}), client.options("/")]
    for answer in answers:
        assert HEADERS.items() <= dict(answer.headers).items(), answer.request.path
        assert answer.headers["Cache-Control"]


def test_no_page_has_inline_script_or_style(client: FlaskClient) -> None:
    for page in [*PAGES, begin(client, "I want it"), begin(client, "compare")]:
        text = client.get(page).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|https?://", text), page


def test_conversations_are_not_stored_by_browsers_and_static_files_are(client: FlaskClient) -> None:
    assert client.get(begin(client, "price?")).headers["Cache-Control"] == "no-store"
    style = re.search(r'href="(/static/chat.css[^"]*)"', client.get("/").text)
    assert style and "immutable" in client.get(style[1]).headers["Cache-Control"]
    assert "immutable" not in client.get("/static/chat.css?v=old").headers["Cache-Control"]


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://localhost"}, True),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, False),
    ],
)
def test_what_another_site_sends_is_refused(
    client: FlaskClient, stub: StubAdvisor, headers: dict[str, str], allowed: bool
) -> None:
    answers = [client.post("/turns", data={"text": "a"}, headers=headers)]
    answers.append(client.post("/api/v1/ask", json={"text": "a"}, headers=headers))
    assert [a.status_code for a in answers] == ([303, 200] if allowed else [403, 403])
    assert bool(stub.thoughts) == allowed


def test_every_internal_link_leads_somewhere(app: Flask, client: FlaskClient) -> None:
    seen: set[str] = set()
    todo = [*PAGES, begin(client, "I want it"), begin(client, "compare")]
    while todo:
        at = todo.pop()
        seen.add(at)
        answer = client.get(at)
        assert answer.status_code == 200, at
        links = [link.split("#")[0] for link in re.findall(r'href="(/[^"]*)"', answer.text)]
        todo += [link for link in dict.fromkeys(links) if link not in seen and link not in todo]
