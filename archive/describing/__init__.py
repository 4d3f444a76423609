"""Describing: what a source says about its documents, read with evidence; what is sure enough becomes metadata.

Modules, in order of dependency:

* `reading`: a document of a source as readers of metadata see it.
"""
