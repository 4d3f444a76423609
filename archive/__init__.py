"""Documents: what they are, where they lie, how they come in. Knows nothing of search engines, HTTP or terminals.

Modules, in order of dependency; each imports only from those above it.

* `errors`: user errors with code, message and hint; problems collected while a batch goes on.
* `identifiers`: document ids, revisions, references `id@revision¶12:34-58`.
* `dates`: EDTF dates known in part.
* `front_matter`: string-only YAML at the head of a file.
* `metadata`: typed fields, every bad one reported.
* `document`: Document, Block, Span; what a body, a revision and a passage are.
* `folding`: characters to their search form, offsets kept.
* `common`: which characters are common; `encoding`: bytes to text.
* `edits`: what was removed or repaired; the tiling law. `evidence`: what a source says about itself.
* `script`: Simplified, Traditional or mixed.
* `numbering`, `speakers`: 一、 and （二）; names before colons. `structure`: front lines, headings, turns of speakers.
* `sentences`: sentences of giant paragraphs.
* `settings`: archive.toml.
* `files`: atomic writes, the writer lock.
* `sources`: what came in, and what was done to it.
* `revisions`: every text ever served.
* `anchoring`: a cited passage found again in a newer text.
* `store`: the archive folder; reading the corpus.
* `generations`: derived data built beside and switched.
* `text_store`: the text that search and reader read.
* `importers`: any file to raw text.
* `cleaning`: raw text to the bodies of its documents, by named rules in stages.
* `describing`: metadata with evidence.
* `quality`: how whole a text seems; `ending`, `completeness`: whether it is all there.
* `intake`: all of that in one function.
* `holdings`: ids given away, sources held. `importing`: taking files in.
* `merging`, `reimporting`: reading a source again, edits taken back, a person's corrections kept. `reviewing`: doubtful fields.
* `citations`: source lines.
* `checking`: auditing a corpus.
"""
