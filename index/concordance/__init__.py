"""Search by arrays over the text store: strings, words, metadata, ranking. Nothing here imports Whoosh.

Modules, in order of dependency; each imports only from those above it.

* `letters`: symbols folded, numbered, classed.
* `coding`: rising lists in little space.
* `workers`: work in several processes.
* `postings`: lists of places of pairs of letters.
* `sorting`: writing them.
* `words`: word bounds.
* `columns`: what documents state.
* `concordance`: every place of any string.
* `building`: writing all of it.
* `spans`, `leaves`: where a leaf of the query tree stands.
* `evaluation`: what matches a question, and where.
* `ranking`: scores.
* `answering`: a results page.
"""
