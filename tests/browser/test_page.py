"""The page in a browser: with script and without, on a phone, and by the rules of accessibility."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

QUESTION = "How much is tuition at Carnegie Mellon?"
WISH = "I want a public university under $30,000 a year"

NONE = "under $8,000 a year, I am from India"
BEYOND = "/programs/stanford-university"

PHONE = {"width": 375, "height": 720}
NARROW = {"width": 320, "height": 640}


@pytest.fixture(autouse=True)
def nothing_wrong(page: Page, base_url: str) -> Iterator[None]:
    """Fails a test in which the page logs an error, or asks another host for something."""
    wrong: list[str] = []

    def logged(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            wrong.append(message.text)

    page.on("console", logged)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(base_url) else wrong.append(request.url))
    yield
    assert wrong == []


def say(page: Page, text: str) -> None:
    """Sends a message and waits for its turn."""
    turns = page.locator("#log > article")
    before = turns.count()
    page.get_by_label("Your message").fill(text)
    page.get_by_label("Your message").press("Enter")
    expect(turns).to_have_count(before + 1, timeout=60_000)


def test_a_first_visit_leads_from_question_to_source_to_shortlist(page: Page, base_url: str) -> None:
    page.goto(base_url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    say(page, QUESTION)
    expect(page).to_have_url(re.compile(r"/c/\w+$"))
    expect(page.get_by_role("log")).to_contain_text("$62,260")
    source = page.locator(".facts a").first
    expect(source).to_have_attribute("href", "/programs/carnegie-mellon-university#tuition")
    say(page, WISH)
    card = page.locator(".card").first
    expect(card.locator("h3")).to_be_visible()
    expect(card.locator(".bar")).to_be_visible()
    expect(card.locator(".reasons li").first).to_be_visible()
    page.reload()
    expect(page.locator("#log > article")).to_have_count(2)
    source = page.locator(".facts a").first
    source.click()
    expect(page.locator("#tuition")).to_contain_text("$62,260")
    expect(page.locator("#tuition")).to_contain_text("Top 50 table, row 1")


def test_an_example_is_answered_at_a_press(page: Page, base_url: str) -> None:
    page.goto(base_url)
    page.locator("#welcome .chips button").first.click()
    expect(page.locator("#log > article")).to_have_count(1, timeout=60_000)
    expect(page.locator("#welcome")).to_have_count(0)


def test_each_answer_adds_one_node_to_the_log(page: Page, base_url: str) -> None:
    page.goto(base_url)
    page.evaluate("""() => {
        window.added = 0;
        new MutationObserver((all) => all.forEach((m) => { window.added += m.addedNodes.length; }))
            .observe(document.querySelector("#log"), { childList: true, subtree: true });
    }""")
    say(page, QUESTION)
    assert page.evaluate("window.added") == 1


def test_without_script_the_whole_talk_is_forms(browser: Browser, base_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(base_url)
    page.get_by_label("Your message").fill(QUESTION)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("log")).to_contain_text("$62,260")
    page.get_by_label("Your message").fill(WISH)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#log > article")).to_have_count(2)
    expect(page.locator(".card").first).to_be_visible()
    chips = page.locator("#log .chips button")
    if chips.count():
        chips.first.click()
        expect(page.locator("#log > article")).to_have_count(3)
    page.get_by_role("button", name="Start over").click()
    expect(page.locator("#log > article").last).to_contain_text("Start over")
    context.close()


def test_schools_are_searched_and_paged_without_script(browser: Browser, base_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{base_url}/programs")
    page.get_by_role("link", name="Next").click()
    expect(page.get_by_text("51 to 100 of")).to_be_visible()
    page.get_by_role("searchbox").fill("georgia tech")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Georgia Institute of Technology").first.click()
    expect(page.locator("#graduate_price")).to_contain_text("2022-23")
    context.close()


def test_a_message_that_could_not_be_sent_is_kept(page: Page, base_url: str) -> None:
    page.goto(base_url)
    say(page, QUESTION)
    page.context.set_offline(True)
    page.get_by_label("Your message").fill("And its labs?")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("could not be reached")
    expect(page.get_by_label("Your message")).to_have_value("And its labs?")
    page.context.set_offline(False)
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#log > article")).to_have_count(2, timeout=60_000)
    expect(page.get_by_role("alert")).to_have_text("")


def test_a_message_that_is_too_long_is_kept(page: Page, base_url: str) -> None:
    page.goto(base_url)
    page.get_by_label("Your message").fill("far too long " * 1000)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("at most 4,000")
    assert len(page.get_by_label("Your message").input_value()) == 13_000


def test_what_is_written_does_not_run(page: Page, base_url: str) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(base_url)
    say(page, "<img src=x onerror=alert(1)><script>alert(2)</script> tuition at CMU")
    page.reload()
    assert dialogs == []
    assert page.locator("#log img, #log script").count() == 0


@pytest.mark.parametrize("size", [PHONE, NARROW], ids=["375", "320"])
def test_nothing_scrolls_sideways_on_a_phone(page: Page, base_url: str, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(base_url)
    widths = [page.evaluate("document.documentElement.scrollWidth")]
    for text in (QUESTION, WISH, "Compare Carnegie Mellon, USC and Stanford", NONE, "Which states are best?"):
        say(page, text)
        widths.append(page.evaluate("document.documentElement.scrollWidth"))
    pages = ("/programs", "/programs?q=california", "/programs/carnegie-mellon-university", BEYOND)
    for path in (*pages, "/guide", "/guide/states", "/about"):
        page.goto(base_url + path)
        widths.append(page.evaluate("document.documentElement.scrollWidth"))
    assert max(widths) <= size["width"]


@pytest.mark.parametrize("size", [PHONE, NARROW], ids=["375", "320"])
def test_targets_are_large_enough_to_press(page: Page, base_url: str, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(base_url)
    say(page, WISH)
    small = page.evaluate("""() => [...document.querySelectorAll("button, summary, nav a")]
        .filter((e) => e.offsetParent).map((e) => [e.innerText, e.getBoundingClientRect()])
        .filter(([, box]) => box.height < 24 || box.width < 24).map(([name]) => name)""")
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, base_url: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(base_url)
    found = {"/": _violations(page)}
    for text in (QUESTION, WISH, "Compare Carnegie Mellon and Cornell", NONE):
        say(page, text)
    found["conversation"] = _violations(page)
    pages = ("/programs/carnegie-mellon-university", BEYOND, "/programs", "/programs?q=california")
    for path in (*pages, "/guide/states", "/about", "/nothing"):
        page.goto(base_url + path)
        found[path] = _violations(page)
    assert {where: what for where, what in found.items() if what} == {}


def _violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {node['html'][:120]}" for v in found for node in v["nodes"]]
