"""The pages in a real browser, on the demonstration corpus: what a reader does, by hand and by keyboard, at every width."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from archive.store import open_archive
from index.rebuild import reindex
from tests.web.browser import find_chromium, open_browser, serve
from tests.web.demo import copy_demonstration

pytestmark = pytest.mark.skipif(
    find_chromium() is None and not os.environ.get("CI"), reason="no Chromium here: apt-get install chromium runs these tests"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = copy_demonstration(tmp_path_factory.mktemp("demo"))
    reindex(open_archive(folder))
    with serve(folder) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert said == [], "the browser had something to complain about"


def search(page: Page, site: str, text: str) -> None:
    page.goto(site)
    page.fill("#q", text)
    page.press("#q", "Enter")
    page.wait_for_selector("[role=status]")


def totals(page: Page) -> str:
    return re.sub(r"\s+", "", page.inner_text("[role=status]"))


def test_both_scripts_have_the_same_totals(page: Page, site: str) -> None:
    search(page, site, "发展")
    simplified = totals(page)
    search(page, site, "發展")
    assert totals(page) == simplified
    assert re.fullmatch(r"\d+篇，\d+段，共\d+处", simplified)
    assert page.locator(".hit mark").count() > 10
    assert set(page.locator(".hit mark").all_inner_texts()) == {"发展", "發展"}


def test_hit_opens_at_its_paragraph_with_the_words_marked(page: Page, site: str) -> None:
    search(page, site, '"鹤眠水库"')
    page.locator(".hit a.number").first.click()
    page.wait_for_selector(".passage:target")
    target = page.locator(".passage:target")
    assert target.get_attribute("id") == page.url.partition("#")[2]
    assert target.locator("mark").count() >= 1
    assert target.evaluate("element => element.getBoundingClientRect().top < innerHeight")


def test_passage_is_cited_and_its_link_leads_back(page: Page, site: str) -> None:
    search(page, site, "鹤眠水库")
    page.locator(".hit a.cite").first.click()
    words = page.inner_text("blockquote")
    citation = page.inner_text("#cite-plain")
    link = re.search(r"http://\S+", citation)
    assert link is not None
    page.goto(link[0])
    assert words in page.inner_text(".passage:target")


def test_facet_narrows_and_its_chip_widens(page: Page, site: str) -> None:
    search(page, site, "发展")
    everything = totals(page)
    page.locator("aside a", has_text="繁体").click()
    assert totals(page) != everything
    page.locator(".chips a").click()
    assert totals(page) == everything


def test_slash_goes_to_the_search_box(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=发展")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"


def test_first_tab_skips_to_the_text(page: Page, site: str) -> None:
    page.goto(f"{site}/browse")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_pages_work_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="zh-TW")
    page = context.new_page()
    search(page, site, "发展")
    assert totals(page).endswith("處")
    page.locator(".hit a.cite").first.click()
    assert "GB/T 7714" in page.inner_text("main")
    context.close()


def test_markup_in_a_query_is_text(page: Page, site: str) -> None:
    search(page, site, "<script>alert(1)</script>")
    assert page.input_value("#q") == "<script>alert(1)</script>"
    assert page.locator("main script").count() == 0


PAGES = ["/", "/search?q=发展", "/d/ql-2012-qh?q=发展", "/d/hl-2014-bianlun", "/browse", "/help", "/search?q=%22abc", "/d/none"]


@pytest.mark.parametrize("width", [320, 768, 1920])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_wider_than_the_window(browser: Browser, site: str, path: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 700}, locale="en")
    page = context.new_page()
    page.goto(site + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


CONTRAST = """
() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const background = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const bad = [];
  for (const element of document.querySelectorAll("main *, header *, footer *")) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())) continue;
    if (element.closest(".visually-hidden, [hidden]") || element.tagName === "OPTION") continue;
    const style = getComputedStyle(element);
    const ink = parse(style.color), paper = background(element), opacity = Number(style.opacity);
    const mixed = ink.slice(0, 3).map((v, i) => v * opacity + paper[i] * (1 - opacity));
    const [light, dark] = [luminance(mixed), luminance(paper)].sort((a, b) => b - a);
    if ((light + 0.05) / (dark + 0.05) < 4.5) bad.push(element.className + ": " + element.textContent.trim().slice(0, 20));
  }
  return bad;
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/search?q=发展", "/d/ql-2012-qh?q=发展", "/help"])
def test_letters_stand_out_from_the_paper(browser: Browser, site: str, path: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, locale="zh-CN")
    page = context.new_page()
    page.goto(site + path)
    assert page.evaluate(CONTRAST) == []
    context.close()


def test_copy_of_the_demonstration_leaves_the_repository_alone(tmp_path: Path) -> None:
    folder = copy_demonstration(tmp_path)
    assert (folder / "archive.toml").exists()
    assert not (folder / ".yinde").exists()
