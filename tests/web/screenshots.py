"""Pictures of every page of the demonstration archive: `make screenshots`. To be looked at, not compared."""

import sys
from pathlib import Path

from tests.web.browser import open_browser, serve
from tests.web.demo import ROOT

PAGES = {
    "home": "/",
    "search": "/search?q=发展",
    "notice": '/search?q="发展',
    "nothing": "/search?q=没有这样的话",
    "reader": "/d/ql-2012-qh?q=发展",
    "reader-hant": "/d/hl-2014-bianlun",
    "browse": "/browse",
    "help": "/help",
    "missing": "/d/none",
}
LOOKS = (("light", 1280, "zh-CN"), ("dark", 1280, "zh-TW"), ("light", 320, "en"), ("light", 1920, "zh-CN"))


def main(folder: Path) -> None:
    """Write one PNG for each page and look."""
    folder.mkdir(parents=True, exist_ok=True)
    with serve(ROOT) as site, open_browser() as browser:
        for scheme, width, locale in LOOKS:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale=locale)
            page = context.new_page()
            for name, path in PAGES.items():
                page.goto(site + path)
                page.screenshot(path=folder / f"{name}-{scheme}-{width}.png")
            page.goto(f"{site}/search?q=发展")
            page.locator("a.cite").first.click()
            page.screenshot(path=folder / f"cite-{scheme}-{width}.png")
            context.close()
    print(f"{(len(PAGES) + 1) * len(LOOKS)} pictures in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
