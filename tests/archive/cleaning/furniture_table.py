"""Sets furniture into clean texts, cleans them, and counts right, wrong and missed per rule. Imports nothing of the rules.

Run as a program it prints the table: `python -m tests.archive.cleaning.furniture_table` (`--held` for the cases held back, `--show`
for what went wrong).
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from archive.edits import Edit
from tests.archive.cleaning.furniture_cases import CASES, CLEAN_LINES, Case

SHARED = Path(__file__).parents[4] / "shared"
FOLDERS = (
    "cn_gwr_provincial_2026",
    "cn_gwr_national",
    "cn_policy_statecouncil_2018_2019",
    "cn_laws",
    "tw_transcripts",
    "tw_ly_gazette",
    "hk_legco_speeches",
)
_PROSE = re.compile("[\u4e00-\u9fff]{8}")
_TWO_HAN = re.compile("(?<=[\u4e00-\u9fff]{2})(?=[\u4e00-\u9fff]{2})")

GENERATED = tuple(
    f"{who}要{what}，{how}，{aim}。{who}还要总结去年的经验，把今年的工作做在前面，一件一件抓到底。"
    for who in ("各乡各村", "水利部门", "农机站的同志", "全縣幹部", "山區各鄉", "參加培訓的青年")
    for what in ("把水渠修好", "把種子選好", "管好用好农业机械", "把道路修通")
    for how in ("先易后难", "由点到面", "一邊學習一邊實踐", "依靠群众")
    for aim in ("保证秋后有个好收成", "讓群眾少走彎路", "使山里的果子运得出去")
)


def clean_paragraphs() -> list[str]:
    """Paragraphs of real texts, from the middle of each file, where no furniture stands; generated ones where these are absent."""
    found = []
    for folder in FOLDERS:
        for file in sorted((SHARED / "corpora" / folder).glob("*.txt")):
            lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
            lines = [
                line
                for line in lines[20:-25]
                if 30 <= len(line) <= 400 and _PROSE.search(line) and line[-1] in "。！：" and line[0] not in "#>*|"
            ]
            found += lines[:: max(1, len(lines) // 12)]
    return found or list(GENERATED)


def clean_sentences(n: int) -> list[str]:
    """`CLEAN_LINES`, then sentences of real texts, a fifth of them with Latin letters in brackets, addresses or a table's bars."""
    found: dict[str, None] = {}
    for folder in FOLDERS:
        for file in sorted((SHARED / "corpora" / folder).glob("*.txt")):
            lines = file.read_text(encoding="utf-8").splitlines()[20:-25]
            found |= dict.fromkeys(
                each for line in lines for each in re.findall("[^。！]+[。！]?", line.strip()) if len(each) >= 10
            )
    pool = list(found) or list(GENERATED)
    odd = [each for each in pool if re.search(r"[（(][A-Za-z]|https?:|www\.|\|", each)]
    random.Random(4).shuffle(pool)
    return list(dict.fromkeys([*CLEAN_LINES, *odd[: n // 5], *pool]))[:n]


@dataclass(frozen=True, slots=True)
class Trial:
    """A clean text with one case set into it.

    Attributes:
        case: What was set in.
        text: The text with it.
        start: First code point of the case in the text.
        end: One past the last.
    """

    case: Case
    text: str
    start: int
    end: int


def trials(cases: Iterable[Case], paragraphs: Sequence[str], *, seed: int = 4, times: int = 2) -> list[Trial]:
    """Set every case into texts of their own, each with a title, a speaker's line and eight paragraphs."""
    chance = random.Random(seed)
    made = []
    for case in cases:
        for _ in range(times):
            body = chance.sample(list(paragraphs), 8)
            title = re.sub("[^\u4e00-\u9fff]", "", body.pop())[:24]
            words = {f"k{number + 1}": title[2 * number : 2 * number + 2] for number in range(5)}
            text = case.text.format(**words) if case.rule == "keywords" else case.text
            made.append(_set_in(Case(case.rule, case.place, text, case.held), f"关于{title}的讲话", body, chance))
    return made


def _set_in(case: Case, title: str, body: list[str], chance: random.Random) -> Trial:
    front, text = [title, *(["（2020年3月10日）"] if chance.random() < 0.5 else [])], case.text
    match case.place:
        case "H":
            at = 0 if case.rule in ("keywords", "breadcrumb", "toolbar", "navigation", "share-bar") or chance.random() < 0.5 else 1
            before, after = "".join(f"{line}\n" for line in front[:at]), "".join(f"\n{line}" for line in [*front[at:], *body])
        case "T":
            before, after = "".join(f"{line}\n" for line in [*front, *body]), ""
        case "M":
            at = chance.randrange(2, 5)
            before, after = "".join(f"{line}\n" for line in [*front, *body[:at]]), "".join(f"\n{line}" for line in body[at:])
        case "S":
            before, after = "", "\n".join(body)
        case "E":
            before, after = "\n".join([*front, *body]), ""
        case _:
            places = [found.start() for found in _TWO_HAN.finditer(body[3])]
            at = chance.choice(places)
            before = "\n".join([*front, *body[:3], body[3][:at]])
            after = "\n".join([body[3][at:], *body[4:]])
    return Trial(case, before + text + after, len(before), len(before) + len(text))


@dataclass(slots=True)
class Count:
    """What became of the cases of a rule."""

    right: int = 0
    wrong: int = 0
    missed: int = 0


Finder = Callable[[str], Sequence[Edit]]


def count(found: Finder, tests: Iterable[Trial], show: Callable[[str], object] = lambda _: None) -> dict[str, Count]:
    """Clean every trial. Right: all visible furniture gone; missed: some is left; wrong: an edit reached clean text."""
    counts: defaultdict[str, Count] = defaultdict(Count)
    for trial in tests:
        gone: set[int] = set()
        for edit in found(trial.text):
            span = {at for at in range(edit.start, edit.end) if not trial.text[at].isspace()}
            gone |= span
            if any(not trial.start <= at < trial.end for at in span):
                counts[edit.rule.partition(".")[2]].wrong += 1
                show(f"WRONG {edit.rule} {trial.text[edit.start : edit.end]!r}")
        wanted = {at for at in range(trial.start, trial.end) if not trial.text[at].isspace()}
        if wanted <= gone:
            counts[trial.case.rule].right += 1
        else:
            counts[trial.case.rule].missed += 1
            left = "".join(trial.text[at] for at in sorted(wanted - gone))
            show(f"MISSED {trial.case.rule} {trial.case.place} {trial.case.text!r}: {left!r} is left")
    return counts


def harmed(found: Finder, sentences: Iterable[str]) -> Counter[str]:
    """Sentences of which something was removed, each with the rule that did it: alone, and as first, middle and last of a text."""
    hurt: Counter[str] = Counter()
    for sentence in sentences:
        frame = "各乡各村要把水渠修好，依靠群众，保证秋后有个好收成，让大家都过上安稳的日子，再把道路修通，使山里的果子运得出去。"
        for text in (sentence, f"{sentence}\n{frame}\n{frame}", f"{frame}\n{sentence}\n{frame}", f"{frame}\n{frame}\n{sentence}"):
            for edit in found(text):
                hurt[f"{edit.rule}: {sentence}"] += 1
    return hurt


def table(counts: dict[str, Count]) -> str:
    """Print right, wrong and missed per rule, and all together."""
    rows = [(rule, each.right, each.wrong, each.missed) for rule, each in sorted(counts.items())]
    rows.append(("all", *(sum(row[column] for row in rows) for column in (1, 2, 3))))  # type: ignore[arg-type]
    lines = [f"{'rule':<16}{'right':>7}{'wrong':>7}{'missed':>8}{'recall':>8}{'precision':>11}"]
    for rule, right, wrong, missed in rows:
        recall, precision = right / max(1, right + missed), right / max(1, right + wrong)
        lines.append(f"{rule:<16}{right:>7}{wrong:>7}{missed:>8}{recall:>8.3f}{precision:>11.3f}")
    return "\n".join(lines)


def main() -> None:
    """Print the tables."""
    from archive.cleaning.furniture import find_furniture
    from archive.cleaning.text import Text

    def found(text: str) -> list[Edit]:
        return list(find_furniture(Text(text)))

    show = print if "--show" in sys.argv else lambda _: None
    paragraphs = clean_paragraphs()
    for held in (False, True) if "--held" in sys.argv else (False,):
        print("held back" if held else "tuned on")
        print(table(count(found, trials([case for case in CASES if case.held is held], paragraphs), show)))
    hurt = harmed(found, clean_sentences(5000 if "--held" in sys.argv else 1500))
    print(f"harmed: {len(hurt)}", *hurt, sep="\n")


if __name__ == "__main__":
    main()
