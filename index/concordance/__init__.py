"""Search by arrays over the text store: strings, words, metadata, ranking. Nothing here imports Whoosh.

Modules, in order of dependency; each imports only from those above it.

* `letters`: symbols folded, numbered, classed.
* `coding`: rising lists in little space.
* `postings`: lists of places of pairs of letters.
* `sorting`: writing them.
* `words`: word bounds.
* `columns`: what documents state.
* `spans`: many places at once.
* `concordance`: every place of any string.
* `building`: writing all of it.
* `leaves`: where a leaf of the query tree stands.
* `evaluation`: what matches a question, and where.
* `ranking`: scores.
* `forms`: written forms.
* `answering`: a results page.
"""
