"""What `explain` tells of a turn: where each thing stands in the text, and what each step changed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from advisor.dialogue.state import DialogueState
from tests import advisors


def explain(text: str, *before: str) -> dict[str, Any]:
    advisor = advisors.shipped()
    return advisor.explain(text, advisors.state(advisor, *before) if before else DialogueState())


def spans(text: str) -> dict[str, list[str]]:
    """The kinds of what was found, each with the words that it stands in."""
    found: dict[str, list[str]] = {}
    for clause in explain(text)["clauses"]:
        for span in clause["spans"]:
            assert clause["text"][span["start"] : span["end"]] == span["text"]
            found.setdefault(span["kind"], []).append(span["text"])
    return found


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("public schools in Ohio under $20k", "name", "ohio"),
        ("public schools in Ohio under $20k", "wish", "public"),
        ("public schools in Ohio under $20k", "amount", "under $20k"),
        ("the tuition of Cornell", "field", "tuition"),
        ("what do CS grads of Stanford earn?", "part", "cs"),
        ("does Cornell have student housing", "topic", "student housing"),
        ("I live in Ohio, what fits?", "residency", "live in ohio"),
        ("something within 50 miles of Chicago", "near", "within 50 miles of chicago"),
        ("which school is closest to Boston", "closest", "closest to boston"),
        ("how far is Cornell from Boston", "distance", "boston"),
        ("the cheapest in Texas", "query", "cheapest"),
        ("the tuition of Cornel", "spelling", "cornel"),
        ("does Cornell have zebras", "unexplained", "zebras"),
    ],
)
def test_what_was_found_stands_where_it_was_said(text: str, kind: str, words: str) -> None:
    assert words in spans(text)[kind]


def test_a_wish_without_words_of_its_own_is_told_beside_the_spans() -> None:
    clause = explain("anything in Texas")["clauses"][0]

    assert any(wish["slot"] == "states" and wish["value"] == ["TX"] for wish in clause["wished"])
    assert not any(span["kind"] == "wish" for span in clause["spans"])


def test_acts_and_queries_are_told_field_by_field() -> None:
    (act,) = explain("which public school is the cheapest?")["made"]

    assert act["act"] == "AskTable"
    assert act["holds"]["query"]["field"] == "tuition" and act["holds"]["query"]["order"] == "asc"
    assert act["holds"]["query"]["where"] == [["filter", "control", "==", "public", ""]]


def test_a_change_is_told_with_what_was_before() -> None:
    changes = explain("actually 30k", "public, under 20k")["state"]["changes"]

    assert changes["profile.tuition"] == [{"max": 20000}, {"max": 30000}]
    assert "profile.control" not in changes


def test_each_program_is_counted_once() -> None:
    trace = explain("I live in Ohio and can pay 20k")
    offers, counts = trace["reply"]["shortlist"], trace["matches"]

    assert counts["fit"] + counts["may fit"] >= len(offers) > 0
    assert sum(counts.values()) <= 25


def test_a_rule_says_what_it_is_for() -> None:
    (action,) = explain("the tuition of Cornell")["actions"]

    assert (action["rule"], action["answers"]) == ("facts_are_asked", "RequestFacts")
    assert action["why"] == "Facts and questions over the table are answered."


def test_every_step_is_timed() -> None:
    took = explain("hi")["milliseconds"]

    assert list(took) == ["understand", "track", "match", "decide", "perform", "word"]
    assert all(millis >= 0 for millis in took.values())


def test_the_whole_of_it_is_json() -> None:
    trace = explain("cheapest within 50 miles of Chicago, or in Texas? what if I had 40k", "public", "what fits?")

    assert json.loads(json.dumps(trace)) == trace
