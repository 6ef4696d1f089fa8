"""Reading a pack."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from knowledge import Knowledge, KnowledgeError, Months, Named, load

TINY = Path(__file__).resolve().parent.parent / "tiny"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the tiny pack that a test may change."""
    return shutil.copytree(TINY, tmp_path / "pack")


def test_programs_stand_in_rank_order_with_the_unranked_last(tiny: Knowledge) -> None:
    assert list(tiny.programs) == [
        "larkspur-university",
        "quillhaven-state-university",
        "birchmoor-college",
        "tansy-creek-university",
        "mesquite-flats-institute",
        "old-harbor-university",
    ]


def test_a_claim_takes_source_year_and_basis_from_pack_source_and_field(tiny: Knowledge) -> None:
    claim = tiny.programs["larkspur-university"].claims["tuition"][0]
    assert (claim.source, claim.as_of, claim.basis) == (
        "quill-2026",
        "2026",
        "yearly tuition as the list prints it",
    )


def test_a_claim_may_have_its_own_source_and_basis(tiny: Knowledge) -> None:
    claim = tiny.programs["tansy-creek-university"].claims["stipend"][0]
    assert (claim.source, claim.as_of, claim.basis) == ("inkwell-2024", "2024", "paid to all students")


def test_values_are_typed_by_their_fields(tiny: Knowledge) -> None:
    program = tiny.programs["larkspur-university"]
    assert program.value("authors")[0] == Named(name="Ines Valdoro", focus="the novel of place")
    assert program.value("degrees")[1].duration_months == Months(min=24, max=36)
    assert program.value("publishers") == ("Heron & Co. Press", "Paper Lantern Books")
    assert program.value("funded") == 62.5


def test_the_first_claim_of_a_field_is_the_one_used(tiny: Knowledge) -> None:
    program = tiny.programs["birchmoor-college"]
    assert [claim.value for claim in program.claims["workshop_size"]] == [8, 12]
    assert program.value("workshop_size") == 8


def test_a_withheld_claim_is_kept_and_gives_no_value(tiny: Knowledge) -> None:
    program = tiny.programs["quillhaven-state-university"]
    assert program.claims["stipend"][0].status == "withheld"
    assert program.value("stipend") is None


def test_a_section_is_its_blocks_with_their_questions(tiny: Knowledge) -> None:
    paying = tiny.sections["paying"]
    assert [block.heading for block in paying.blocks] == ["", "Teaching fellowships", "Savings"]
    assert paying.blocks[1].asks[0] == "do fellows get paid"
    assert "| third year | $26,000 |" in paying.text


def test_only_the_needed_files_are_needed(pack: Path) -> None:
    for name in ("places", "topics", "other_schools", "contradictions"):
        (pack / f"{name}.toml").unlink()
    shutil.rmtree(pack / "guide")
    found = load(pack)
    assert (found.places, found.topics, found.sections) == ((), (), {})


def test_the_hash_names_the_content_and_not_the_place(pack: Path, tiny: Knowledge) -> None:
    assert load(str(pack)).hash == tiny.hash
    (pack / "guide" / "careers.md").write_text((pack / "guide" / "careers.md").read_text() + "More.\n")
    assert load(pack).hash != tiny.hash


def test_files_as_other_editors_save_them_are_read(pack: Path) -> None:
    for path in (pack / "sources.toml", pack / "guide" / "paying.md"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(pack).sections["paying"].blocks[2].heading == "Savings"


def test_hidden_files_are_not_read(pack: Path) -> None:
    (pack / "programs" / ".draft.toml").write_text("not TOML at all")
    load(pack)


def test_all_problems_of_a_pack_are_found_at_once(pack: Path) -> None:
    (pack / "guide" / "careers.md").write_text("no head")
    (pack / "topics.toml").write_text("[[topic]\n")
    (pack / "programs" / "larkspur-university.toml").write_text("id = 'x'\n[[tuition]]\nvalue = 'free'\n")
    with pytest.raises(KnowledgeError) as caught:
        load(pack)
    assert {problem.file for problem in caught.value.problems} == {
        "guide/careers.md",
        "topics.toml",
        "programs/larkspur-university.toml",
    }
    assert "more problems" in str(caught.value)


def test_a_broken_field_is_one_problem_and_not_one_for_each_claim(pack: Path) -> None:
    text = (pack / "fields.toml").read_text()
    (pack / "fields.toml").write_text(text.replace('type = "money"', 'type = "dollars"', 1))
    with pytest.raises(KnowledgeError) as caught:
        load(pack)
    assert [(problem.file, problem.key) for problem in caught.value.problems] == [("fields.toml", "tuition.type")]


def test_broken_fields_do_not_hide_what_is_wrong_elsewhere(pack: Path) -> None:
    (pack / "fields.toml").write_text("[")
    (pack / "programs" / "mesquite-flats-institute.toml").write_text("]")
    with pytest.raises(KnowledgeError) as caught:
        load(pack)
    assert [problem.file for problem in caught.value.problems] == [
        "fields.toml",
        "programs/mesquite-flats-institute.toml",
    ]


@pytest.mark.parametrize("name", ["nowhere", "fields.toml", "guide", "a\0b", "\udcff", "x" * 5000])
def test_what_is_no_pack_is_said_to_be_none(name: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        load(TINY / name)
    assert caught.value.remedy
    str(caught.value).encode()


def test_the_shipped_pack_loads_in_a_moment(knowledge: Knowledge) -> None:
    folder = TINY.parent.parent / "knowledge" / "packs" / "ml-masters"
    times = []
    for _ in range(3):
        start = time.process_time()  # other tests run beside this one
        load(folder)
        times.append(time.process_time() - start)
    assert min(times) < 1.0
