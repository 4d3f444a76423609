"""What is known of web sites: where their pages keep the text, and what their meta elements say.

Source: data/sites.toml; an archive may add a table of the same form.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from archive.errors import InvalidSettings

SiteTable = Mapping[str, Any]
"""A parsed TOML table with the parts `site`, `generator` and `meta`, each of which may be missing."""

NO_SITES: SiteTable = {}

KEYS = frozenset({"body", "drop", "title", "date", "publisher", "author"})


@cache
def built_in() -> SiteTable:
    """Give the table that comes with the program."""
    return tomllib.loads((files("archive") / "data" / "sites.toml").read_text(encoding="utf-8"))


def selectors_of(sites: SiteTable, *, address: str, generator: str) -> dict[str, str]:
    """Give what is known of the site that a page comes from.

    Args:
        sites: The archive's own table; it goes before the one that comes with the program.
        address: Address of the page; "" if unknown.
        generator: What the page says it was made with; "" if it says nothing.

    Returns:
        CSS selectors by key; empty if the site is unknown.

    Raises:
        InvalidSettings: A rule of the site is no mapping of known keys to strings.
    """
    host = host_of(address)
    for table in (sites, built_in()):
        known = _table(table, "site")
        for name in sorted((name for name in known if _holds(name.lower(), host)), key=len, reverse=True):
            return _checked(known[name], name)
        for name, rule in _table(table, "generator").items():
            if generator.lower().startswith(name.lower()):
                return _checked(rule, name)
    return {}


def meta_fields(sites: SiteTable) -> dict[str, tuple[str, float]]:
    """Give what meta elements are evidence of: field and confidence by name.

    Raises:
        InvalidSettings: A row is not well formed.
    """
    fields = {}
    for name, row in {**_table(built_in(), "meta"), **_table(sites, "meta")}.items():
        try:
            fields[name.lower()] = (str(row["field"]), min(max(float(row["confidence"]), 0.0), 1.0))
        except (TypeError, KeyError, ValueError):
            raise InvalidSettings(
                f"the rule for meta element {name!r} is not well formed", hint='such as { field = "title", confidence = 0.9 }'
            ) from None
    return fields


def host_of(address: str) -> str:
    """Give the host of an address in lower case; "" if it has none."""
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _holds(name: str, host: str) -> bool:
    return host == name or host.endswith(f".{name}")


def _table(sites: SiteTable, part: str) -> Mapping[str, Any]:
    table = sites.get(part, {})
    if not isinstance(table, Mapping):
        raise InvalidSettings(f"{part} is no table", hint=f'write [{part}."name"]')
    return table


def _checked(rule: object, name: str) -> dict[str, str]:
    if not isinstance(rule, Mapping) or not all(
        key in KEYS and isinstance(value, str) and value.strip() for key, value in rule.items()
    ):
        raise InvalidSettings(f"the rule for site {name!r} is not well formed", hint=f"keys are {', '.join(sorted(KEYS))}")
    return dict(rule)
