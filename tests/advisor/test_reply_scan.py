"""A long scripted run, and what no reply of it may do: state a figure from nowhere, or a price or earnings of a
school without its year, its level and what it is."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest

from advisor import Conversation
from tests import advisors

Answer = Mapping[str, Any]

MONEY = re.compile(r"\$(\d[\d,]*(?:\.\d+)?)(?:\s*(k|million)\b)?", re.IGNORECASE)
DEGREES = 40
"""Talks of several turns that are made of cases, so that what is said depends on what was said before."""
SAYS: Mapping[str, tuple[str, ...]] = {
    "tuition": ("{as_of}", "ranking"),
    "graduate_price": ("{as_of}", "graduate", "institution"),
    "graduate_tuition_in_state": ("{as_of}", "graduate", "institution"),
    "graduate_tuition_out_of_state": ("{as_of}", "graduate", "institution"),
    "graduate_fees_in_state": ("{as_of}", "graduate", "institution"),
    "graduate_fees_out_of_state": ("{as_of}", "graduate", "institution"),
    "earnings": ("{as_of}", "after completing", "master's", "federal student aid", "{part}"),
    "debt": ("{as_of}", "master's|completing", "federal student loans", "{part}"),
}
"""What a reply says besides, that states a figure of such a field."""
NEVER = re.compile(
    r"\byour (?:own |actual |exact )?price\b|\byou will pay (?:exactly )?\$|\byou'll pay \$", re.IGNORECASE
)


def scripts() -> Iterator[list[str]]:
    """What is said, conversation by conversation: all cases, all talks, and cases one after the other."""
    single: list[str] = []
    for path in sorted((advisors.TESTS / "cases").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if "turns" in row:
                yield [turn["user"] for turn in row["turns"]]
            else:
                single.append(row["text"])
                yield [row["text"]]
    for path in sorted((advisors.TESTS / "dialogues").glob("*.toml")):
        for talk in tomllib.loads(path.read_text(encoding="utf-8"))["dialogue"]:
            yield [turn["say"] for turn in talk["turns"]]
    yield from (single[start::DEGREES][:8] for start in range(DEGREES))


@cache
def run() -> list[tuple[str, Answer]]:
    """Every utterance with its reply."""
    said = []
    for texts in scripts():
        conversation = Conversation("scan")
        said += [(text, advisors.real().reply(conversation, text).to_dict()) for text in texts]
    return said


def whole(facts: list[Answer]) -> Iterator[Answer]:
    """The facts, and those that they are derived from."""
    for fact in facts:
        yield fact
        yield from whole(fact.get("derived_from", []))


def amounts(text: str) -> set[float]:
    """The sums of money in a text."""
    sizes = {"k": 1e3, "million": 1e6, "": 1.0}
    return {float(n.replace(",", "")) * sizes[unit.lower()] for n, unit in MONEY.findall(text)}


def numbers(value: Any) -> Iterator[float]:
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield float(value)
    elif isinstance(value, str):
        yield from amounts(value)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from numbers(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from numbers(one)


def known(reply: Answer) -> set[float]:
    """The sums that a reply may name: of its facts, the profile, and the sections that it cites, with what
    contradicts these."""
    found = set(numbers(reply["profile"]))
    for fact in whole(reply["facts"]):
        found |= {*numbers(fact["value"]), *numbers(fact["display"])}
    knowledge, cited = advisors.real().knowledge, set(reply["sections"])
    briefs = (c.brief for c in knowledge.contradictions if cited & set(c.sections))
    return found.union(*(amounts(knowledge.sections[id].text) for id in cited), *map(amounts, briefs))


def from_nowhere(reply: Answer) -> set[float]:
    return amounts(reply["text"]) - known(reply)


def bare(reply: Answer) -> set[str]:
    """Fields whose figure a reply states of a school without saying what it is."""
    text = reply["text"]
    stated = amounts(text)
    titles = {part.title for part in advisors.real().knowledge.parts.values()}
    found = set()
    for fact in whole(reply["facts"]):
        # How far a price is above a limit is made of it, and is none itself.
        made = fact["field"] != "graduate_price" and ("derived_from" in fact or fact["source"]["place"] == "computed")
        wanted = SAYS.get(fact["field"], ()) if fact["program"] and not made else ()
        if not wanted or not set(numbers(fact["value"])) & stated:
            continue
        part = next((t for t in sorted(titles, key=len, reverse=True) if fact["basis"].startswith(t)), "")
        for words in (w.format(as_of=fact["as_of"], part=part) for w in wanted):
            if not any(one in text for one in words.split("|")):
                found.add(f"{fact['field']} without {words!r}")
    return found


def shown(faults: list[tuple[str, Any, str]]) -> str:
    return f"{len(faults)} of {len(run())}\n" + "\n".join(
        f"{text!r}: {what}\n    {said}" for text, what, said in faults
    )


@pytest.mark.slow
def test_the_run_is_long() -> None:
    assert len(run()) >= 1_000
    assert {"inform", "compare", "recommend", "explain", "unknown"} <= set(Counter(r["act"] for _, r in run()))


@pytest.mark.slow
def test_no_price_and_no_earnings_stand_without_year_and_level() -> None:
    faults = [(text, what, reply["text"]) for text, reply in run() if (what := bare(reply))]
    assert not faults, shown(faults)


@pytest.mark.slow
def test_every_sum_of_money_has_its_fact() -> None:
    faults = [(text, what, reply["text"]) for text, reply in run() if (what := from_nowhere(reply))]
    assert not faults, shown(faults)


@pytest.mark.slow
def test_nothing_is_called_the_student_s_price() -> None:
    faults = [(text, found[0], reply["text"]) for text, reply in run() if (found := NEVER.search(reply["text"]))]
    assert not faults, shown(faults)


@pytest.mark.slow
def test_figures_of_different_kinds_are_never_ranked_unsaid() -> None:
    faults = []
    for text, reply in run():
        kinds = {
            (fact["field"], fact["basis"])
            for fact in reply["facts"]
            if fact["program"] and fact["field"] == "earnings" and set(numbers(fact["value"])) & amounts(reply["text"])
        }
        horizons = {basis.partition("earnings, ")[2][:10] for _, basis in kinds}
        if len(horizons) > 1 and "should not be compared" not in reply["text"]:
            faults.append((text, horizons, reply["text"]))
    assert not faults, shown(faults)
