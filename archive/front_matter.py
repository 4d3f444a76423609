"""The head of a corpus file: YAML read as strings only, with the line of every field, and written back.

A title such as `007`, `NO` or `2020-03` must stay what was typed, so no YAML type is ever guessed: notes citing.md 8 lists what a
guessing loader does to Chinese metadata. Always: `parse_front_matter(format_front_matter(m)) == m`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import yaml

from archive.errors import InvalidMetadata

Value = str | list["Value"] | dict[str, "Value"]
Fields = dict[str, Value]

_FENCE = "---"
_MOST_VALUES = 10_000
_FAST_CHARACTERS = 4_000
"""Characters up to which libyaml reads, ten times faster; deep nesting, which it does not survive, needs more."""

_FastLoader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Dumper(yaml.SafeDumper):
    """Writes every scalar as a string, plain where YAML allows it."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, object]]] = {}  # noqa: RUF012 - PyYAML's own class attribute

    def represent_text(self, text: str) -> yaml.ScalarNode:
        """Write a string; one that holds a line end or a control character with escapes."""
        style = '"' if _ESCAPED.search(text) else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_ESCAPED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_Dumper.add_representer(str, _Dumper.represent_text)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Fields as written, and where.

    Attributes:
        fields: Name to string, list or mapping, in the order of the file.
        lines: Name to 1-based line in the file.
    """

    fields: Fields = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)


def split_front_matter(text: str) -> tuple[str | None, str]:
    """Split a file at its fences.

    Args:
        text: Whole file, LF line ends, no byte order mark.

    Returns:
        The YAML between the fences, or None if the file does not begin with one that is closed; and the rest.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return None, text
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :])
    return None, text


def parse_front_matter(source: str, *, first_line: int = 2) -> FrontMatter:
    """Parse string-only YAML.

    Args:
        source: YAML without its fences.
        first_line: 1-based line of the file on which it begins.

    Raises:
        InvalidMetadata: It is no YAML mapping; the message names the line, the hint the usual cure.
    """
    if len(source) <= _FAST_CHARACTERS:
        with suppress(
            yaml.YAMLError, RecursionError, OverflowError, ValueError
        ):  # what is wrong with it is said by the other loader
            return _read(yaml.compose(source, Loader=_FastLoader), first_line)
    try:
        return _read(yaml.compose(source, Loader=yaml.BaseLoader), first_line)
    except yaml.MarkedYAMLError as error:
        line = first_line + (error.problem_mark.line if error.problem_mark else 0)
        raise InvalidMetadata(
            f"line {line} is no YAML: {error.problem}", hint='put the value in quotes, as in title: "报告: 2024"'
        ) from None
    except yaml.YAMLError as error:
        raise InvalidMetadata(f"front matter is no YAML: {str(error).splitlines()[0]}", hint="remove control characters") from None
    except (RecursionError, OverflowError, ValueError):
        raise InvalidMetadata(
            "front matter is no YAML: it is nested too deeply or holds no characters", hint="write plain lines"
        ) from None


def _read(root: yaml.Node | None, first_line: int) -> FrontMatter:
    if root is None:
        return FrontMatter()
    if not isinstance(root, yaml.MappingNode):
        raise InvalidMetadata(f"line {first_line} is no field", hint="write one field per line, as in title: 政府工作报告")
    fields: Fields = {}
    budget = [_MOST_VALUES]
    lines: dict[str, int] = {}
    for key, value in root.value:
        name, line = str(key.value), first_line + key.start_mark.line
        if name in fields:
            raise InvalidMetadata(f"line {line} gives {name!r} a second time", hint=f"it stands on line {lines[name]} already")
        fields[name] = _construct(value, budget)
        lines[name] = line
    return FrontMatter(fields, lines)


def _construct(node: yaml.Node, budget: list[int]) -> Value:
    """Make the value of a node; `budget` holds how many more values there may be, since aliases can multiply without end."""
    budget[0] -= 1
    if budget[0] < 0:
        raise ValueError("too many values")
    if isinstance(node, yaml.SequenceNode):
        return [_construct(item, budget) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _construct(value, budget) for key, value in node.value}
    text = str(node.value)
    text.encode("utf-8")  # a ValueError for half of a surrogate pair
    return text


def format_front_matter(fields: Mapping[str, Value]) -> str:
    """Format fields as the head of a file, fences and final line end included."""
    if not fields:
        return f"{_FENCE}\n{_FENCE}\n"
    body = yaml.dump(dict(fields), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9)
    return f"{_FENCE}\n{body}{_FENCE}\n"


def set_fields(source: str, changes: Mapping[str, Value | None]) -> str:
    """Change fields of front matter and leave every other line, comments too, as a person wrote it.

    Args:
        source: YAML without its fences, well formed.
        changes: New value of each field; None takes the field out. Fields not there yet go to the end.

    Returns:
        YAML without its fences, no line end behind its last line.
    """
    lines = source.split("\n") if source else []
    front = parse_front_matter(source, first_line=0)
    starts = front.lines
    wanted = {name: value for name, value in {**front.fields, **changes}.items() if value is not None}
    for name in sorted(starts, key=lambda name: -starts[name]):  # from the end, so that line numbers hold
        if name in changes:
            value = changes[name]
            lines[starts[name] : _field_end(lines, starts[name])] = [] if value is None else _field_lines(name, value)
    for name, value in changes.items():
        if name not in starts and value is not None:
            lines += _field_lines(name, value)
    changed = "\n".join(lines)
    if parse_front_matter(changed).fields != wanted:  # YAML can be written in ways that lines do not show
        changed = "\n".join(line for name, value in wanted.items() for line in _field_lines(name, value))
    return changed


def _field_end(lines: list[str], start: int) -> int:
    """Find the line behind a field: its value goes on where a line is indented or is an item of a list."""
    end = start + 1
    while end < len(lines) and (lines[end].startswith((" ", "\t", "-")) or (not lines[end] and _goes_on(lines, end))):
        end += 1
    return end


def _goes_on(lines: list[str], at: int) -> bool:
    """Whether a value goes on behind blank lines."""
    following = next((line for line in lines[at:] if line), "")
    return following.startswith((" ", "\t", "-"))


def _field_lines(name: str, value: Value) -> list[str]:
    return format_front_matter({name: value}).split("\n")[1:-2]
