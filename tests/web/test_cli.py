"""The command line: answers on stdout, errors in one line, exit codes."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.web.stub import StubAdvisor

from web import cli, serving, terminal

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def stubbed(monkeypatch: pytest.MonkeyPatch) -> StubAdvisor:
    stub = StubAdvisor()
    monkeypatch.setattr(cli, "_advisor", lambda _settings: stub)
    return stub


def run(*words: str, **more: Any) -> Result:
    return CliRunner().invoke(cli.main, words, **more)


def test_ask_prints_the_answer_and_where_it_stands() -> None:
    result = run("ask", "price?")
    assert result.exit_code == 0
    assert "North College costs $12,000 a year." in result.stdout
    assert "Table, row 1" in result.stdout


def test_ask_json_is_the_whole_reply() -> None:
    reply = json.loads(run("ask", "I", "want", "it", "--json").stdout)
    assert reply["act"] == "recommend" and reply["shortlist"][0]["program"] == "north-college"


def test_ask_reads_standard_input() -> None:
    assert "$12,000" in run("ask", "-", input="price?\n").stdout


@pytest.mark.parametrize("text", ["", "  ", "\x00", "x" * 5000])
def test_a_message_that_cannot_be_read_is_one_line(text: str) -> None:
    result = run("ask", text)
    assert result.exit_code == 1
    assert result.stdout == "" and result.stderr.startswith("Error: ") and result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "words", [["ask"], ["explain"], ["nothing"], ["serve", "--port", "x"], ["evaluate", "none.jsonl"]]
)
def test_wrong_use_exits_with_two(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_an_unforeseen_error_is_one_line_unless_debugged() -> None:
    plain = run("ask", "break")
    assert plain.exit_code == 1 and plain.stderr.count("\n") == 1 and "Traceback" not in plain.stderr
    assert isinstance(run("--debug", "ask", "break").exception, RuntimeError)


def test_explain_shows_the_trace() -> None:
    shown = run("explain", "price?").stdout
    assert "Unclear" in shown and "facts_are_asked" in shown and "$12,000" in shown
    assert json.loads(run("explain", "price?", "--json").stdout)["text"] == "price?"


def test_chat_goes_on_to_the_end_of_its_input() -> None:
    result = run("chat", input="price?\n\nbreak it\nI want it\n")
    assert "$12,000" in result.stdout and "One program fits." in result.stdout
    assert result.exit_code == 0


def test_chat_quits() -> None:
    result = run("chat", input="/help\n/quit\nprice?\n")
    assert result.exit_code == 0 and "$12,000" not in result.stdout


@pytest.mark.parametrize(
    ("written", "sent"), [("1", "a"), (" 2 ", "b"), ("3", "3"), ("0", "0"), ("9" * 9999, "9" * 9999)]
)
def test_a_number_sends_the_suggestion_beside_it(written: str, sent: str) -> None:
    assert terminal._chosen(written, ["a", "b"]) == sent


def test_check_passes_the_pack_that_ships() -> None:
    result = run("check")
    assert result.exit_code == 0, result.output
    assert "25 programs" in result.stdout


def test_check_names_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text("id = 7\n")
    result = run("check", "--pack", str(tmp_path))
    assert result.exit_code == 1
    assert "pack.toml" in result.stdout and "Traceback" not in result.output


def test_no_such_pack_is_one_line() -> None:
    result = run("check", "--pack", "nowhere")
    assert result.exit_code == 1 and "nowhere" in result.output


def test_evaluate_fails_below_its_threshold(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text('{"id": "a", "text": "price?", "expect": {"kind": "offtopic"}}\n')
    assert run("evaluate", str(cases)).exit_code == 0
    assert run("evaluate", str(cases), "--threshold", "0.5").exit_code == 1


def test_a_setting_that_cannot_be_read_is_named() -> None:
    result = run("ask", "price?", env={"ADVISOR_PORT": "many"})
    assert result.exit_code == 1 and "ADVISOR_PORT" in result.stderr


def test_a_port_in_use_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run("serve", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 1
    assert "cannot listen" in result.stderr and result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "http://127.0.0.1:8"), ("0.0.0.0", "http://127.0.0.1:8"), ("::1", "http://[::1]:8")],
)
def test_the_address_printed_is_one_that_a_browser_takes(host: str, shown: str) -> None:
    assert serving.address(host, 8) == shown


@pytest.mark.parametrize("words", [["--help"], ["ask", "--help"], ["--version"]])
def test_help_waits_for_no_heavy_library(words: list[str]) -> None:
    heavy = ("torch", "faiss", "flask", "sqlalchemy", "rich.progress", "advisor.advisor")
    program = (
        "import sys; from web.cli import main\n"
        f"try: main({words!r})\nexcept SystemExit: pass\n"
        f"sys.exit(bool([m for m in {heavy!r} if m in sys.modules]))"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True).returncode == 0
