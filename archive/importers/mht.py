"""Web pages saved as one file (MHT, MHTML): the largest HTML part is the page. Source: RFC 2557."""

from __future__ import annotations

import re
from datetime import UTC
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime

from archive.errors import UnreadableSource
from archive.evidence import Evidence
from archive.importers.extracted import Extracted
from archive.importers.html_page import read_html
from archive.importers.sites import NO_SITES, SiteTable


def read_mht(data: bytes, *, encoding: str | None = None, sites: SiteTable = NO_SITES) -> Extracted:
    """Read a saved web page.

    Args:
        data: Whole file.
        encoding: A person's choice, or None to find out.
        sites: The archive's own table of sites.

    Raises:
        UnreadableSource: It holds no HTML, or is cut off inside it.
    """
    try:
        message = message_from_bytes(data)
        parts = [(_payload(part), part) for part in message.walk() if part.get_content_type() == "text/html"]
    except (RecursionError, LookupError, ValueError, TypeError, AttributeError):  # what email raises on damaged files
        raise UnreadableSource("the file is a damaged MHT file", hint="save the page again") from None
    if not any(payload for payload, _ in parts):
        raise UnreadableSource("the file is an MHT file without a page", hint="save the page again")
    payload, part = max(parts, key=lambda each: len(each[0]))
    declared = _charset(part)
    page = read_html(payload, encoding=encoding, declared=declared, address=_address(message, part), sites=sites)
    captured = _captured(message)
    return Extracted(
        raw=page.raw,
        format="mht",
        encoding=page.encoding,
        unreadable=(),  # offsets would count the unpacked page
        edits=page.edits,
        evidence=(*page.evidence, *([captured] if captured else [])),
        flags=page.flags,
        notices=(*page.notices, *(["some bytes of the page are unreadable"] if page.unreadable else [])),
    )


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Message) -> str:
    charset = part.get_param("charset")
    return charset if isinstance(charset, str) and charset.isascii() else ""


def _address(message: Message, part: Message) -> str:
    places = [str(part.get("Content-Location", "")), str(message.get("Snapshot-Content-Location", ""))]
    places += [str(message.get("Content-Location", ""))]
    return next((place for place in (re.sub(r"\s", "", place) for place in places) if place.startswith("http")), "")


def _captured(message: Message) -> Evidence | None:
    """Read when the page was saved."""
    try:
        at = parsedate_to_datetime(str(message.get("Date", "")))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if at.tzinfo is None:
        return None
    try:
        value = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return None
    return Evidence("captured.at", value, 0, 0, "mht.date", 0.9)
