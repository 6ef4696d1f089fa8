"""What becomes a passage, and that it can stand alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from knowledge import (
    Block,
    Claim,
    Credits,
    Degree,
    Duration,
    Field,
    Format,
    Gpa,
    Knowledge,
    Months,
    Named,
    Program,
    Section,
    Track,
)  # fmt: skip

from advisor.retrieval import Passage, passages_of


def passages(fields: list[Field], values: dict[str, Any], sections: tuple[Section, ...] = ()) -> list[Passage]:
    claims = {
        name: (Claim(program="oak", field=name, value=value, source="s", place="p"),) for name, value in values.items()
    }
    program = Program(id="oak", name="Oak University", short="Oak", names=("Oak",), claims=claims)
    knowledge = SimpleNamespace(
        fields={field.name: field for field in fields},
        programs={"oak": program},
        sections={section.id: section for section in sections},
    )
    return list(passages_of(cast(Knowledge, knowledge)))


def section(*blocks: Block) -> Section:
    return Section(id="money", title="Paying for it", source="s", place="p", blocks=blocks)


def test_each_block_of_the_guide_is_a_passage_with_its_questions() -> None:
    one, two = passages(
        [],
        {},
        (
            section(
                Block(heading="Student loans", text="Ask first.", asks=("loans?",)),
                Block(heading="", text="The rest."),
            ),
        ),
    )

    assert (one.id, one.kind, one.owner, one.field) == ("money#student-loans", "guide", "money", "")
    assert one.text == "Ask first."
    assert one.asks == ("loans?",)
    assert one.embedded == "Paying for it – Student loans: Ask first."
    assert two.embedded == "Paying for it: The rest."


@pytest.mark.parametrize(
    ("item", "entry", "text"),
    [
        ("text", "robotics", "robotics"),
        ("named", Named(name="Vision Lab", focus="images"), "Vision Lab: images"),
        ("named", Named(name="Vision Lab"), "Vision Lab"),
        ("degree", Degree(name="MS", duration_months=Months(min=16, max=16)), "MS (16 months)"),
        (
            "degree",
            Degree(name="MS", duration_months=Months(min=18, max=24), notes="full-time"),
            "MS (18-24 months, full-time)",
        ),
        ("degree", Degree(name="MS", duration_months=Months(min=12)), "MS (at least 12 months)"),
        ("degree", Degree(name="PhD"), "PhD"),
        ("duration", Duration(degree="MS", months=Months(min=16), text="16 months"), "MS: 16 months"),
        ("format", Format(modes=("online",), text="online only"), "online only"),
        ("credits", Credits(degree="MS", count=32, unit="units"), "MS: 32 units"),
        ("gpa", Gpa(value=3.9, kind="average_admitted"), "3.9 (average of those admitted)"),
        ("gpa", Gpa(value=3.0, kind="minimum", degree="MS"), "MS: 3.0 (least that is asked for)"),
        ("track", Track(degree="MS", names=("vision", "speech")), "MS: vision, speech"),
    ],
)
def test_an_entry_of_a_list_is_put_in_words(item: Any, entry: Any, text: str) -> None:
    (passage,) = passages([Field(name="f", label="label", type="list", item=item)], {"f": (entry,)})

    assert passage.text == text
    assert passage.embedded == f"Oak – label: {text}"
    assert (passage.id, passage.kind, passage.owner, passage.field) == ("oak.f.0", "program", "oak", "f")


def test_prose_is_cut_into_sentences_and_not_inside_abbreviations() -> None:
    overview = "Oak is old. U.S. News ranks it. It is near St. Louis! Ask Dr. Elm about it."

    found = passages([Field(name="o", label="overview", type="text", prose=True)], {"o": overview})

    assert [p.text for p in found] == [
        "Oak is old.", "U.S. News ranks it.", "It is near St. Louis!", "Ask Dr. Elm about it.",
    ]  # fmt: skip


def test_other_text_stays_whole_and_cells_of_the_table_are_left_out() -> None:
    fields = [
        Field(name="capstone", label="capstone", type="text"),
        Field(name="city", label="city", type="text"),
        Field(name="tuition", label="tuition", type="money"),
        Field(name="labs", label="labs", type="list", item="named"),
    ]

    found = passages(fields, {"capstone": "One term. With a firm.", "city": "Elm City", "tuition": 9000})

    assert [p.text for p in found] == ["One term. With a firm."]
