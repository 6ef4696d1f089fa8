"""The pack that ships, against what the ranking prints: the table stands here a second time, by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import Knowledge

SOURCE = "hakia-ml-masters-2026"
FEDERAL = {
    "ipeds-directory": "2020",
    "ipeds-charges": "2022-23",
    "scorecard-field-of-study": "2026-06-10",
    "dhs-stem-list": "2024",
}

# rank, id, name, city, state, control, tuition, graduation rate, score
TABLE = """
1|carnegie-mellon-university|Carnegie Mellon University|Pittsburgh|PA|private|62260|98|94.4
2|university-of-southern-california|University of Southern California|Los Angeles|CA|private|66640|92|92.5
3|syracuse-university|Syracuse University|Syracuse|NY|private|61310|99|84.3
4|university-of-washington-seattle-campus|University of Washington-Seattle Campus|Seattle|WA|public|11524|97|81.7
5|university-of-pennsylvania|University of Pennsylvania|Philadelphia|PA|private|58620|100|73.7
6|new-york-university|New York University|New York|NY|private|60438||70.5
7|northwestern-university|Northwestern University|Evanston|IL|private|64887|90|67.5
8|clark-university|Clark University|Worcester|MA|private|54760|98|66.2
9|university-of-california-irvine|University of California-Irvine|Irvine|CA|public|11834|96|65.7
10|northeastern-university|Northeastern University|Boston|MA|private|62000||65.4
11|brandeis-university|Brandeis University|Waltham|MA|private|64348|99|65.4
12|rochester-institute-of-technology|Rochester Institute of Technology|Rochester|NY|private|55784|90|65.2
13|university-of-san-diego|University of San Diego|San Diego|CA|private|55690|97|65.1
14|university-of-pittsburgh-pittsburgh-campus|University of Pittsburgh-Pittsburgh Campus|Pittsburgh|PA|public|20154|88|64
15|emory-university|Emory University|Atlanta|GA|private|59920|97|63.2
16|san-jose-state-university|San Jose State University|San Jose|CA|public|5742|100|63.1
17|university-of-california-santa-cruz|University of California-Santa Cruz|Santa Cruz|CA|public|11834|93|62.3
18|university-of-central-florida|University of Central Florida|Orlando|FL|public|4478|93|61.4
19|university-of-georgia|University of Georgia|Athens|GA|public|9790|95|60.9
20|johns-hopkins-university|Johns Hopkins University|Baltimore|MD|private|62840||60.4
21|university-of-north-texas|University of North Texas|Denton|TX|public|8319|70|60.2
22|illinois-institute-of-technology|Illinois Institute of Technology|Chicago|IL|private|49607|89|60
23|pennsylvania-state-university-main-campus|Pennsylvania State University-Main Campus|University Park|PA|public|19672|87|58.8
24|boston-university|Boston University|Boston|MA|private|63798||56.3
25|saint-louis-university|Saint Louis University|Saint Louis|MO|private|52260|92|56
"""  # noqa: E501
ROWS = [line.split("|") for line in TABLE.strip().splitlines()]
NUMBERS = {"rank": 0, "tuition": 6, "graduation_rate": 7, "score": 8}
TEXTS = {"city": 3, "state": 4, "control": 5}

# The list fields that other programs rely on.
LISTS = [
    "degrees",
    "duration",
    "format",
    "credits",
    "labs",
    "industry_partners",
    "top_employers",
    "common_roles",
    "faculty",
    "gpa",
    "accreditations",
    "location_advantages",
]
# Which of them the page gives, by rank; from rank 11 on it has a row of the table and nothing else.
GIVEN = {
    1: "degrees duration labs industry_partners faculty gpa accreditations",
    2: "degrees duration format credits labs industry_partners top_employers common_roles",
    3: "degrees duration format credits labs industry_partners faculty gpa accreditations location_advantages",
    4: "degrees duration format labs industry_partners faculty gpa accreditations location_advantages",
    5: "degrees duration format labs industry_partners common_roles faculty",
    6: "degrees duration format labs common_roles faculty",
    7: "degrees duration format industry_partners top_employers common_roles faculty",
    8: "degrees duration labs industry_partners top_employers common_roles location_advantages",
    9: "degrees format labs common_roles",
    10: "degrees duration labs industry_partners faculty accreditations location_advantages",
}
PARTNERS = {
    1: "Amazon, Bosch Group",
    2: "Amazon, Meta, Capital One, Boeing, Intel, Google, Apple, Microsoft, Uber, Qualcomm",
    3: "NetApp, ADP, PayPal, Uber",
    4: "Boeing Company, Amazon, JP Morgan Chase & Co., Costco IT, Zillow",
    5: "AWS, Google",
    7: "Chicago Fire FC",
    8: "Worcester Polytechnic Institute (research partnership)",
    10: "Google, Amazon, Cisco, JPMorgan Chase",
}
EMPLOYERS = {
    2: "Amazon, Google, Microsoft, Apple, Intel, Boeing, Uber, TikTok, Qualcomm",
    7: "Qualtrics, Spotify, Snowflake, Deloitte, Amazon",
    8: "Google Research, Microsoft Research, Meta AI, nonprofit research organizations",
}
SECTIONS = [
    "key-facts",
    "market-overview",
    "student-experience",
    "why-masters",
    "work-experience",
    "thesis",
    "specializations",
    "part-time",
    "careers",
    "states",
    "financing",
    "employer-tuition",
    "selection-guide",
    "methodology",
    "about-source",
]


def test_the_programs_are_the_25_of_the_table(knowledge: Knowledge) -> None:
    assert list(knowledge.programs) == [row[1] for row in ROWS]
    assert [program.name for program in knowledge.programs.values()] == [row[2] for row in ROWS]


@pytest.mark.parametrize("row", ROWS, ids=[row[1] for row in ROWS])
def test_every_cell_of_the_table_is_in_the_pack(knowledge: Knowledge, row: list[str]) -> None:
    program = knowledge.programs[row[1]]
    cells: dict[str, object] = {field: row[at] for field, at in TEXTS.items()}
    cells |= {field: float(row[at]) if row[at] else None for field, at in NUMBERS.items()}
    assert {field: program.value(field) for field in cells} == cells


@pytest.mark.parametrize("row", ROWS, ids=[row[1] for row in ROWS])
def test_every_cell_names_the_row_it_stands_in(knowledge: Knowledge, row: list[str]) -> None:
    claims = (knowledge.programs[row[1]].claim(field) for field in (*NUMBERS, *TEXTS))
    assert {claim.place for claim in claims if claim is not None} == {f"Top 50 table, row {row[0]}"}


@pytest.mark.parametrize("rank", GIVEN)
def test_what_the_page_gives_beside_the_table_is_there_and_no_more(knowledge: Knowledge, rank: int) -> None:
    program = knowledge.programs[ROWS[rank - 1][1]]
    assert [field for field in LISTS if program.value(field) is not None] == GIVEN[rank].split()
    assert program.value("highlight") and program.value("overview")


@pytest.mark.parametrize(("field", "lists"), [("industry_partners", PARTNERS), ("top_employers", EMPLOYERS)])
def test_companies_are_the_page_s_in_its_order(knowledge: Knowledge, field: str, lists: dict[int, str]) -> None:
    programs = (knowledge.programs[row[1]] for row in ROWS)
    found = {rank: value for rank, p in enumerate(programs, 1) if (value := p.value(field)) is not None}
    assert {rank: ", ".join(value) for rank, value in found.items()} == lists


def test_from_rank_11_on_there_is_nothing_beside_the_table(knowledge: Knowledge) -> None:
    claims = (c for row in ROWS[10:] for held in knowledge.programs[row[1]].claims.values() for c in held)
    assert {claim.field for claim in claims if claim.source == SOURCE} <= {*NUMBERS, *TEXTS}


def test_only_washington_s_graduates_have_a_salary(knowledge: Knowledge) -> None:
    salaries = {program.id: program.value("salary") for program in knowledge.programs.values()}
    given = {program: salary for program, salary in salaries.items() if salary is not None}
    assert given == {"university-of-washington-seattle-campus": 165000}


def test_penn_s_slip_is_kept_beside_the_value_that_is_used(knowledge: Knowledge) -> None:
    claims = knowledge.programs["university-of-pennsylvania"].claims["graduation_rate"]
    assert [(claim.value, claim.place) for claim in claims] == [
        (100, "Top 50 table, row 5"),
        (1, "Compare Top 5 table, row 5"),
    ]


def test_placeholders_are_no_companies(knowledge: Knowledge) -> None:
    irvine = knowledge.programs["university-of-california-irvine"]
    assert (irvine.value("industry_partners"), irvine.value("top_employers")) == (None, None)


def test_every_claim_and_section_names_its_source_and_place(knowledge: Knowledge) -> None:
    programs = (*knowledge.programs.values(), *knowledge.beyond.values())
    claims = [c for p in programs for held in p.claims.values() for c in held]
    assert {claim.source for claim in claims} == {SOURCE, *FEDERAL}
    assert all(claim.place and claim.as_of for claim in claims)
    assert {section.source for section in knowledge.sections.values()} == {SOURCE}


def test_the_sections_of_the_guide_are_there(knowledge: Knowledge) -> None:
    assert sorted(knowledge.sections) == sorted(SECTIONS)


# ---- the federal record: cells written down by hand from the agencies' files ----

RECORD = [
    # program, field, part, value
    ("stanford-university", "earnings", "1107", 255667),
    ("stanford-university", "earnings", "1410", 181705),
    ("stanford-university", "graduate_tuition_in_state", "", 56487),
    ("university-of-washington-seattle-campus", "graduate_tuition_in_state", "", 17004),
    ("university-of-washington-seattle-campus", "graduate_tuition_out_of_state", "", 30477),
    ("university-of-washington-seattle-campus", "graduate_fees_out_of_state", "", 1053),
    ("university-of-washington-seattle-campus", "debt", "1104", 47253),
    ("university-of-central-florida", "graduate_fees_in_state", "", 1956),
    ("university-of-central-florida", "graduate_fees_out_of_state", "", 2898),
    ("johns-hopkins-university", "debt", "1101", 26126),
    ("university-of-california-irvine", "completers", "1107", 115),
    ("miami-university-oxford", "city", "", "Oxford"),
    ("texas-a-m-university-college-station", "graduate_fees_in_state", "", 3802),
    ("pennsylvania-western-university", "state", "", "PA"),
    ("stanford-university", "unitid", "", "243744"),
]
NO_FIGURE = [
    ("northwestern-university", "debt", "1107"),
    ("san-jose-state-university", "earnings", "1107"),
    ("stony-brook-university", "earnings", "1107"),
]


def test_the_record_holds_every_school_with_such_a_master_s(knowledge: Knowledge) -> None:
    assert len({p.record for p in (*knowledge.programs.values(), *knowledge.beyond.values())}) == 762
    assert all(program.record for program in knowledge.programs.values())
    assert all(program.value("rank") is None for program in knowledge.beyond.values())


@pytest.mark.parametrize(("program", "field", "part", "value"), RECORD)
def test_a_cell_of_the_record_is_in_the_pack(
    knowledge: Knowledge, program: str, field: str, part: str, value: object
) -> None:
    claims = [c for c in knowledge.program(program).claims[field] if c.source in FEDERAL and c.part == part]
    assert [claim.value for claim in claims] == [value]


@pytest.mark.parametrize(("program", "field", "part"), NO_FIGURE)
def test_what_the_record_withholds_is_no_number(knowledge: Knowledge, program: str, field: str, part: str) -> None:
    claims = [c for c in knowledge.program(program).claims[field] if c.part == part]
    assert [(claim.status, claim.value) for claim in claims] == [("withheld", None)]


def test_each_year_is_that_of_its_source(knowledge: Knowledge) -> None:
    programs = (*knowledge.programs.values(), *knowledge.beyond.values())
    claims = [c for p in programs for held in p.claims.values() for c in held if c.source in FEDERAL]
    assert {(claim.source, claim.as_of) for claim in claims} == set(FEDERAL.items())
    assert {one.release for one in knowledge.imports} == set(FEDERAL.values())


def test_every_price_and_median_says_its_level_and_of_whom_it_is(knowledge: Knowledge) -> None:
    money = ("graduate_tuition_in_state", "graduate_tuition_out_of_state", "earnings", "debt")
    programs = (*knowledge.programs.values(), *knowledge.beyond.values())
    claims = [c for p in programs for field in money for c in p.claims.get(field, ()) if c.status == "given"]
    assert all("graduate students" in c.basis or "master's" in c.basis for c in claims)
    assert all(c.like in c.basis and c.like for c in claims if c.field == "earnings")


def test_only_two_fields_of_study_count_in_part_and_one_does_not(knowledge: Knowledge) -> None:
    programs = (*knowledge.programs.values(), *knowledge.beyond.values())
    stem = {claim.part: claim.value for p in programs for claim in p.claims.get("stem", ())}
    assert {part: value for part, value in stem.items() if value != "yes"} == {
        "1109": "in_part",
        "3070": "in_part",
        "1199": "no",
    }
    assert stem.keys() == knowledge.parts.keys()


def test_the_record_tables_stay_small() -> None:
    folder = Path(__file__).resolve().parents[2] / "knowledge" / "packs" / "ml-masters" / "federal"
    assert sum(path.stat().st_size for path in folder.iterdir()) < 400_000
