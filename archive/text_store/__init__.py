"""The derived text store: the passages of the indexed revisions as one memory-mapped stream of symbols over an alphabet.

Search, reader and snippets read texts here and nowhere else. **The stream holds the characters that folding keeps, in their
original letters**, so that the folded archive is one look-up away and has no second copy; those that folding drops (zero-width
characters, white space beside Han characters) lie in a sorted list and are put back when a text is read. A store is one folder:

* `alphabet.bin`: uint32 code point of each symbol;
* `stream.bin`: symbols of the kept characters, uint16, or uint32 where a corpus has more than 65,536 distinct characters;
* `texts.bin`: uint32 start of each text in the stream, one more at the end; a text is a passage or a removed piece;
* `dropped.bin`: symbols of the dropped characters; `dropped_at.bin`: before which place of the stream each stands;
* `dropped_texts.bin`: uint32 first dropped character of each text, one more at the end;
* `blocks.bin`: one byte for each text, what it is;
* `documents.bin`: uint64 for each document: first text, first removed piece, byte of its record; one more row;
* `documents.jsonl`: one record for each document, in order of id;
* `ids.txt`: the ids, one a line, in the same order;
* `aliases.txt`: former ids, one a line, each with a tab and the id that it became;
* `manifest.json`, `checksums.bin`: sizes, and a checksum of every page of every file (`checked`).

Removed text lies in the same stream, behind the passages of its document. Source: plan.md 4; notes engine.md, design 2.

Always: what is read is, character by character, what was written.
"""

from archive.text_store.characters import folded_code_points
from archive.text_store.checked import MANIFEST, CheckedArray, CheckedFolder, seal
from archive.text_store.store import FORMAT, TextStore
from archive.text_store.stored import StoredDocument, kept_document
from archive.text_store.writing import merge_text_stores, write_text_store

__all__ = [
    "FORMAT",
    "MANIFEST",
    "CheckedArray",
    "CheckedFolder",
    "StoredDocument",
    "TextStore",
    "folded_code_points",
    "kept_document",
    "merge_text_stores",
    "seal",
    "write_text_store",
]
