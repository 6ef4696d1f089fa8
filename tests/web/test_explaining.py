"""How `explain` prints a turn: what is said and where, whatever the terminal."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

from advisor.dialogue.state import DialogueState
from tests import advisors

from web import explaining
from web.explaining import short
from web.marking import Mark, marked

SAYINGS = (
    "cheapest public school in California under 20k, and what do CS grads of Stanford earn?",
    "I live in Ohio and want a part-time program within 50 miles of Chicago, but not UIUC",
    "how many public schools in Texas or California are under 30k?",
    "I have no preference on cost, anything online is fine. what about [bold]visas[/bold] 日本語?",
    "how far is Cornell from NYC and which is closest to Boston",
    "x" * 300,
    "hi",
)


def shown(text: str, *before: str, width: int = 80, encoding: str = "utf-8", **more: Any) -> str:
    advisor = advisors.shipped()
    state = advisors.state(advisor, *before) if before else DialogueState()
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="replace")
    explaining.show(advisor.explain(text, state), Console(file=out, width=width, **more))
    out.seek(0)
    return out.read()


def line(page: str, start: str) -> str:
    """What stands beside a name."""
    return next(one.strip().removeprefix(start).strip() for one in page.splitlines() if one.strip().startswith(start))


@pytest.mark.parametrize("text", SAYINGS)
@pytest.mark.parametrize("width", [60, 80, 200])
def test_no_line_is_wider_than_the_terminal(text: str, width: int) -> None:
    lines = shown(text, width=width).splitlines()

    assert all(len(one) <= width and one == one.rstrip() for one in lines)


def test_a_label_hangs_below_its_word() -> None:
    lines = shown("public schools in ohio").splitlines()
    words = next(one for one in lines if "public schools in ohio" in one)
    label = next(one for one in lines if "name state:OH" in one)

    assert label.index("└") == words.index("ohio")


def test_all_six_steps_are_told_in_their_order() -> None:
    page = shown("the tuition of Cornell")
    titles = [one.split()[0] for one in page.splitlines() if one.endswith("──") and one[0] != " "]

    assert titles == ["Understand", "Track", "Match", "Decide", "Perform", "Word"]
    assert line(page, "taken by") == "one_school"
    assert line(page, "act") == "RequestFacts"
    assert line(page, "facts_are_asked") == "→ inform, for RequestFacts"
    assert advisors.say(advisors.shipped(), "the tuition of Cornell").text.split()[0] in page


def test_a_query_is_told_in_words() -> None:
    page = shown("how many schools in Texas or California cost under 30k?", width=92)

    assert line(page, "query  ").startswith("count") and "state in " in page


def test_a_change_shows_before_and_after() -> None:
    page = shown("actually 30k", "public, under 20k")

    assert line(page, "profile.tuition") == "≤ 20,000 → ≤ 30,000"


def test_markup_in_a_message_is_text() -> None:
    assert "[bold]visas[/bold]" in shown("what about [bold]visas[/bold]?")


def test_nothing_but_words_is_printed_without_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    page = shown("public schools in Ohio", force_terminal=True)

    assert "\x1b[3" not in page and "name state:OH" in page
    assert "\x1b" not in shown("public schools in Ohio")


def test_signs_have_stand_ins_where_only_ascii_can_be_printed() -> None:
    page = shown("public schools in Ohio under 20k", encoding="ascii")

    assert page.isascii() and "` name state:OH" in page and "?" not in page.partition("Word")[0]


@pytest.mark.parametrize("width", [60, 92])
def test_every_letter_of_a_marked_text_is_shown_once(width: int) -> None:
    text = "one two three four five six seven eight nine ten eleven twelve " * 4
    marks = [Mark(4, 7, "label " * 12), Mark(100, 130, "another"), Mark(100, 103, "third")]

    lines = [one.plain for one in marked(text, marks, width)]

    told = " ".join(one for one in lines if one[:1].isalpha())
    assert told.split() == text.split()
    assert sum(one.count("label") for one in lines) == 12


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"min": 10, "max": 20}, "10 to 20"),
        ({"min": 3.5}, "≥ 3.5"),
        (True, "yes"),
        (["a"] * 8, "a, a, a, a, a, a, and 2 more"),
        ({"control": "public"}, "control public"),
        ([], "–"),
    ],
)
def test_values_are_short(value: Any, said: str) -> None:
    assert short(value) == said
