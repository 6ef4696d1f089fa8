"""A pack of bikes answers over its own table, in its own words and money, with no code of its own."""

from __future__ import annotations

import re

import pytest

from tests.advisors import bikes, say

LISTS: list[tuple[str, set[str]]] = [
    ("Which bikes cost less than 2000 euros?", {"kestrel-city-3", "holt-folder"}),
    ("Which bikes weigh less than 20 kg?", {"amber", "holt-folder"}),
    ("Which bikes are heavier than 30 kilos?", {"pack-mule", "tide-runner"}),
    ("Which bikes cost between 2000 and 2500 euros?", {"amber", "pico"}),
    ("Which bikes have more than 10 gears?", {"kestrel-summit", "tide-runner"}),
    ("Which are cargo bikes?", {"pack-mule", "tide-runner"}),
    ("Which bikes are made by Holt?", {"holt-folder", "nomad-500"}),
    ("Which bikes are by Holt or Lumen?", {"holt-folder", "nomad-500", "amber", "lumen-trek"}),
    ("Which bikes are foldable?", {"holt-folder", "pico", "tide-runner"}),
    ("Which bikes have a belt drive?", {"kestrel-city-3", "amber", "pack-mule", "pico", "nomad-500"}),
    ("Which cargo bikes are not foldable?", {"pack-mule"}),
    ("Which bikes come in yellow?", {"pack-mule", "pico"}),
    ("Which bikes come in red or yellow?", {"amber", "pack-mule", "pico"}),
    ("Which bikes are sold by Bergrad?", {"kestrel-summit", "tide-runner"}),
    ("Which city bikes cost under 2000 euros?", {"kestrel-city-3"}),
    ("What is the cheapest bike?", {"holt-folder"}),
    ("What is the lightest bike?", {"holt-folder"}),
    ("What is the cheapest cargo bike?", {"pack-mule"}),
    ("Which bikes have no price?", {"nomad-500"}),
]
SAID: list[tuple[tuple[str, ...], str]] = [
    (("How much is the Amber?",), "€2,450"),
    (("How heavy is the Amber?", "and the Pack Mule?"), "38.5 kg"),
    (("Does the Amber have a belt drive?",), "Yes"),
    (("What is the average price?",), "€3,360"),
    (("What is the average weight?",), "25.5 kg"),
    (("How many bikes are foldable?",), "3 of the 9 bikes"),
    (("Compare Amber and Pico",), "€2,190"),
    (("Tell me about the Amber",), "A light city bike"),
    (("What does the Nomad 500 cost?",), "does not give"),
    (("I want a bike under 2000 euros",), "price at most €2,000"),
    (("I have 2000 dollars for a bike",), "don't convert"),
]
OF_SCHOOLS = re.compile(r"\b(tuition|schools?|programs?|universit\w+|dollars?|students?|ranked)\b|\$", re.IGNORECASE)


@pytest.mark.parametrize(("question", "programs"), LISTS)
def test_questions_over_the_table_are_answered(question: str, programs: set[str]) -> None:
    reply = say(bikes(), question)
    assert set(reply.programs) == programs, reply.text
    assert not OF_SCHOOLS.search(reply.text)


@pytest.mark.parametrize(("texts", "said"), SAID)
def test_values_are_said_in_the_words_of_the_pack(texts: tuple[str, ...], said: str) -> None:
    text = say(bikes(), *texts).text
    assert said in text
    assert not OF_SCHOOLS.search(text.replace("2000 dollars (USD)", ""))


def test_a_wish_for_a_light_one_puts_the_lightest_first() -> None:
    reply = say(bikes(), "I want a light bike under 2500 euros")
    assert reply.programs[0] == "holt-folder"
    assert set(reply.programs) == {"holt-folder", "amber", "kestrel-city-3", "pico"}


def test_only_what_the_pack_holds_is_asked_about() -> None:
    reply = say(bikes(), "recommend me a bike")
    assert reply.question is not None and reply.question.slot in {"price", "kind", "motor"}
