"""What each floor keeps and what it leaves out, on the half of tests/cases that no floor was chosen on.

    python benchmarks/floors.py [SPLIT]

SPLIT is "test" (the default), "dev" or "all". For each floor it prints the share of what should be kept that
reaches it, and the share of what should be left out that does not; the value in use is marked. docs/floors.md
holds its output.
"""

from __future__ import annotations

import json
import random
import string
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from knowledge import Knowledge

from advisor import Settings, load_advisor
from advisor.nlu import entities
from advisor.nlu.clauses import split as clauses_of
from advisor.nlu.entities import Names
from advisor.nlu.interpreters import guide
from advisor.nlu.interpreters.context import GUIDE_LIKELY
from advisor.nlu.interpreters.signs import nearness
from advisor.nlu.normalise import normalise
from advisor.nlu.phrases import Token, tokenise

CASES = Path(__file__).resolve().parent.parent / "tests" / "cases"
ON_TOPIC = ("facts", "guide", "shortlists", "unanswerable")
ERRORS = 3
"""Typing errors tried on each name."""
OTHERS = 400
"""Names of other schools that are tried, at most."""

Score = Callable[[str], float]


def main() -> None:
    """Print a table for each floor."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else "test"
    texts = {name: _texts(name, wanted) for name in (*ON_TOPIC, "offtopic")}
    on_topic = [text for name in ON_TOPIC for text in texts[name]]
    advisor = load_advisor(Settings())
    understander = advisor._understander
    nearest, best = understander._intents.nearest, understander._guide

    def margin(text: str) -> float:
        near = nearest(text)
        likely = best(text)[0] >= GUIDE_LIKELY
        return nearness(near, "guide") - guide.OFF_TOPIC * nearness(near, "out_of_scope") if likely else 0.0

    def inside(text: str) -> float:
        near = nearest(text)
        others = max(score for intent, score in near.items() if intent != "out_of_scope")
        return others - near["out_of_scope"]

    print(f"Split: {wanted}; {len(texts['guide'])} guide questions, {len(on_topic)} on topic,", end=" ")
    print(f"{len(texts['offtopic'])} off-topic lines")
    off, guided = texts["offtopic"], texts["guide"]
    _table(
        "Guide: nearness to its questions, less 0.7 of that to an off-topic example",
        guide.GUIDE_MARGIN,
        [0.16, 0.2, 0.24, 0.28, 0.32, 0.36, 0.4, 0.44],
        _at_least(_of_best_clause(margin), guided, off),
    )
    _table(
        "Guide: score of the best passage alone",
        GUIDE_LIKELY,
        [0.31, 0.37, 0.43, 0.49, 0.55, 0.61],
        _at_least(_of_best_clause(lambda text: best(text)[0]), guided, off),
    )
    _table(
        "Examples: how much nearer the nearest of the others must be than an off-topic one",
        -guide.FAR_OFF,
        [-0.3, -0.2, -0.12, -0.06, 0.0, 0.06],
        _at_least(_of_best_clause(inside), on_topic, off),
    )
    _table(
        "Names: rapidfuzz ratio of a name of several words",
        entities.NEARLY,
        [76.0, 80.0, 84.0, 88.0, 92.0, 96.0],
        _names(advisor.knowledge),
    )


def _texts(name: str, wanted: str) -> list[str]:
    lines = (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [normalise(row["text"]).text for row in rows if wanted in ("all", row["split"])]


def _of_best_clause(score: Score) -> Score:
    """The best score of a message's clauses and of the message as a whole."""
    return lambda text: max(score(part) for part in (text, *(c.text for c in clauses_of(text))))


def _at_least(score: Score, keep: Sequence[str], leave: Sequence[str]) -> Callable[[float], tuple[float, float]]:
    kept, left = [score(t) for t in keep], [score(t) for t in leave]
    return lambda floor: (_share(s >= floor for s in kept), _share(s < floor for s in left))


def _names(knowledge: Knowledge) -> Callable[[float], tuple[float, float]]:
    """Names of programs that are known with a typing error, and names of others with one that are not taken for them.

    The spelling of single words is not corrected here, so that the ratio alone is measured.
    """
    names, chance = Names(knowledge), random.Random(20261122)
    own = [(p.id, name) for p in knowledge.programs.values() for name in (p.name, *p.names)]
    other = [(p.id, p.name) for p in knowledge.beyond.values()][:OTHERS]
    other += [(s.name, s.name) for s in knowledge.other_schools][:OTHERS]
    kept = _with_errors(own, chance)
    left = _with_errors(other, chance)

    def shares(floor: float) -> tuple[float, float]:
        entities.NEARLY, before = floor, entities.NEARLY
        found = _share(id in {e.id for s in names.find(tokens) for e in s.values} for id, tokens in kept)
        apart = _share(
            not any(e.id in knowledge.programs for s in names.find(tokens) for e in s.values if s.score < 1)
            for _, tokens in left
        )
        entities.NEARLY = before
        return found, apart

    return shares


def _with_errors(named: Iterable[tuple[str, str]], chance: random.Random) -> list[tuple[str, Sequence[Token]]]:
    several = [(id, name.lower()) for id, name in named if " " in name and len(name) > 8]
    return [(id, tokenise(_mistyped(name, chance))) for id, name in several for _ in range(ERRORS)]


def _mistyped(name: str, chance: random.Random) -> str:
    """The name with one letter put in, left out, or replaced."""
    at, letter = chance.randrange(1, len(name)), chance.choice(string.ascii_lowercase)
    return name[:at] + chance.choice((letter + name[at:], name[at + 1 :], letter + name[at + 1 :]))


def _share(flags: Iterable[bool]) -> float:
    held = list(flags)
    return sum(held) / len(held)


def _table(title: str, chosen: float, floors: Sequence[float], shares: Callable[[float], tuple[float, float]]) -> None:
    print(f"\n{title}\n\n| floor | kept | left out | |\n|---|---|---|---|")
    for floor in floors:
        kept, left = shares(floor)
        value = f"{floor:g}" if abs(floor - chosen) > 1e-9 else f"**{floor:g}**"
        print(f"| {value} | {kept:.1%} | {left:.1%} | `{'#' * round(20 * kept)}{'.' * round(20 * (1 - kept))}` |")


if __name__ == "__main__":
    main()
