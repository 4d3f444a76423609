"""The referee: finds strings in an archive by brute force, with nothing of the project imported.

It reads the files itself, folds by a table of its own (plan.md 7) and looks for strings with ``str.find``
(plan.md 8). It shares no code and no data with ``archive`` and ``index``: where the two sides disagree, one of them
is wrong. Plainness comes before speed, yet a corpus of a few million characters is no burden, since every document
keeps its folded passages.

Units: every offset is a count of code points from 0; every span is half open and lies in the original passage, which
is a line of the body as it stands, never stripped; passages are numbered from 1.

The parts in order: folding, places of a string in a passage, documents, searching a corpus, strings to test with.

Source:
    plan.md 1, 5, 7, 8; text.md 3 and 4; checked by tests/test_oracle.py.
"""

import random
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, NamedTuple

Mode = Literal["text", "loose", "letters"]
Span = tuple[int, int]

# ---------------------------------------------------------------------------------------------------- folding

# Each pair joins the classes of its two characters, and what the second one folds to stands for all of them.
EXTRA_PAIRS = (
    "著着 瞭了 藉借 覆复 幷并 衞卫 敍叙 枱台 揹背 痺痹 徵征 乾干 "  # text.md 3.3, Taiwan and Hong Kong spellings
    "値值 汚污 凖准 淸清 靑青 囯国 吿告 戸户 彊强 "  # text.md 3.3, old and Japanese forms
    "画划 ○〇 牠它 砲炮 帳账 牴抵 姪侄 呉吴 様样 "  # plan.md 7; OpenCC has 帳 -> 帐, so 帐 folds to 账 as well
    "並并 竝并 畫划 敎教 眞真 愼慎 鎭镇 塡填 顚颠 緖绪 卽即 旣既 槪概 鄕乡 産产 戱戏 "  # old forms and spellings met in the corpora
    "戯戏 畧略 叅参 囘回 囬回 逹达 頴颖 舖铺 "
    "遶绕 谿溪 帐账 擧举 刼劫 倣仿 彷仿 迺乃 "
    "脗吻 歛敛 啣衔 珮佩 "
    "録录 緑绿 査查 黒黑 鉱矿 麹曲 麺面 乗乘 亜亚 仏佛 仮假 伝传 価价 倹俭 児儿 両两 "  # Japanese forms
    "剰剩 剣剑 剤剂 労劳 勲勋 勧劝 巻卷 呪咒 唖哑 単单 厳严 圏圈 囲围 図图 団团 増增 "
    "圧压 塁垒 壊坏 壌壤 壱壹 奨奖 嬢娘 実实 寛宽 専专 対对 巣巢 帯带 廃废 広广 庁厅 "
    "弾弹 従从 徴征 徳德 恵惠 悪恶 悩恼 応应 懐怀 戦战 払拂 抜拔 拝拜 挿插 掲揭 掻搔 "
    "揺摇 捜搜 択择 撃击 拠据 拡扩 摂摄 撹搅 収收 効效 勅敕 晩晚 曁暨 暦历 暁晓 曽曾 "
    "桟栈 楡榆 栄荣 楽乐 検检 桜樱 権权 歓欢 歩步 歳岁 歴历 帰归 毎每 気气 渉涉 涙泪 "
    "浄净 渇渴 溌泼 渓溪 満满 渋涩 沢泽 済济 滝泷 瀬濑 焔焰 焼烧 営营 犠牺 猟猎 獣兽 "
    "畳叠 痩瘦 発发 皐皋 砕碎 稲稻 穂穗 穏稳 穣穰 竃灶 粋粹 経经 縁缘 県县 縦纵 総总 "
    "繋系 繍绣 縄绳 絵绘 継继 続续 繊纤 聡聪 聴听 粛肃 脳脑 臓脏 挙举 舎舍 茘荔 荘庄 "
    "薫薰 蔵藏 薬药 処处 蛍萤 蝋蜡 覚觉 覧览 観观 訳译 読读 変变 譲让 豊丰 弐贰 売卖 "
    "頼赖 賛赞 軽轻 輌辆 転转 逓递 遅迟 辺边 郷乡 酔醉 醗酦 醤酱 醸酿 釈释 舗铺 銭钱 "
    "錬炼 鉄铁 鋳铸 関关 陥陷 険险 隠隐 雑杂 鶏鸡 覇霸 霊灵 顕显 騒骚 駆驱 験验 駅驿 "
    "髄髓 髪发 闘斗 鼈鳖 鴎鸥 鹸碱 塩盐 黙默 斉齐 斎斋 歯齿 齢龄 竜龙 亀龟 "
    "颕颖 擡抬"  # OpenCC's pair, turned round so that the common character stays
)

# OpenCC's Taiwan table makes one character of these; in Simplified text they are two words (plan.md 7).
NOT_TAKEN = frozenset({("么", "幺")})

# U+2E80-2EFF by Unicode's property Equivalent_Unified_Ideograph, version 14 (U+2E80 has none there).
RADICALS = (
    "⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺇𠘨 ⺈刀 ⺉刂 ⺊卜 ⺋㔾 ⺌小 ⺍小 ⺎兀 ⺏尣 ⺐尢 ⺑𡯂 ⺒巳 ⺓幺 "
    "⺔彑 ⺕彐 ⺖忄 ⺗心 ⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 ⺟母 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爫 ⺦丬 ⺧牛 "
    "⺨犭 ⺩王 ⺪𤴔 ⺫目 ⺬示 ⺭礻 ⺮𥫗 ⺯糹 ⺰纟 ⺱罓 ⺲罒 ⺳㓁 ⺴冗 ⺵𦉫 ⺶羊 ⺷𦍌 ⺸𦍋 ⺹耂 ⺺肀 "
    "⺻聿 ⺼肉 ⺽𦥑 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇𧢲 ⻈讠 ⻉贝 ⻊𧾷 ⻋车 ⻌辶 ⻍辶 "
    "⻎辶 ⻏邑 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻕𨸏 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞𩙿 ⻟飠 ⻠饣 "
    "⻡𩠐 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟"
)

# Zero-width characters, soft hyphen, variation selectors, bidi controls: first and last of each range (plan.md 7).
DROPPED = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x2064),
    (0x2066, 0x206F),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xE0100, 0xE01EF),
)
COMPATIBILITY_IDEOGRAPHS = ((0xF900, 0xFAFF), (0x2F800, 0x2FA1F))
KANGXI_RADICALS = ((0x2F00, 0x2FD5),)
# Full-width forms of ASCII, small forms, vertical forms.
PRESENTATION_FORMS = ((0xFF01, 0xFF5E), (0xFE50, 0xFE6B), (0xFE10, 0xFE19), (0xFE30, 0xFE4F))


def fold(text: str) -> str:
    """Fold a text to the form in which strings are compared.

    Args:
        text: Any text, in any script.

    Returns:
        The folded text, possibly empty, never longer than the text.

    Source:
        plan.md 7.
    """
    return fold_with_offsets(text)[0]


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """Fold a text and keep where each folded character came from.

    Every character is folded alone. Then a run of white space becomes one space between two ASCII letters or digits
    and nothing elsewhere; dropped characters inside a run do not part it.

    Args:
        text: Any text, in any script.

    Returns:
        The folded text, and for each of its characters the index in the text it came from, in code points, strictly
        increasing; a space that stands for a run has the index of the run's first white space.

    Source:
        plan.md 7.
    """
    folded: list[str] = []
    offsets: list[int] = []
    space_at = -1  # where the run of white space before the present character began, or -1
    for index, character in enumerate(text):
        target = fold_character(character)
        if target.isspace():
            space_at = index if space_at < 0 else space_at
        elif target:
            if space_at >= 0 and folded and _is_ascii_word(folded[-1]) and _is_ascii_word(target):
                folded.append(" ")
                offsets.append(space_at)
            folded.append(target)
            offsets.append(index)
            space_at = -1
    return "".join(folded), offsets


@cache
def fold_character(character: str) -> str:
    """Fold one character by itself, until it no longer changes.

    Args:
        character: One code point; white space stays as it is here.

    Returns:
        One character, or the empty string for a character that is dropped.
    """
    while (target := _fold_once(character)) not in ("", character):
        character = target
    return target


def _fold_once(character: str) -> str:
    """Take one step of folding: drop, or normalise a compatibility form, or lower the case, or look up the table."""
    if _within(character, DROPPED):
        return ""
    if _within(character, COMPATIBILITY_IDEOGRAPHS):
        plain = unicodedata.normalize("NFC", character)
    elif _within(character, KANGXI_RADICALS) or _within(character, PRESENTATION_FORMS):
        plain = unicodedata.normalize("NFKC", character)
    else:
        plain = character.lower()
    if plain != character and len(plain) == 1:
        return plain
    return _character_table().get(character, character)


def _within(character: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(character) <= last for first, last in ranges)


def _is_ascii_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


@cache
def _character_table() -> dict[str, str]:
    """Build the table of ideographs; several steps may be needed to reach the last form of a character.

    Returns:
        One character to another one, without cycles. Where OpenCC's TSCharacters has an entry of its own, the
        regional tables do not overrule it: 鯰 is 鲶 and not 鲇, 顎 is 颚 and not 腭.
    """
    table = {trad: simp[0] for trad, simp in read_dictionary("TSCharacters.txt").items() if simp[0] != trad}
    table |= dict(_pairs(RADICALS))
    for source, target in _pairs(EXTRA_PAIRS):
        _join(table, source, target)
    for variant, standard in _regional_variants():
        if variant not in table and (variant, standard) not in NOT_TAKEN:
            _join(table, variant, standard)
    return table


def _pairs(text: str) -> list[tuple[str, str]]:
    """Split ``"ab cd"`` into the pairs (a, b) and (c, d)."""
    return [(pair[0], pair[1]) for pair in text.split()]


def _join(table: dict[str, str], source: str, target: str) -> None:
    """Make the last form of the source fold to the last form of the target, unless they are the same already."""
    source, target = _last_form(table, source), _last_form(table, target)
    if source != target:
        table[source] = target


def _last_form(table: dict[str, str], character: str) -> str:
    while character in table:
        character = table[character]
    return character


def _regional_variants() -> list[tuple[str, str]]:
    """List Taiwan's and Hong Kong's variants, each with OpenCC's standard form, which is Traditional too."""
    pairs = []
    for region in ("TW", "HK"):
        forward = read_dictionary(f"{region}Variants.txt")
        backward = read_dictionary(f"{region}VariantsRev.txt")
        pairs += [(variant, standard) for standard, variants in forward.items() for variant in variants]
        pairs += [(variant, standards[0]) for variant, standards in backward.items()]
    return pairs


@cache
def read_dictionary(name: str) -> dict[str, list[str]]:
    """Read a dictionary of opencc-python-reimplemented as text; its converter is not used.

    Args:
        name: File name, such as ``TSCharacters.txt``.

    Returns:
        Each key with its candidates, best first, at least one.

    Raises:
        FileNotFoundError: Another package that is called opencc too lies in its place (text.md 8).
    """
    package = find_spec("opencc")
    if package is None or package.origin is None:
        raise FileNotFoundError("opencc-python-reimplemented is not installed")
    lines = (Path(package.origin).parent / "dictionary" / name).read_text(encoding="utf-8").splitlines()
    entries = (line.split("\t") for line in lines if "\t" in line)
    return {key: candidates.split() for key, candidates in entries}


# ---------------------------------------------------------------------------- places of a string in a passage

# In loose mode no match crosses one of these; full-width ones are folded to them before.
BARRIERS = frozenset("。！？；!?;")
# Stands for a barrier in a loose text; no folded query holds it.
BARRIER = "\n"


@dataclass(frozen=True)
class View:
    """A passage as one mode sees it.

    Always: as many offsets as characters, strictly increasing.

    Attributes:
        characters: What is compared.
        offsets: For each of the characters its index in the original passage, in code points.
    """

    characters: str
    offsets: Sequence[int]


def view(passage: str, mode: Mode = "text") -> View:
    """Show a passage as a mode compares it.

    Args:
        passage: Any text.
        mode: ``text`` folds it; ``loose`` also drops punctuation and symbols (Unicode categories P and S), but puts a
            line feed for each barrier; ``letters`` leaves it alone.

    Returns:
        The view; empty if nothing is left.

    Source:
        plan.md 8.
    """
    if mode == "letters":
        return View(passage, range(len(passage)))
    folded, offsets = fold_with_offsets(passage)
    if mode == "text":
        return View(folded, offsets)
    kept = [
        (BARRIER if character in BARRIERS else character, offset)
        for character, offset in zip(folded, offsets, strict=True)
        if character in BARRIERS or not _is_mark(character)
    ]
    return View("".join(character for character, _ in kept), [offset for _, offset in kept])


def needle(query: str, mode: Mode = "text") -> str:
    """Bring a query to the form that is looked for in a view of the same mode.

    Args:
        query: A literal string, without any syntax.
        mode: As for ``view``; in ``loose`` the query's own barriers are dropped like its other marks.

    Returns:
        What to look for; empty if nothing is left of the query, which then has no places.
    """
    if mode == "letters":
        return query
    folded = fold(query)
    if mode == "text":
        return folded
    return "".join(character for character in folded if not _is_mark(character))


@cache
def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def occurrences(passage: str, query: str, mode: Mode = "text") -> list[Span]:
    """Find the non-overlapping places of a query from the left.

    Args:
        passage: The original passage.
        query: A literal string.
        mode: As for ``view``.

    Returns:
        Spans in the passage in code points, sorted: from the character that gave the first one of the match to the
        one that gave the last. Empty if there is none or the query folds to nothing.
    """
    return _places(view(passage, mode), needle(query, mode), overlapping=False)


def every_start(passage: str, query: str, mode: Mode = "text") -> list[Span]:
    """Find all places of a query, overlapping ones too; otherwise as ``occurrences``.

    Args:
        passage: The original passage.
        query: A literal string.
        mode: As for ``view``.

    Returns:
        Spans in the passage in code points, sorted by start.
    """
    return _places(view(passage, mode), needle(query, mode), overlapping=True)


def _places(seen: View, wanted: str, *, overlapping: bool) -> list[Span]:
    spans: list[Span] = []
    step = 1 if overlapping else len(wanted)
    start = seen.characters.find(wanted) if wanted else -1
    while start >= 0:
        spans.append((seen.offsets[start], seen.offsets[start + len(wanted) - 1] + 1))
        start = seen.characters.find(wanted, start + step)
    return spans


# -------------------------------------------------------------------------------------------------- documents


@dataclass(eq=False)
class Document:
    """One text of a corpus; it keeps its views, so that many queries cost little more than one.

    Attributes:
        id: As the front matter says, else the file stem.
        collection: Name of the folder.
        passages: Non-blank lines of the body, ¶1 first, as they stand; may be empty.
    """

    id: str
    collection: str
    passages: tuple[str, ...]
    _views: dict[Mode, tuple[str, list[View]]] = field(default_factory=dict, init=False, repr=False)

    def views(self, mode: Mode = "text") -> list[View]:
        """Give the view of each passage, in order."""
        return self._seen(mode)[1]

    def characters(self, mode: Mode = "text") -> str:
        """Give the characters of all views joined by line feeds, to see at once that a string is nowhere."""
        return self._seen(mode)[0]

    def _seen(self, mode: Mode) -> tuple[str, list[View]]:
        if mode not in self._views:
            views = [view(passage, mode) for passage in self.passages]
            self._views[mode] = "\n".join(seen.characters for seen in views), views
        return self._views[mode]


def read_corpus(corpus_dir: Path) -> list[Document]:
    """Read the documents of a corpus: ``<collection>/*.md`` and ``*.txt``.

    Args:
        corpus_dir: The folder ``corpus/``. Folders starting with ``_`` and files called README.md are passed over.

    Returns:
        Documents sorted by collection and file name; may be empty.

    Raises:
        UnicodeDecodeError: A file is not UTF-8.
        ValueError: Two documents have the same id.
    """
    paths = [
        path
        for folder in corpus_dir.iterdir()
        if folder.is_dir() and not folder.name.startswith("_")
        for path in folder.iterdir()
        if path.is_file() and path.suffix in (".md", ".txt") and path.name != "README.md"
    ]
    documents = [read_document(path) for path in sorted(paths, key=lambda path: (path.parent.name, path.name))]
    ids = [document.id for document in documents]
    if twice := sorted({id_ for id_ in ids if ids.count(id_) > 1}):
        raise ValueError(f"more than one document has the id {', '.join(twice)}")
    return documents


def read_document(path: Path) -> Document:
    """Read one file of a corpus.

    Args:
        path: ``corpus/<collection>/<name>``, UTF-8, with or without a byte order mark and front matter.

    Returns:
        The document.

    Source:
        plan.md 5 and 6.
    """
    text = path.read_bytes().decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    front_matter, body = split_front_matter(text)
    passages = tuple(line for line in body.split("\n") if line.strip())
    return Document(_named_id(front_matter) or path.stem, path.parent.name, passages)


def _named_id(front_matter: str) -> str:
    """Read the field ``id`` of a front matter without a YAML reader; empty if there is none."""
    field_line = re.search(r"^id:[ \t]*(.*)$", front_matter, re.MULTILINE)
    return field_line[1].split(" #")[0].strip().strip("\"'") if field_line else ""


def split_front_matter(text: str) -> tuple[str, str]:
    """Part the front matter from the body.

    Args:
        text: A whole file with LF line ends.

    Returns:
        What stands between a line ``---`` at the very top and the next such line, and what follows that line. Without
        both lines there is no front matter and all is body.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return "", text
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :])
    return "", text


# ----------------------------------------------------------------------------------------- searching a corpus

Found = dict[str, dict[int, list[Span]]]


class Totals(NamedTuple):
    """How much was found: documents, their passages with a span, and non-overlapping spans in these."""

    documents: int
    passages: int
    occurrences: int


def search(corpus: Iterable[Document], query: str, mode: Mode = "text") -> Found:
    """Find a query everywhere in a corpus.

    Args:
        corpus: Documents with different ids.
        query: A literal string.
        mode: As for ``view``.

    Returns:
        Document id to passage number, from 1, to the spans that ``occurrences`` gives, in the order of the corpus; only
        documents and passages that have a span.
    """
    wanted = needle(query, mode)
    found: Found = {}
    for document in corpus:
        if wanted and wanted in document.characters(mode):
            places = (_places(seen, wanted, overlapping=False) for seen in document.views(mode))
            passages = {number: spans for number, spans in enumerate(places, 1) if spans}
            if passages:
                found[document.id] = passages
    return found


def totals(found: Found) -> Totals:
    """Count what ``search`` found."""
    spans_by_passage = [spans for passages in found.values() for spans in passages.values()]
    return Totals(len(found), len(spans_by_passage), sum(map(len, spans_by_passage)))


# --------------------------------------------------------------------------------------- strings to test with


def sample_strings(passages: Sequence[str], n: int, seed: int, min_chars: int = 1, max_chars: int = 12) -> list[str]:
    """Pick random slices of random passages, the same ones for the same seed.

    Args:
        passages: Texts to cut from; each has the same chance, whatever its length.
        n: How many strings; one may come twice.
        seed: Of the random numbers.
        min_chars: Least length in code points of the original text.
        max_chars: Greatest length; each length has the same chance where the passage is long enough.

    Returns:
        Strings that fold to something and neither start nor end in white space.

    Raises:
        ValueError: The passages hold no such string, or so few that 1,000 attempts for one were in vain.
    """
    chance = random.Random(seed)
    long_enough = [passage for passage in passages if len(passage) >= min_chars]
    return [_sample_string(long_enough, chance, min_chars, max_chars) for _ in range(n)]


def _sample_string(passages: Sequence[str], chance: random.Random, min_chars: int, max_chars: int) -> str:
    for _ in range(1000 if passages else 0):
        passage = chance.choice(passages)
        n_chars = chance.randint(min_chars, min(max_chars, len(passage)))
        start = chance.randint(0, len(passage) - n_chars)
        string = passage[start : start + n_chars]
        if string == string.strip() and fold(string):
            return string
    raise ValueError(f"no string of {min_chars} to {max_chars} characters to be found in {len(passages)} passages")


def other_script(string: str) -> str:
    """Write a string in the other script, character by character.

    Args:
        string: Any text.

    Returns:
        The string in Simplified if that changes it, else in Traditional, by the first candidate of OpenCC's tables;
        the string itself if neither changes it or the change would not fold to the same. Always as long as the string,
        and ``fold(other_script(string)) == fold(string)``.
    """
    for name in ("TSCharacters.txt", "STCharacters.txt"):
        table = read_dictionary(name)
        other = "".join(table.get(character, [character])[0] for character in string)
        if other != string and fold(other) == fold(string):
            return other
    return string
