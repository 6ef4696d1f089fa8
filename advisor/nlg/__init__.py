"""word(system act) → text: picks a phrase and fills it with facts. Every wording stands in phrases/."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, pass_context
from jinja2.runtime import Context

from knowledge import and_list

from advisor.dialogue.acts import SystemAct
from advisor.nlg.values import capital, count, ordinal, sentence, yearly

HERE = Path(__file__).resolve().parent / "phrases"

Nouns = tuple[str, str]
"""What programs are called: one, and several."""
SCHOOLS: Nouns = ("school", "schools")
_SCHOOL = re.compile(r"\b(?:schools?|programs?)\b", re.IGNORECASE)
_QUOTED = re.compile(r"""\"[^"]*\"|'[^']*'""")
_CODE = re.compile(r"""(\{\{.*?\}\}|\{%.*?%\})""", re.DOTALL)


def word(act: SystemAct, nouns: Nouns = SCHOOLS) -> str:
    """The text of a system act, in which programs are called by `nouns` (one, several).

    Raises KeyError when no phrase is written for its case.
    """
    template = _template(act.act, act.case, nouns)
    return _tidy(template.render(act=act, nouns=nouns, **act.content))


@lru_cache(maxsize=256)
def _template(act: str, case: str, nouns: Nouns) -> Template:
    phrases = _phrases(act)
    text = phrases.get(f"{case}_other", phrases[case]) if nouns != SCHOOLS else phrases[case]
    return _environment().from_string(_called(text, nouns))


def _called(phrase: str, nouns: Nouns) -> str:
    """A phrase with the pack's nouns where it speaks of schools: in its text, and in texts that it quotes."""
    if nouns == SCHOOLS:
        return phrase
    one, many = (noun.replace("\\", "").replace('"', "") for noun in nouns)

    def put(text: str) -> str:
        return _SCHOOL.sub(lambda m: _like(m[0], many if m[0].lower().endswith("s") else one), text)

    parts = _CODE.split(phrase)  # text and code by turns
    return "".join(_QUOTED.sub(lambda m: put(m[0]), p) if at % 2 else put(p) for at, p in enumerate(parts))


def _like(said: str, noun: str) -> str:
    return capital(noun) if said[0].isupper() else noun


@lru_cache(maxsize=32)
def _phrases(act: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{act}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    # Plain text, no HTML: the page escapes it.
    env = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)
    env.filters.update(
        and_list=and_list, capital=capital, ordinal=ordinal, sentence=sentence, count=count, yearly=yearly
    )
    env.globals["line"] = _line
    env.globals["_shared"] = None
    return env


@pass_context
def _line(context: Context, case: str, **values: Any) -> str:
    """A line of the inform act, worded by its field's own phrase or by the general one."""
    phrases = _phrases("inform")["field"]
    nouns = context.get("nouns", SCHOOLS)
    other = phrases.get(f"{case}_other") if nouns != SCHOOLS else None
    text = other or phrases.get(case) or phrases["any"]
    return str(_compiled(text, nouns).render(**values))


@lru_cache(maxsize=256)
def _compiled(text: str, nouns: Nouns) -> Template:
    return _environment().from_string(_called(text, nouns))


def _tidy(text: str) -> str:
    """Without blank lines at the ends, runs of blank lines, or spaces before line ends."""
    lines = [" ".join(line.split(" ")).rstrip() for line in text.strip().split("\n")]
    out: Sequence[str] = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    return "\n".join(out).replace("..", ".")
