"""A toy archive in both scripts, written for the tests of pages, terminal and JSON; nothing in it was ever published."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from archive.document import normal_body, revision_of
from archive.store import Archive, init_archive
from index.rebuild import reindex

NASTY = "<script>alert(1)</script>"
BREAKOUT = "\"'><img src=x onerror=alert(1)>"

DITCH_HEAD = """\
---
title: 在清溪镇修渠动员会上的讲话
speaker: 陈望
organ: 清溪镇水利会
event: 修渠动员会
date: 2020-03-10
place: 清溪
kind: speech
---
"""
DITCH_OLD = """\
在清溪镇修渠动员会上的讲话

（2020年3月10日）

一、为什么要修渠

乡亲们：发展农业，先要有水。去年大旱，东村三百亩稻田绝收。

修渠的钱由镇里出一半，各村按田亩分摊另一半，账目张榜公布。

每户出一个劳力，农闲时开工，入冬前把主渠挖通，不误来年春灌。

会后请大家到河边看一看，那里的水车已经停了三年。
"""
DITCH_NEW = """\
在清溪镇修渠动员会上的讲话

（2020年3月10日）

一、为什么要修渠

乡亲们：发展农业，先要有水。去年大旱，东村三百亩稻田绝收。

镇里已经请人勘测，发展渔业的事以后再谈。

修渠的钱由镇里出一半，各村按田亩分摊另一半，账目张榜公布。

每户出两个劳力，农闲时开工，入冬前把主渠挖通，不误来年春灌。
"""

REPORT = """\
---
title: 臨江縣水利年報
organ: 臨江縣水利局
date: 2019-05
place: 臨江
kind: report
published:
- type: gazette
  container: 臨江公報
  date: 2019-06-01
  page: '7'
  url: https://example.org/gazette?a=1&b=2
rights: 公有領域
---
臨江縣水利年報

本縣發展水利，歷來先河後渠。今年發展的重點，是把東岸的舊閘換成新閘。

漁業與農業爭水，年年如此；發展之道，在於商量。
"""

MIXED = """\
---
title: 简繁对照手册
speaker: [林海, 陈望]
date: 2021
kind: other
---
这里说的发展，就是大家的日子越来越好，孩子有书读，老人有饭吃。

這裡說的發展，就是大家的日子越來越好，孩子有書讀，老人有飯吃。
"""

HOSTILE = f"""\
---
title: {NASTY}
speaker: {NASTY}
event: {json.dumps(BREAKOUT)}
place: {NASTY}
organ: {NASTY}
notes: {NASTY}
date: 2018
kind: other
---
{NASTY}

有人在留言簿里写了{NASTY}，又写了{BREAKOUT}，说这也是发展。
"""

CLEANED_RAW = """\
河埠头见闻

水车修好以后，村里人又在树下开会了。

【广告】发展网店，发展人脉，扫码有礼。

会上说，明年要先修路。
"""
CLEANED_ADVERTISEMENT = "\n【广告】发展网店，发展人脉，扫码有礼。\n"

NEWS = """\
---
title: 镇里开会商量发展
speaker: 周禾
date: 2021-06-01
place: 清溪
kind: news
---
镇里开会商量发展，来了八十多人。

会上有人说，发展要靠水。

也有人说，发展要靠路。

还有人说，发展要靠人，发展不能等。

散会时天已经黑了。
"""

LETTER = """\
---
title: 一封没有年份的家信
date: XXXX-08-01
kind: letter
flags: [cut-off, needs-ocr]
witness_of: qingxi-2020
notes: 信封已失。
---
𠮷先生台鉴：十二日的信收到了。

家里都好，只是水车又坏
"""

PLAIN = """\
河埠头笔记

今天听人说起发展，说得很慢。
"""

LONG = "岸上人家起得早。" * 1500 + "可是说到发展，谁都愿意多坐一会儿。" + "船上人家睡得迟。" * 1500

LONG_FILE = f"""\
---
title: 一段很长的话
date: 2017-01-02
kind: other
---
{LONG}
"""

N_DOCUMENTS = 9


def cleaned_files() -> dict[str, str]:
    """Give the files of a document out of whose source cleaning took an advertisement, by path below corpus/."""
    digest = hashlib.sha256(CLEANED_RAW.encode("utf-8")).hexdigest()
    start = CLEANED_RAW.index(CLEANED_ADVERTISEMENT)
    edit = {
        "rule": "toy.advertisement",
        "reason": "advertisement",
        "confidence": 1.0,
        "start": start,
        "end": start + len(CLEANED_ADVERTISEMENT),
        "replacement": "",
        "document": "hebutou",
    }
    head = f"---\ntitle: 河埠头见闻\ndate: 2022-02-02\nkind: news\ncaptured:\n- sha256: {digest}\n  encoding: utf-8\n---\n"
    source = f"_sources/{digest[:16]}"
    return {
        "news/hebutou.md": head + CLEANED_RAW.replace(CLEANED_ADVERTISEMENT, ""),
        f"{source}/original.txt": CLEANED_RAW,
        f"{source}/raw.txt": CLEANED_RAW,
        f"{source}/edits.jsonl": json.dumps(edit) + "\n",
        f"{source}/evidence.jsonl": "",
    }


FILES = {
    "speeches/qingxi-2020.md": DITCH_HEAD + DITCH_OLD,
    "gazette/linjiang-2019.md": REPORT,
    "main/duizhao.md": MIXED,
    "main/liuyan.md": HOSTILE,
    "news/kaihui.md": NEWS,
    "letters/jiaxin.md": LETTER,
    "main/biji.txt": PLAIN,
    "main/changhua.md": LONG_FILE,
    **cleaned_files(),
}


def write_files(archive: Archive, files: dict[str, str]) -> None:
    """Write files below corpus/."""
    for name, text in files.items():
        file = archive.corpus / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8"))


@dataclass(frozen=True)
class Toy:
    """The archive, reindexed twice: `qingxi-2020` had another text the first time.

    Attributes:
        archive: Where it lies.
    """

    archive: Archive

    @cached_property
    def old(self) -> str:
        """First revision of qingxi-2020."""
        return revision_of(normal_body(DITCH_OLD))

    @cached_property
    def new(self) -> str:
        """Revision of qingxi-2020 that is served."""
        return revision_of(normal_body(DITCH_NEW))

    def fill(self, address: str) -> str:
        """Put the two revisions into an address that holds {old} or {new}."""
        return address.replace("{old}", self.old).replace("{new}", self.new)


def make_toy(folder: Path) -> Toy:
    """Make the archive in a new folder and index it, then again with one text changed."""
    archive = init_archive(folder, name="河埠头文库")
    write_files(archive, FILES)
    reindex(archive)
    write_files(archive, {"speeches/qingxi-2020.md": DITCH_HEAD + DITCH_NEW})
    reindex(archive)
    return Toy(archive)


def count_in_bodies(*forms: str) -> int:
    """Count places of some strings in the texts that are served, by str.count on the files as they are written."""
    served = {**FILES, "speeches/qingxi-2020.md": DITCH_NEW}
    bodies = [text.split("---\n")[-1] for name, text in served.items() if not name.startswith("_")]
    return sum(body.count(form) for body in bodies for form in forms)
