"""word(system act) → text: picks a phrase and fills it with facts. Every wording stands in phrases/."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from advisor.dialogue.acts import SystemAct
from advisor.nlg.values import and_list, capital, count, ordinal, sentence

HERE = Path(__file__).resolve().parent / "phrases"


def word(act: SystemAct) -> str:
    """The text of a system act. Raises KeyError when no phrase is written for its case."""
    template = _template(act.act, act.case)
    return _tidy(template.render(act=act, **act.content))


@lru_cache(maxsize=256)
def _template(act: str, case: str) -> Template:
    phrases = _phrases(act)
    return _environment().from_string(phrases[case])


@lru_cache(maxsize=32)
def _phrases(act: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{act}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    # Plain text, no HTML: the page escapes it.
    env = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False)
    env.filters.update(and_list=and_list, capital=capital, ordinal=ordinal, sentence=sentence, count=count)
    env.globals["line"] = _line
    env.globals["_shared"] = None
    return env


def _line(case: str, **values: Any) -> str:
    """A line of the inform act, worded by its field's own phrase or by the general one."""
    phrases = _phrases("inform")["field"]
    text = phrases.get(case) or phrases["any"]
    return str(_compiled(text).render(**values))


@lru_cache(maxsize=256)
def _compiled(text: str) -> Template:
    return _environment().from_string(text)


def _tidy(text: str) -> str:
    """Without blank lines at the ends, runs of blank lines, or spaces before line ends."""
    lines = [" ".join(line.split(" ")).rstrip() for line in text.strip().split("\n")]
    out: Sequence[str] = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    return "\n".join(out).replace("..", ".")
