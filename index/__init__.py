"""Search: what a query means, where it stands, how an index is built and asked. Knows `archive`, nothing of HTTP or terminals.

Modules, in order of dependency; each imports only from those above it.

* `errors`: what can be wrong with a query or an index.
* `analysis`: words (jieba), and the builders of the committed tables (OpenCC).
* `query`: the query tree.
* `query_scanner`, `query_terms`, `query_parser`: typed text to tree.
* `query_format`: and back.
* `query_language`: the language as one table, for help and tests.
* `matching`: query leaf × passage → spans, the one function that decides.
* `evaluation`: query tree × document → the passages and spans that match.
* `engine`: the port that every engine fills.
* `results`: matched documents to a results page.
* `snippets`: a passage shortened around its spans.
* `workers`: work in several processes, or in this one.
* `concordance`: search by arrays over the text store; never imports an engine's library.
* `engines`: the adapters, one folder each.
* `opening`: the current generation; the fingerprint.
* `reading`: what has changed in the corpus, read by workers.
* `rebuild`: reindexing.
* `checking`: the proof that the index is the text.
"""
