"""Numbers of lists and headings in DOCX files, written into the text: Word shows them, but does not store them.

Source: ECMA-376 part 1, 17.9 (numbering), 17.3.1.19 (numPr), 17.7.2 (a style's own numbering).
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from archive.importers.numerals import format_number

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_NO_NUMBER = ("bullet", "none")


def _w(name: str) -> str:
    return f"{{{_W}}}{name}"


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: its first number, how it is written, and what stands around it (`%1、`)."""

    start: int
    style: str
    pattern: str
    suffix: str


@dataclass
class _Lists:
    """What numbering.xml and styles.xml say.

    Attributes:
        levels: Levels of abstract lists, by id and level.
        lists: Abstract id by list id.
        restarts: First numbers that a list states for itself, by list id and level.
        styles: List id and level by style id.
    """

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)


def write_numbers(document: bytes, numbering: bytes, styles: bytes) -> bytes:
    """Write the numbers of numbered paragraphs into their text.

    Args:
        document: word/document.xml, without a document type.
        numbering: word/numbering.xml; empty if there is none.
        styles: word/styles.xml; empty if there is none.

    Returns:
        The document with a run before the text of each numbered paragraph, and no numbering; unchanged if it has none.

    Raises:
        xml.etree.ElementTree.ParseError: A part is no well-formed XML.
    """
    if not numbering or _STRICT in document[:10_000]:
        return document
    lists = _read_lists(ET.fromstring(numbering), ET.fromstring(styles) if styles else None)
    for prefix, uri in re.findall(rb"xmlns:([A-Za-z0-9]+)=\"([^\"]+)\"", document[:20_000]):
        if not re.fullmatch(rb"ns[0-9]+", prefix):
            ET.register_namespace(prefix.decode(), uri.decode("utf-8", "replace"))
    root = ET.fromstring(document)
    counts: dict[str, dict[int, int]] = {}
    changed = False
    for paragraph in root.iter(_w("p")):
        place = _place(paragraph, lists)
        label = _label(*place, lists, counts) if place else ""
        if label:
            _write(paragraph, label)
            changed = True
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) if changed else document


def _read_lists(numbering: ET.Element, styles: ET.Element | None) -> _Lists:
    lists = _Lists()
    for abstract in numbering.iter(_w("abstractNum")):
        levels = {_number(level, "ilvl"): _level(level) for level in abstract.iter(_w("lvl"))}
        lists.levels[abstract.get(_w("abstractNumId"), "")] = levels
    for own in numbering.iter(_w("num")):
        name = own.get(_w("numId"), "")
        lists.lists[name] = _value(own, "abstractNumId")
        for override in own.iter(_w("lvlOverride")):
            start = override.find(_w("startOverride"))
            if start is not None:
                lists.restarts[name, _number(override, "ilvl")] = _number(start, "val")
    based = {}
    for style in styles.iter(_w("style")) if styles is not None else ():
        name = style.get(_w("styleId"), "")
        based[name] = _value(style, "basedOn")
        numbered = style.find(f"{_w('pPr')}/{_w('numPr')}")
        if numbered is not None and _value(numbered, "numId"):
            level = numbered.find(_w("ilvl"))
            lists.styles[name] = (_value(numbered, "numId"), _number(level, "val") if level is not None else 0)
    for name in list(based):  # a style has the numbering of the one that it is based on
        above, seen = name, set()
        while above and above not in lists.styles and above not in seen:
            seen.add(above)
            above = based.get(above, "")
        if above in lists.styles:
            lists.styles.setdefault(name, lists.styles[above])
    return lists


def _level(level: ET.Element) -> _Level:
    start = level.find(_w("start"))
    suffix = _value(level, "suff") or "tab"
    return _Level(_number(start, "val") if start is not None else 0, _value(level, "numFmt"), _value(level, "lvlText"), suffix)


def _place(paragraph: ET.Element, lists: _Lists) -> tuple[str, int] | None:
    """Give list id and level of a paragraph, None if it is in no list."""
    properties = paragraph.find(_w("pPr"))
    if properties is None:
        return None
    of_style = lists.styles.get(_value(properties, "pStyle"))
    numbered = properties.find(_w("numPr"))
    if numbered is None:
        return of_style
    level = numbered.find(_w("ilvl"))
    name = _value(numbered, "numId") or (of_style[0] if of_style else "")
    return (name, _number(level, "val") if level is not None else 0) if name not in ("", "0") else None


def _label(name: str, level: int, lists: _Lists, counts: dict[str, dict[int, int]]) -> str:
    """Count a paragraph of a list and give what stands before it; "" for a bullet."""
    abstract = lists.lists.get(name, "")
    levels = lists.levels.get(abstract, {})
    if level not in levels:
        return ""
    first = (name, level) in lists.restarts and name not in counts
    counted = counts.setdefault(name if first or name in counts else abstract, {})
    start = lists.restarts.get((name, level), levels[level].start)
    counted[level] = counted[level] + 1 if level in counted else start
    for deeper in [other for other in counted if other > level]:
        del counted[deeper]
    if levels[level].style in _NO_NUMBER:
        return ""

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        return format_number(counted.get(at, levels[at].start), levels[at].style) if at in levels else ""

    label = re.sub("%([1-9])", number, levels[level].pattern)
    glued = levels[level].suffix == "nothing" or not label or label[-1] > "\u2fff"
    return label if glued else f"{label} "


def _write(paragraph: ET.Element, label: str) -> None:
    """Put a run with the label before the text of a paragraph, and take the paragraph out of its list."""
    properties = paragraph.find(_w("pPr"))
    numbered = properties.find(_w("numPr")) if properties is not None else None
    if properties is not None and numbered is not None:
        properties.remove(numbered)
    run = ET.Element(_w("r"))
    text = ET.SubElement(run, _w("t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    text.text = label
    paragraph.insert(0 if properties is None else list(paragraph).index(properties) + 1, run)


def _value(parent: ET.Element, name: str) -> str:
    child = parent.find(_w(name))
    return child.get(_w("val"), "") if child is not None else ""


def _number(element: ET.Element, attribute: str) -> int:
    text = element.get(_w(attribute), "0")
    return int(text) if re.fullmatch("[0-9]{1,6}", text) else 0
