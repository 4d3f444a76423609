"""Writes the Traditional catalogue and help page from the Simplified ones: `python -m web.translate`, for maintainers.

OpenCC converts phrases; `translations/zh_Hant/overrides.tsv` (message, translation) wins where it is wrong.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import read_po, write_po

from index.analysis.script import convert_for_display
from web.language import FOLDER, catalogue_file

HELP = Path(__file__).parent / "help"
_UNTOUCHED = re.compile(r"<code>.*?</code>|\{[{%].*?[%}]\}|lang=\"[^\"]*\"", re.DOTALL)
"""What stays as it is in a help page: examples of queries, template code, language tags."""


def overrides() -> dict[str, str]:
    """Read the translations that win over the converter."""
    lines = (FOLDER / "zh_Hant" / "overrides.tsv").read_text(encoding="utf-8").splitlines()
    return {
        message: translation for message, _, translation in (line.partition("\t") for line in lines) if message[:1] not in ("", "#")
    }


def traditional_catalogue() -> bytes:
    """Give the Traditional catalogue as a .po file."""
    with catalogue_file("zh-Hans").open("rb") as source:
        catalogue = read_po(source, locale="zh_Hant")
    wins = overrides()
    for message in catalogue:
        if isinstance(message.string, tuple | list):
            message.string = tuple(convert_for_display(text, "zh-Hant") for text in message.string)
        elif message.id:
            message.string = wins.get(str(message.id), convert_for_display(str(message.string), "zh-Hant"))
    written = BytesIO()
    write_po(written, catalogue, omit_header=True, width=0)
    return HEADER.encode() + b"\n" + written.getvalue()


HEADER = (
    "# Written by python -m web.translate from zh_Hans; do not edit by hand.\n"
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=1; plural=0;\\n"\n"Language: zh_Hant\\n"\n'
)


def traditional_help() -> str:
    """Give the Traditional help page."""
    text = (HELP / "zh-Hans.html").read_text(encoding="utf-8")
    pieces, at = [], 0
    for kept in _UNTOUCHED.finditer(text):
        pieces += [convert_for_display(text[at : kept.start()], "zh-Hant"), kept[0]]
        at = kept.end()
    return "".join([*pieces, convert_for_display(text[at:], "zh-Hant")])


def main() -> None:
    """Write both."""
    file = catalogue_file("zh-Hant")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(traditional_catalogue())
    (HELP / "zh-Hant.html").write_text(traditional_help(), encoding="utf-8")


if __name__ == "__main__":
    main()
