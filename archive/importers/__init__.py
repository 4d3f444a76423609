"""Importers: the bytes of a file become raw text, whatever the format; chosen by content, not by the file's name alone.

Modules, in order of dependency:

* `extracted`: what every importer gives.
"""
