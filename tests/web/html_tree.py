"""HTML read strictly into a small tree: a page whose tags do not match is a failure, not something to repair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


@dataclass
class Element:
    """An element with what is in it: strings and other elements, in order."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    content: list[str | Element] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        """Give an attribute that must be there."""
        value = self.attributes[name]
        assert value is not None, f"{self.tag} {name} has no value"
        return value

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default) or default

    @property
    def classes(self) -> set[str]:
        return set(self.get("class").split())

    @property
    def raw_text(self) -> str:
        """All text in it, white space as written."""
        return "".join(part if isinstance(part, str) else part.raw_text for part in self.content)

    @property
    def text(self) -> str:
        """All text in it, each run of white space one space."""
        return " ".join(self.raw_text.split())

    def walk(self) -> Iterator[Element]:
        yield self
        for part in self.content:
            if isinstance(part, Element):
                yield from part.walk()

    def all(self, tag: str = "", *, cls: str = "", **attributes: str) -> list[Element]:
        """Find elements by tag, class and attributes, in order of the page."""
        return [
            found
            for found in self.walk()
            if (not tag or found.tag == tag)
            and (not cls or cls in found.classes)
            and all(found.attributes.get(name) == value for name, value in attributes.items())
        ]

    def one(self, tag: str = "", *, cls: str = "", **attributes: str) -> Element:
        """Find the one element of that kind; more or none is a failure."""
        found = self.all(tag, cls=cls, **attributes)
        assert len(found) == 1, f"{len(found)} elements {tag} {cls} {attributes}"
        return found[0]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute of <{tag}> comes twice: {attrs}"
        element = Element(tag, dict(attrs))
        self.open[-1].content.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}> on line {self.getpos()[0]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)


def parse_html(page: str) -> Element:
    """Parse a page; a tag that is not closed, or closed by another, is a failure."""
    builder = _Builder()
    builder.feed(page)
    builder.close()
    assert builder.open == [builder.root], f"not closed: {[element.tag for element in builder.open[1:]]}"
    return builder.root
