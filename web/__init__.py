"""The browser and the terminal: Flask pages, JSON over HTTP, the `yinde` command. Knows `archive` and `index`; nothing imports it.

Modules, in order of dependency.

* `settings`: which archive.
* `services`: the composition root.
* `urls`: every address.
* `rendering`: text to HTML, the one place.
* `answers`: a question and its answer as data, for pages, HTTP and terminal alike.
* `texts`: a text of a document, found by id and revision, and its citations; likewise.
* `language`, `translate`: catalogues.
* `errors`: errors to pages and JSON.
* `search`, `documents`, `citing`, `pages`: blueprints.
* `app`: the factory.
* `intake_records`, `intake_runs`, `keeping`: the commands of a keeper, from what they print to what is typed.
* `cli`: the command line.
"""
