"""archive.toml: what an archive is called and how it is served. Source: plan.md 5; notes citing.md 7."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from archive.errors import ArchiveMissing, InvalidSettings

FILE_NAME = "archive.toml"
TEMPLATE = """\
# Settings of this archive; every line may be left out.
name = {name}
release = "1"                      # printed in citations; raise it when the corpus changes
# base_url = "https://example.org" # printed in citations; without it, addresses are those of the running server
# words = ["words.txt"]            # word lists for segmentation, one word a line
# off = ["furniture.credit-line"]  # rules of cleaning that shall do nothing; yinde edit-log names them
# sites = ["sites.toml"]           # where the text stands on the pages of web sites, as in archive/data/sites.toml
"""


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """Settings of an archive.

    Attributes:
        name: Shown on pages and in citations.
        release: State of the corpus, printed in citations, such as `2026.2`.
        base_url: Public address without a slash at its end, or "".
        engine: Engine that searches.
        languages: Languages of the pages, best first.
        words: Files with words that segmentation must know, relative to the archive.
        off: Ids of cleaning rules that shall do nothing.
        sites: Files with rules for the pages of web sites, relative to the archive.
    """

    name: str = "Yinde"
    release: str = "1"
    base_url: str = ""
    engine: str = "whoosh"
    languages: tuple[str, ...] = ("zh-Hans", "zh-Hant", "en")
    words: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()


def read_settings(folder: Path) -> ArchiveSettings:
    """Read the settings of the archive in a folder.

    Raises:
        ArchiveMissing: The folder holds no archive.toml.
        InvalidSettings: The file is no TOML, or a setting is unknown or of another type.
    """
    file = folder / FILE_NAME
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise ArchiveMissing(f"{folder} is no archive: it has no {FILE_NAME}", hint=f"make one with: yinde init {folder}") from None
    except OSError as error:
        raise InvalidSettings(
            f"{file} cannot be read: {error.strerror}", hint="it is a plain file, written by yinde init"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidSettings(f"{file} is no TOML: {error}", hint='write lines such as name = "My archive"') from None
    defaults = ArchiveSettings()
    values: dict[str, object] = {}
    for name, value in written.items():
        if name not in {field.name for field in fields(ArchiveSettings)}:
            known = ", ".join(field.name for field in fields(ArchiveSettings))
            raise InvalidSettings(f"{file}: setting {name!r} is unknown", hint=f"settings are {known}")
        is_list = isinstance(getattr(defaults, name), tuple)
        strings = value if isinstance(value, list) and is_list else [value]
        if isinstance(value, list) != is_list or not all(isinstance(string, str) for string in strings):
            raise InvalidSettings(f"{file}: setting {name!r} takes a {'list of strings' if is_list else 'string'}", hint=None)
        values[name] = tuple(strings) if is_list else value
    return ArchiveSettings(**values)  # type: ignore[arg-type]  # checked above against the types of the defaults
