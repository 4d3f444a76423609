"""All that a run found, as one Markdown page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.benchmarks.tables import COST, RANKING, TRUTH, Column, Figures, Rivals, in_ratios, ratios, speed, table
from tests.benchmarks.targets import targets_table


def report(result: Mapping[str, Any]) -> str:
    """Write what a run found; `result` is what the JSON file holds."""
    parts = [f"# Benchmark: {result['size']:g} million characters" if result["rivals"] else "# Benchmark: ranking", _about(result)]
    if result["rivals"]:
        parts += _contest(result)
    for name, ranked in result["ranking"].items():
        parts += [f"## Ranking: nDCG@10, {name}, {result['questions'][name]} questions", table(ranked, RANKING)]
    return "\n\n".join([*parts, "## Who they are", _roll(result)]) + "\n"


def _contest(result: Mapping[str, Any]) -> list[str]:
    rivals: Rivals = result["rivals"]
    of_all, of_each = result["about"]["characters"], result["about"]["queries"]

    def given(name: str, _: Column) -> str:
        return "†" if rivals[name].get("characters", of_all) < of_all else ""

    def asked(name: str, column: Column) -> str:
        kind = column.figure.partition("_p50_")[0].partition("_p95_")[0]
        return "\\*" if rivals[name].get(f"{kind}_asked", of_each) < of_each else ""

    in_processor_ms = table(rivals, speed("cpu_ms"), note=asked)
    return [
        "## What it costs",
        table(rivals, COST, note=given),
        *_given_less(rivals, of_all),
        "## How fast it answers: processor ms",
        "Top 20 with marked snippets and the total that the rival knows. Words: ours finds documents that hold all of them, the\n"
        "others passages that do; `words in one passage` asks ours the same.",
        in_processor_ms,
        *(["\\* not all questions of the log: the time of a round was up."] if "\\*" in in_processor_ms else []),
        "## The same: clock ms",
        table(rivals, speed("ms"), note=asked),
        "## Ratios to the better of the two tantivys, column by column; answers in processor time",
        table(ratios(rivals, (*COST, *speed("cpu_ms"))), in_ratios((*COST, *speed("cpu_ms")))),
        "## What it finds",
        "Against brute force, the passages of all strings together. Totals right: share of the strings whose number of places is\n"
        "told and right; the tantivys and SQLite count passages only, which is less work.",
        table(rivals, TRUTH),
        "## What must be reached",
        targets_table(rivals),
    ]


def _given_less(rivals: Rivals, of_all: int) -> list[str]:
    """Explain the mark of the rivals that got less text, if there are any."""
    given = {name: figures.get("characters", of_all) for name, figures in rivals.items()}
    less = ", ".join(f"`{name}` {characters:,} characters" for name, characters in given.items() if characters < of_all)
    return [f"† too slow for all of the text, given less: {less}."] if less else []


def _about(result: Mapping[str, Any]) -> str:
    facts = result["about"]
    lines = [f"Measured {result['measured']} on {facts['cores']} cores"]
    if None not in facts["load"]:
        lines[0] += f", load {facts['load'][0]:.1f} at the start and {facts['load'][1]:.1f} at the end"
    if result["rivals"]:
        lines += [
            f"{facts['characters']:,} characters in {facts['passages']:,} passages of {facts['documents']:,} documents; "
            f"seed {facts['seed']}",
            f"{facts['queries']} questions of each kind, half in the other script; medians of {facts['rounds']} rounds",
        ]
    lines.append(", ".join(f"{name} {version}" for name, version in facts["versions"].items()))
    return "\n".join(f"{line}." for line in lines)


def _roll(result: Mapping[str, Any]) -> str:
    """Say what each rival is, and why one is missing."""
    everyone: dict[str, Figures] = {}
    for group in (result["rivals"], *result["ranking"].values()):
        everyone |= {name: figures for name, figures in group.items() if name not in everyone or "missing" in figures}
    return "\n".join(
        f"* `{name}`: {figures['what']}" + (f". **Not measured: {_line(figures['missing'])}**" if "missing" in figures else "")
        for name, figures in everyone.items()
    )


def _line(text: str) -> str:
    """Give the last line of a complaint, which names the error."""
    return text.strip().splitlines()[-1]
