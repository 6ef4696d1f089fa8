"""Agencies' files → a pack's record tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import Claim, Knowledge, Program, Table, check, import_files, load

from tests.knowledge.importing import layouts


def everything(pack: Path, downloads: Path) -> Knowledge:
    for format, made in layouts.FILES.items():
        import_files(format, [made(downloads)], pack)
    return load(pack)


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def claim_of(program: Program, field: str, source: str = "", part: str = "") -> Claim:
    found = [c for c in program.claims[field] if source in ("", c.source) and part in ("", c.part)]
    assert len(found) == 1
    return found[0]


@pytest.fixture
def imported(pack: Path, downloads: Path) -> Knowledge:
    return everything(pack, downloads)


def test_other_schools_become_programs_without_rank_by_the_name_of_the_directory(imported: Knowledge) -> None:
    assert list(imported.programs) == ["larkspur-university"]
    assert list(imported.beyond) == ["tansy-creek-college", "universidad-de-penasco-main-campus"]
    assert imported.program("tansy-creek-college").short == "Tansy"
    assert imported.program("tansy-creek-college").latitude == 39
    assert not imported.has("school-of-hair-nails")


def test_a_ranked_program_keeps_its_own_claims_first(imported: Knowledge) -> None:
    larkspur = imported.program("larkspur-university")
    assert [(claim.value, claim.source) for claim in larkspur.claims["state"]] == [
        ("WA", "hakia-ml-masters-2026"),
        ("OR", "ipeds-directory"),
    ]
    assert (larkspur.latitude, larkspur.longitude) == (44.05, -123.08)


def test_a_charge_says_of_whom_when_and_where_it_stands(imported: Knowledge) -> None:
    claim = claim_of(imported.program("larkspur-university"), "graduate_tuition_out_of_state")
    assert (claim.value, claim.as_of, claim.source) == (25000, "2022-23", "ipeds-charges")
    assert claim.place == "UNITID 100001, column TUITION7"
    assert "graduate" in claim.basis and "outside its state" in claim.basis


def test_a_figure_that_the_agency_marks_says_so(imported: Knowledge) -> None:
    claim = claim_of(imported.program("universidad-de-penasco-main-campus"), "graduate_fees_in_state")
    assert (claim.value, claim.note) == (
        0,
        "Marked by the agency: Z, an implied zero, none having been reported.",
    )


def test_withheld_missing_and_no_such_program_are_three_things(imported: Knowledge) -> None:
    larkspur, tansy = imported.program("larkspur-university"), imported.program("tansy-creek-college")
    withheld = claim_of(larkspur, "earnings", part="2705")
    assert (withheld.status, withheld.value) == ("withheld", None)
    assert "debt" not in tansy.claims  # not given in a row that is there
    assert [claim.part for claim in tansy.claims["earnings"]] == ["1107"]  # no row of any other
    assert claim_of(tansy, "completers").value == 0
    assert "graduate_tuition_in_state" not in tansy.claims


def test_earnings_four_years_on_are_used_and_one_year_on_named(imported: Knowledge) -> None:
    four = claim_of(imported.program("larkspur-university"), "earnings", part="1107")
    one = claim_of(imported.program("tansy-creek-college"), "earnings", part="1107")
    assert (four.value, four.like) == (120000, "four years after completing")
    assert (one.value, one.like) == (85000, "one year after completing")
    assert "one year after completing" in one.basis and "federal" in one.basis
    assert (four.place.split(", ")[-1], one.place.split(", ")[-1]) == ("column EARN_MDN_4YR", "column EARN_MDN_1YR")
    assert four.as_of == "2026-06-10"


def test_campuses_that_report_together_share_a_figure_and_it_says_so(imported: Knowledge) -> None:
    notes = [claim_of(imported.program(id), "earnings", part="1107").note for id in imported.beyond]
    assert notes == ["One figure for 2 campuses that report together."] * 2
    assert claim_of(imported.program("larkspur-university"), "earnings", part="1107").note == ""


def test_only_masters_in_the_parts_of_the_pack_are_taken(imported: Knowledge) -> None:
    larkspur = imported.program("larkspur-university")
    assert [(claim.part, claim.value) for claim in larkspur.claims["completers"]] == [("1107", 40), ("2705", 9)]


def test_a_field_of_study_is_on_the_stem_list_in_part_or_not(pack: Path, downloads: Path) -> None:
    more = (
        ("100003", "001002", "3070", "5", "1", "PS", "PS", "PS"),
        ("100003", "001002", "1199", "5", "1", "PS", "", ""),
    )
    import_files("scorecard-field-of-study", [layouts.scorecard(downloads, [*layouts.OFFERS, *more])], pack)
    import_files("stem-list", [layouts.stem(downloads)], pack)
    tansy = load(pack).program("tansy-creek-college")
    assert {claim.part: claim.value for claim in tansy.claims["stem"]} == {
        "1107": "yes",
        "3070": "in_part",
        "1199": "no",
    }
    assert claim_of(tansy, "stem", part="3070").note == "Not on the list: 30.7099."


def test_the_table_has_all_of_them_and_the_numbers_of_parts(imported: Knowledge) -> None:
    table = Table(imported)
    assert table.ids == ("larkspur-university",)
    assert table.everywhere == ("larkspur-university", *imported.beyond)
    assert table.number("larkspur-university", "earnings", "1107") == 120000
    assert table.number("larkspur-university", "earnings", "2705") is None
    assert table.number("tansy-creek-college", "earnings", "2705") is None


def test_parquet_and_csv_make_the_same_figures(pack: Path, downloads: Path) -> None:
    # The third has a figure that is missing and not withheld, which the cleaning loses.
    offers = [offer for offer in layouts.OFFERS if offer[0] in ("100001", "100002")]
    import_files("scorecard-field-of-study", [layouts.scorecard(downloads, offers)], pack)
    from_csv = (pack / "federal" / "fields_of_study.csv").read_bytes()
    import_files("scorecard-field-of-study", [layouts.parquet(downloads, offers)], pack)
    assert (pack / "federal" / "fields_of_study.csv").read_bytes() == from_csv
    claim = claim_of(load(pack).program("larkspur-university"), "earnings", part="1107")
    assert claim.place.endswith("column earnings")


def test_importing_again_changes_nothing(pack: Path, downloads: Path) -> None:
    everything(pack, downloads)
    before = content(pack)
    for format, made in layouts.FILES.items():
        report = import_files(format, [made(downloads)], pack)
        assert report.changed == ()
        assert "nothing" in list(report.lines())[-1]
    assert content(pack) == before


def test_the_order_of_directory_and_charges_does_not_matter(pack: Path, downloads: Path) -> None:
    everything(pack, downloads)
    before = content(pack)
    for name in ("directory.csv", "charges.csv", "imports.toml"):
        (pack / "federal" / name).unlink()
    for format in ("scorecard-field-of-study", "stem-list", "ipeds-charges", "ipeds-directory"):
        import_files(format, [layouts.FILES[format](downloads)], pack)
    assert content(pack) == before


def test_a_school_that_a_newer_release_leaves_out_goes_from_all_tables(pack: Path, downloads: Path) -> None:
    everything(pack, downloads)
    kept = [offer for offer in layouts.OFFERS if offer[0] == "100001"]
    import_files("scorecard-field-of-study", [layouts.scorecard(downloads, kept)], pack, "2027-06-09")
    knowledge = load(pack)
    assert list(knowledge.beyond) == []
    assert claim_of(knowledge.program("larkspur-university"), "earnings", part="1107").as_of == "2027-06-09"


def test_a_report_counts_what_was_there_and_what_was_not(pack: Path, downloads: Path) -> None:
    first = import_files("scorecard-field-of-study", [layouts.scorecard(downloads)], pack)
    charges = import_files("ipeds-charges", [layouts.charges(downloads)], pack)
    assert (first.rows, first.matched, first.filled, first.withheld, first.missing) == (7, 3, 7, 3, 2)
    assert first.absent == 3 * 12 - 4
    assert (charges.wanted, charges.matched, charges.not_covered) == (3, 2, ("Tansy Creek College (100003)",))


def test_a_report_says_where_the_record_disagrees_and_by_how_much(pack: Path, downloads: Path) -> None:
    import_files("scorecard-field-of-study", [layouts.scorecard(downloads)], pack)
    directory = import_files("ipeds-directory", [layouts.directory(downloads)], pack)
    charges = import_files("ipeds-charges", [layouts.charges(downloads)], pack)
    assert ["larkspur-university: state: WA, but OR in" in line for line in directory.conflicts] == [True]
    (told,) = charges.conflicts
    assert "$10,000 a year is 1,000 more (11%) than the tuition of undergraduates from its state" in told
    assert "1,000 less (9%) than that of graduate students from its state, $11,000 a year" in told
    assert "16,200 less (62%) than the same with fees, $26,200 a year" in told


def test_checking_lists_the_conflicts_and_what_is_not_imported(pack: Path, downloads: Path) -> None:
    import_files("scorecard-field-of-study", [layouts.scorecard(downloads)], pack)
    import_files("ipeds-charges", [layouts.charges(downloads)], pack)
    findings = check(load(pack))
    assert [f.level for f in findings if "record disagrees" in f.what] == ["note"]
    assert {f.where for f in findings if f.what == "is not there"} == {"federal/directory.csv", "federal/stem.csv"}


def test_undergraduate_prices_are_nobody_s_claim(imported: Knowledge) -> None:
    programs = (*imported.programs.values(), *imported.beyond.values())
    values = {claim.value for p in programs for held in p.claims.values() for claim in held if claim.field != "tuition"}
    assert not values & {9000, 40000}
