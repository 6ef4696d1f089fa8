"""The command line: ask, chat, serve, build, check, import, evaluate, explain.

Answers go to stdout, progress and errors to stderr. Each command imports what it needs when it runs,
so that `--help`, `--version` and `check` do not wait for what they do not use.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from advisor import Advisor, Settings

Command = TypeVar("Command", bound=Callable[..., Any])

DISTRIBUTION = "masters-advisor"


def _version() -> str:
    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "(run from its source, not installed)"


def pack_option(command: Command) -> Command:
    """Adds --pack to a command."""
    return click.option(
        "--pack",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Answer from the knowledge in this folder instead of the one that ships.",
    )(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(_version(), prog_name="advisor")
@click.option("--debug", is_flag=True, help="Show the whole trace of an error.")
@click.pass_context
def main(context: click.Context, debug: bool) -> None:
    """Advice on US master's programs, in which every figure has its source.

    \b
    advisor ask "Which programs cost under $20,000 a year?"
    advisor chat
    advisor serve
    """
    context.obj = debug
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


@main.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the whole reply as JSON.")
@pack_option
def ask(text: tuple[str, ...], as_json: bool, pack: Path | None) -> None:
    """Answer one question. TEXT may be "-" to read it from standard input."""
    with plainly():
        settings = _settings(pack)
        question = _message(text, settings)
        from advisor import Conversation

        reply = _advisor(settings).reply(Conversation(""), question).to_dict()
    if as_json:
        click.echo(json.dumps(reply, ensure_ascii=False, indent=2))
    else:
        from web import terminal

        terminal.show(reply)


@main.command()
@pack_option
def chat(pack: Path | None) -> None:
    """Talk with the advisor. /quit leaves, /help says what else there is."""
    with plainly():
        settings = _settings(pack)
        advisor = _advisor(settings)
        from web import terminal

        terminal.talk(advisor, settings.longest)


@main.command()
@click.option("--host", metavar="ADDRESS", help="Address to listen on [default: 127.0.0.1].")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on [default: 8000]; 0: any free one.")
@pack_option
def serve(host: str | None, port: int | None, pack: Path | None) -> None:
    """Serve the chat page and the REST API."""
    with plainly():
        settings = _settings(pack, host=host, port=port)
        from web import serving

        with serving.bound(settings.host, settings.port) as listening:  # before the long part of starting
            serving.serve(settings, _advisor(settings), listening)


@main.command()
@pack_option
def build(pack: Path | None) -> None:
    """Build the index of the knowledge ahead of its first use."""
    with plainly():
        settings = _settings(pack)
        advisor = _advisor(settings)
    held = advisor.knowledge
    click.echo(
        f"Ready: {len(held.programs)} programs and {len(held.sections)} guide sections, indexed in {settings.cache}"
    )


@main.command()
@pack_option
def check(pack: Path | None) -> None:
    """Validate the knowledge; exit with 1 where something is wrong."""
    with plainly():
        settings = _settings(pack)
        from knowledge import KnowledgeError, check as findings_of, load

        try:
            knowledge = load(settings.pack)
        except KnowledgeError as error:
            for problem in error.problems:
                click.echo(str(problem))
            raise click.ClickException(_counted(len(error.problems), "problem") + f" in {settings.pack}") from error
        findings = findings_of(knowledge)
    for level in ("error", "warning", "note"):
        found = [f for f in findings if f.level == level]
        if found:
            click.secho(f"{_counted(len(found), level)}", bold=True, color=_colour())
        for finding in found:
            click.echo(f"  {finding.where}: {finding.what}" + (f" – {finding.remedy}" if finding.remedy else ""))
    click.echo(
        f"{knowledge.pack.title}: {_counted(len(knowledge.programs), 'program')}, "
        f"{_counted(len(knowledge.sections), 'guide section')}, {_counted(len(knowledge.sources), 'source')}"
    )
    if any(f.level == "error" for f in findings):
        sys.exit(1)


@main.command("import")
@click.argument("format")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--release", default="", metavar="WHEN", help="Of when the files are, where their names do not say.")
@pack_option
def import_(format: str, files: tuple[Path, ...], release: str, pack: Path | None) -> None:
    """Put an agency's files into the pack's record tables, and tell what they held.

    \b
    advisor import scorecard-field-of-study Most-Recent-Cohorts-Field-of-Study_06102026.csv
    advisor import ipeds-directory hd2020.csv
    advisor import ipeds-charges ic2022_ay.csv
    advisor import stem-list dhs_stem_2024.csv
    """
    with plainly():
        settings = _settings(pack)
        from knowledge import KnowledgeError, import_files

        try:
            report = import_files(format, files, settings.pack, release)
        except KnowledgeError as error:
            for problem in error.problems[1:]:
                click.echo(str(problem))
            raise click.ClickException(str(error.problems[0])) from error
    for line in report.lines():
        click.echo(line)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Exit with 1 below this share of right cases.",
)
@click.option("--failures/--no-failures", default=True, help="List the replies that are wrong.")
@pack_option
def evaluate(file: Path, threshold: float, failures: bool, pack: Path | None) -> None:
    """Run the cases in FILE (JSON Lines) and count what holds."""
    with plainly():
        settings = _settings(pack)
        from advisor import run_file

        report = run_file(file, _advisor(settings))
    for verdict in report.failures if failures else ():
        click.echo(str(verdict))
    click.echo(report.table())
    if report.share < threshold:
        raise click.ClickException(f"{report.share:.1%} of the cases are right, fewer than {threshold:.1%}")


@main.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the trace as JSON.")
@pack_option
def explain(text: tuple[str, ...], as_json: bool, pack: Path | None) -> None:
    """Show what each step makes of one message."""
    with plainly():
        settings = _settings(pack)
        message = _message(text, settings)
        trace = _advisor(settings).explain(message)
    if as_json:
        click.echo(json.dumps(trace, ensure_ascii=False, indent=2, default=str))
    else:
        from web import explaining

        explaining.show(trace)


# ---- what commands share ---------------------------------------------------------------------


@contextmanager
def plainly() -> Iterator[None]:
    """Raises any error as one line for people, unless --debug asks for the whole trace."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
        raise
    except Exception as error:
        if click.get_current_context().find_root().obj:
            raise
        words = " ".join(str(error).split()) or type(error).__name__
        raise click.ClickException(words) from error


def _settings(pack: Path | None, **given: Any) -> Settings:
    from pydantic import ValidationError

    from advisor import Settings

    try:
        return Settings(**{k: v for k, v in {"pack": pack, **given}.items() if v is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(("ADVISOR", *(str(part).upper() for part in first["loc"])))
        raise click.ClickException(f"{name}: {first['msg']} (is {first['input']!r})") from error


def _advisor(settings: Settings) -> Advisor:
    from advisor import load_advisor

    with _progress() as progress:
        return load_advisor(settings, progress=progress)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr, from the first report of progress on; lines of text where there is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    bar = Progress(
        TextColumn("Building the index, once"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=console, transient=True,
    )  # fmt: skip
    tasks: list[Any] = []

    def report(done: int, total: int) -> None:
        if not tasks:
            tasks.append(bar.add_task("index", total=total))
            if console.is_terminal:
                bar.start()
            else:
                click.echo("Building the index, once …", err=True)
        bar.update(tasks[0], completed=done, total=total)

    try:
        yield report
    finally:
        bar.stop()


def _message(text: tuple[str, ...], settings: Settings) -> str:
    from web import edge
    from web.errors import Problem

    written = sys.stdin.buffer.read().decode(errors="replace") if text == ("-",) else " ".join(text)
    try:
        return edge.message(written, settings.longest)
    except Problem as problem:
        raise click.ClickException(problem.message) from problem


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _colour() -> bool | None:
    import os

    # Click leaves NO_COLOR to its callers; None lets it look at the stream.
    return False if os.environ.get("NO_COLOR") else None
