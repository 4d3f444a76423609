"""Judge the intake on 100 files that no rule was written for: `python -m tests.unseen.judge [-v] [NUMBER …]`.

Prints, per kind of damage, how many files came out exactly right and how many characters were harmed, missed or left broken; and,
per field of the card, precision and recall. truth.toml holds the truth and its conventions. White space in a line does not count.
"""

from __future__ import annotations

import argparse
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Indel

HERE = Path(__file__).parent
FIELDS = ("title", "speaker", "date", "event", "organ", "place", "kind", "published_container", "published_date")
PLACE_ENDINGS = "省市县縣区區乡鄉镇鎮州"
IGNORED = "".join(map(chr, (0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)))


@dataclass(frozen=True)
class Case:
    """One file and its truth.

    Attributes:
        name: Name of the file.
        data: Its bytes.
        text: They as text.
        tags: Kinds of damage, region, `clean` where nothing may change.
        optional: Strings that may stay or go, without white space.
        documents: One card for each document, as in truth.toml.
        bodies: The passages of each document.
    """

    name: str
    data: bytes
    text: str
    tags: tuple[str, ...]
    optional: tuple[str, ...]
    documents: tuple[dict[str, Any], ...]
    bodies: tuple[tuple[str, ...], ...]


@dataclass
class Verdict:
    """How one file came out.

    Attributes:
        harmed: Characters of the truth that stood in the file and are gone.
        broken: Characters of the truth that a repair should have given and did not.
        missed: Characters that should have gone and are there.
        breaks: Ends of passages that are wanting or too many.
        documents: Documents found, less those in the file.
        places: What went wrong, each with its surroundings.
    """

    harmed: int = 0
    broken: int = 0
    missed: int = 0
    breaks: int = 0
    documents: int = 0
    places: list[str] = field(default_factory=list)

    @property
    def right(self) -> bool:
        """Nothing is wrong."""
        return not (self.harmed or self.broken or self.missed or self.breaks or self.documents)


@dataclass
class Score:
    """Values of one field over all documents."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    invented: int = 0

    def line(self, name: str) -> str:
        """One line of the table; `invented` are values where the text states none."""
        given = self.right + self.wrong + self.invented
        stated = self.right + self.wrong + self.missed
        precision = f"{self.right / given:.3f}" if given else "–"
        recall = f"{self.right / stated:.3f}" if stated else "–"
        counts = f"{self.right:6}{self.wrong:7}{self.invented:10}{self.missed:8}"
        return f"{name:22}{precision:>10}{recall:>8}{counts}"


def squeeze(text: str) -> str:
    """Drop white space and what has no width."""
    return "".join(char for char in text if not char.isspace() and char not in IGNORED)


def passages(text: str) -> tuple[str, ...]:
    """Give the non-blank lines of a body, without white space."""
    return tuple(squeezed for line in text.splitlines() if (squeezed := squeeze(line)))


def load_cases() -> Iterator[Case]:
    """Read truth.toml and the files it names."""
    truth = tomllib.loads((HERE / "truth.toml").read_text(encoding="utf-8"))
    for case in truth["case"]:
        data = (HERE / case["file"]).read_bytes()
        yield Case(
            name=case["file"],
            data=data,
            text=data.decode(case.get("encoding", "utf-8")),
            tags=(case["region"], *case["tags"]),
            optional=tuple(sorted(map(squeeze, case.get("optional", ())), key=len, reverse=True)),
            documents=tuple(case["documents"]),
            bodies=tuple(passages((HERE / card["body_file"]).read_text(encoding="utf-8")) for card in case["documents"]),
        )


def without_optional(body: Iterable[str], optional: Sequence[str]) -> list[str]:
    """Drop what may stay or go: whole passages, and, from three characters on, parts of one."""
    kept = []
    for passage in body:
        if passage in optional:
            continue
        for string in optional:
            if len(string) >= 3:
                passage = passage.replace(string, "")
        if passage:
            kept.append(passage)
    return kept


def ends(body: Sequence[str]) -> set[int]:
    """Give the offsets at which passages end, the last one's left out."""
    at, found = 0, set()
    for passage in body[:-1]:
        at += len(passage)
        found.add(at)
    return found


def judge(case: Case, found: Sequence[str]) -> Verdict:
    """Compare the bodies found with those of the truth: passages first, then, where they differ, characters.

    Args:
        case: The file and its truth.
        found: One body for each document, in order.
    """
    wanted = without_optional((passage for body in case.bodies for passage in body), case.optional)
    given = without_optional((passage for body in found for passage in passages(body)), case.optional)
    verdict = Verdict(documents=len(found) - len(case.bodies))
    if verdict.documents:
        verdict.places.append(f"documents: {len(found)}, not {len(case.bodies)}")
    to_repair = {
        at
        for tag, start, end, *_ in Indel.opcodes("".join(wanted), squeeze(case.text))
        if tag == "delete"
        for at in range(start, end)
    }
    for tag, start, end, given_start, given_end in SequenceMatcher(None, wanted, given, autojunk=False).get_opcodes():
        if tag != "equal":
            before = sum(map(len, wanted[:start]))
            compare(wanted[start:end], given[given_start:given_end], {at - before for at in to_repair}, verdict)
    return verdict


def compare(wanted: Sequence[str], given: Sequence[str], to_repair: set[int], verdict: Verdict) -> None:
    """Count what differs between passages of the truth and those found in their place.

    Args:
        wanted: Passages of the truth.
        given: Passages found.
        to_repair: Offsets in `wanted`, joined, of characters that the file does not hold.
        verdict: Takes the counts.
    """
    truth, text, given_ends = "".join(wanted), "".join(given), ends(given)
    mapped = set()  # where the passages found end, as offsets in the truth
    for tag, start, end, text_start, text_end in Indel.opcodes(truth, text):
        if tag == "equal":
            mapped |= {start + at - text_start for at in range(text_start, text_end + 1) if at in given_ends}
        elif tag == "delete":
            broken = len(to_repair.intersection(range(start, end)))
            verdict.broken += broken
            verdict.harmed += end - start - broken
            word = "not repaired" if broken else "HARMED"
            verdict.places.append(f"{word}: {truth[max(0, start - 8) : start]}[{truth[start:end]}]{truth[end : end + 8]}")
        else:
            mapped |= {start for at in range(text_start, text_end + 1) if at in given_ends}
            verdict.missed += text_end - text_start
            verdict.places.append(f"missed: {text[max(0, text_start - 8) : text_start]}[{text[text_start:text_end]}]")
    for at in sorted((mapped ^ ends(wanted)) - {0, len(truth)}) if text else ():
        verdict.breaks += 1
        word = "break too many" if at in mapped else "break wanting"
        verdict.places.append(f"{word}: {truth[max(0, at - 10) : at]} / {truth[at : at + 10]}")


def plain(value: str) -> str:
    """Reduce a value to its letters and digits, so that spaces and widths of punctuation do not count."""
    return "".join(char for char in unicodedata.normalize("NFKC", value).casefold() if char.isalnum())


def given_values(metadata: Any) -> dict[str, list[str]]:
    """Give the values of every judged field; an empty list where the field is empty."""
    published = metadata.published[0] if metadata.published else None
    values = {
        "title": [metadata.title],
        "speaker": list(metadata.speaker),
        "date": [str(metadata.date or "")],
        "event": [metadata.event],
        "organ": [metadata.organ],
        "place": [metadata.place],
        "kind": [metadata.kind],
        "published_container": [published.container if published else ""],
        "published_date": [str(published.date or "") if published else ""],
    }
    return {name: [value for value in given if value] for name, given in values.items()}


def reduced(name: str, values: Iterable[str]) -> frozenset[str]:
    """Give values in the form in which they are compared."""
    if name in ("date", "published_date", "kind"):
        return frozenset(values) - {"other"}  # which says no more than an empty field
    if name == "place":
        return frozenset(value.rstrip(PLACE_ENDINGS) if len(value) > 2 else value for value in map(plain, values))
    return frozenset(map(plain, values))


def judge_card(card: dict[str, Any], given: dict[str, list[str]], scores: dict[str, Score]) -> Iterator[str]:
    """Count the fields of one card; yield those that are not right."""
    for name in FIELDS:
        truth = card[name] if isinstance(card[name], list) else [card[name]] if card[name] else []
        accepted = [reduced(name, truth), *(reduced(name, [value]) for value in card.get("also", {}).get(name, ()))]
        score, value = scores[name], reduced(name, given[name])
        if value in accepted:
            score.right += bool(value)
            continue
        if name in card.get("lenient", ()):
            continue
        if not truth:
            score.invented += 1
        elif not value:
            score.missed += 1
        else:
            score.wrong += 1
        yield f"{name}: {'、'.join(given[name]) or '–'}  (truth {'、'.join(truth) or '–'})"


def pairs(case: Case, found: Sequence[str]) -> Iterator[tuple[dict[str, Any], int]]:
    """Give each card the document found that is most like its body; a document serves one card."""
    free = set(range(len(found)))
    for card, body in zip(case.documents, case.bodies, strict=True):
        if free:
            text = "".join(body)
            best = max(sorted(free), key=lambda number: Indel.normalized_similarity(text, squeeze(found[number])))
            free.discard(best)
            yield card, best


def main() -> None:
    """Run the intake on every file and print the tables."""
    from archive.intake import take_apart  # the truth can be read and checked without it

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("numbers", nargs="*", help="only files whose name begins so, such as 13")
    parser.add_argument("-v", "--verbose", action="store_true", help="say what is wrong in each file")
    options = parser.parse_args()

    cases = [case for case in load_cases() if not options.numbers or case.name.startswith(tuple(options.numbers))]
    scores = {name: Score() for name in FIELDS}
    flags: Counter[str] = Counter()
    verdicts: list[tuple[Case, Verdict]] = []
    for case in cases:
        drafts = take_apart(case.data, case.name).drafts
        found = [draft.body for draft in drafts]
        verdict = judge(case, found)
        verdicts.append((case, verdict))
        remarks = list(verdict.places)
        for card, number in pairs(case, found):
            remarks += judge_card(card, given_values(drafts[number].metadata), scores)
            wanted, given = set(card["flags"]), set(drafts[number].flags)
            if wanted == given:
                flags["right"] += 1
            elif "flags" not in card.get("lenient", ()):
                flags.update([f"+{flag}" for flag in given - wanted] + [f"-{flag}" for flag in wanted - given])
                remarks.append(f"flags: {', '.join(sorted(given)) or '–'}  (truth {', '.join(sorted(wanted)) or '–'})")
        if options.verbose and remarks:
            print(f"{case.name}\n  " + "\n  ".join(remarks))
    print(f"{'':22}{'files':>6}{'right':>7}{'harmed':>8}{'missed':>8}{'broken':>8}{'breaks':>8}{'documents':>11}")
    for tag in ["all", *sorted({tag for case in cases for tag in case.tags})]:
        of_tag = [verdict for case, verdict in verdicts if tag in ("all", *case.tags)]
        harmed, missed, broken = (sum(getattr(verdict, name) for verdict in of_tag) for name in ("harmed", "missed", "broken"))
        counts = f"{sum(v.breaks for v in of_tag):8}{sum(v.documents != 0 for v in of_tag):11}"
        print(f"{tag[:21]:22}{len(of_tag):6}{sum(v.right for v in of_tag):7}{harmed:8}{missed:8}{broken:8}{counts}")
    print(f"\n{'field':22}{'precision':>10}{'recall':>8}{'right':>6}{'wrong':>7}{'invented':>10}{'missed':>8}")
    for name, score in scores.items():
        print(score.line(name))
    print("\nflags  " + "  ".join(f"{name} {count}" for name, count in sorted(flags.items())))


if __name__ == "__main__":
    main()
