"""Documents: what they are, where they lie, how they come in. Knows nothing of search engines, HTTP or terminals.

Modules, in order of dependency; each imports only from those above it.

* `errors`: user errors with code, message and hint; problems collected while a batch goes on.
* `identifiers`: document ids, revisions, references `id@revision¶12:34-58`.
* `dates`: EDTF dates known in part.
* `front_matter`: string-only YAML at the head of a file.
* `metadata`: typed fields, every bad one reported.
* `document`: Document, Block, Span; what a body, a revision and a passage are.
* `folding`: characters to their search form, offsets kept.
* `encoding`: bytes to text.
* `cleaning`: raw text to body by edits that can be undone; the tiling law.
* `script`: Simplified, Traditional or mixed.
* `structure`: front lines, headings, turns of speakers.
* `settings`: archive.toml.
* `files`: atomic writes, the writer lock.
* `sources`: what came in, and what was done to it.
* `revisions`: every text ever served.
* `anchoring`: a cited passage found again in a newer text.
* `store`: the archive folder; reading the corpus.
* `generations`: derived data built beside and switched.
* `text_store`: the text that search and reader read.
* `importing`: taking files in.
* `citations`: source lines.
* `checking`: auditing a corpus.
"""
