"""The terminal conversation: a prompt, the reply's parts as rich shows them, suggestions by number."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from rich import box
from rich.console import Console, Group
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from advisor import Advisor, Conversation

from web import edge
from web.errors import Problem
from web.show import unranked

Json = dict[str, Any]

log = logging.getLogger(__name__)

WIDTH = 92
"""Columns that text is wrapped at, however wide the terminal is."""

HELP = """\
Ask about a school, the whole table, or studying; say what you want, and change it as you like.
A number sends the suggestion beside it.
/new starts over · /sources lists what the last reply rests on · /help · /quit"""

MARKS = {True: ("✓", "green"), False: ("✗", "red"), None: ("?", "yellow")}


def show(reply: Json) -> None:
    """One reply, as `ask` prints it."""
    console = _console()
    console.print(_text(reply["text"]))
    sources = _sources(reply)
    if sources:
        console.print(Text(f"\nSources: {'; '.join(sources)}", style="dim"))


def talk(advisor: Advisor, longest: int) -> None:
    """Talks until /quit, the end of the input, or Ctrl-C."""
    console, conversation = _console(), Conversation("")
    person = sys.stdin.isatty()
    pack = advisor.knowledge.pack
    choices: list[str] = []
    if person:
        _line_editing()
        console.print(Text("The advisor", style="bold cyan"), Text(f" · {pack.title}"), sep="")
        console.print(_text(f"It knows {pack.covers}. Every figure has its source; /help says more."), style="dim")
        choices = _offer(console, pack.examples)
    while True:
        try:
            written = _read(console, person)
            said = _chosen(written, choices)
            if said.startswith("/"):
                if said in ("/quit", "/exit", "/q"):
                    break
                if said == "/new":
                    conversation, choices = Conversation(""), _offer(console, pack.examples)
                else:
                    _command(console, said, conversation)
                continue
            if not edge.clean(said):
                continue
            text = edge.message(said, longest)
            reply = _think(console, advisor, conversation, text)
        except Problem as problem:
            console.print(problem.message, style="red")
            continue
        except (EOFError, KeyboardInterrupt):
            console.print()
            break
        except Exception as error:  # one message that fails does not end the talk
            log.debug("a message failed", exc_info=error)
            console.print("That did not work here. Say it another way, or /quit.", style="red")
            continue
        choices = _present(console, advisor, reply, person)
    if person:
        console.print("Goodbye.", style="dim")


def _think(console: Console, advisor: Advisor, conversation: Conversation, text: str) -> Json:
    if not console.is_terminal:
        return advisor.reply(conversation, text).to_dict()
    with console.status("Thinking …", spinner="dots"):
        return advisor.reply(conversation, text).to_dict()


def _read(console: Console, person: bool) -> str:
    if person:
        # The prompt goes through input(), so that line editing knows how wide it is.
        return input("\nYou: ")
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


def _chosen(written: str, choices: list[str]) -> str:
    """What was written, or the suggestion that its number stands for.

    >>> _chosen("2", ["cheaper", "closer"])
    'closer'
    """
    written = written.strip()
    if written.isascii() and written.isdigit() and 1 <= int(written[:4]) <= len(choices):
        return choices[int(written[:4]) - 1]
    return written


def _command(console: Console, said: str, conversation: Conversation) -> None:
    if said == "/sources":
        sources = _sources(conversation.turns[-1].reply, most=100) if conversation.turns else []
        console.print(_text("\n".join(sources) or "The last reply rests on no source."))
    else:
        console.print(_text(HELP), style="dim")


def _present(console: Console, advisor: Advisor, reply: Json, person: bool) -> list[str]:
    """Shows a reply; gives back what can be chosen by number."""
    console.print()
    console.print(_text(unranked(reply) if reply["shortlist"] and person else reply["text"]))
    if reply["shortlist"] and person:
        console.print(_shortlist(advisor, reply["shortlist"]))
    sources = _sources(reply)
    if sources:
        console.print(Text(f"Sources: {'; '.join(sources)}", style="dim"))
    if not person:
        return []
    question = reply["question"]
    if question and reply["shortlist"]:
        console.print(_text(f"\n{question['text']}"))
    return _offer(console, [*(question["choices"] if question else ()), *reply["suggestions"]])


def _shortlist(advisor: Advisor, offers: list[Json]) -> Padding:
    knowledge = advisor.knowledge
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in ("", "Program", "Fit", "Why"):
        table.add_column(heading, vertical="top", no_wrap=heading == "Fit")
    for number, offer in enumerate(offers, 1):
        program = knowledge.program(offer["program"]) if knowledge.has(offer["program"]) else None
        name = Text(program.short if program else offer["program"], style="bold")
        if program:
            rank, city, state = (program.value(field) for field in ("rank", "city", "state"))
            where = [f"#{rank}" if rank else "", ", ".join(str(part) for part in (city, state) if part)]
            name.append("\n" + " · ".join(part for part in where if part), style="not bold dim")
        reasons = [
            Text.assemble((mark, colour), f" {r['text']}")
            for r in offer["reasons"]
            for mark, colour in [MARKS[r["met"]]]
        ]
        fit = Text.assemble((_bar(offer["fit"]), "cyan"), f" {offer['fit']:.0%}")
        table.add_row(str(number), name, fit, Group(*reasons))
    return Padding(table, (1, 0, 1, 0))


def _bar(share: float, width: int = 8) -> str:
    full = round(share * width)
    return "█" * full + "░" * (width - full)


def _sources(reply: Json, most: int = 4) -> list[str]:
    """The places that the facts of a reply stand in, each once, with the rest counted."""
    stated = [g for f in reply["facts"] for g in (f.get("derived_from") or [f])]
    places = list(dict.fromkeys(f"{f['source']['place']}" for f in stated if f["source"]["place"]))
    places += [f"guide: {section}" for section in reply["sections"]]
    return places if len(places) <= most else [*places[:most], f"and {len(places) - most} more"]


def _offer(console: Console, offered: Iterable[str]) -> list[str]:
    choices = list(dict.fromkeys(offered))
    if choices:
        console.print()
    for number, choice in enumerate(choices, 1):
        console.print(f"  [cyan]{number}[/] {escape(choice)}", highlight=False)
    return choices


def _text(text: str) -> Text:
    return Text(text, no_wrap=False)


def _console() -> Console:
    console = Console(highlight=False, soft_wrap=False)
    # Not a terminal: another program reads, and lines stay as they are.
    console.width = min(console.width, WIDTH) if console.is_terminal else 10_000
    return console


def _line_editing() -> None:
    with suppress(ImportError):  # arrow keys and history, where Python has them
        import readline  # noqa: F401
