"""Errors of searching that a user can mend. Source: plan.md 14."""

from __future__ import annotations

from archive.errors import UserError


class QuerySyntaxError(UserError):
    """The strict parse met a fault; `span` says where in the query."""

    code = "query-syntax"


class InvalidRequest(UserError):
    """A parameter beside the query (mode, sort, limit, cursor) that cannot be meant."""

    code = "invalid-request"


class IndexMissing(UserError):
    """The archive has no index yet."""

    code = "index-missing"


class IndexOutdated(UserError):
    """The index was built by another version of schema, folding or dictionary."""

    code = "index-outdated"


class IndexDamaged(UserError):
    """The index cannot be read."""

    code = "index-damaged"


class EngineUnavailable(UserError):
    """archive.toml names an engine that is not there."""

    code = "engine-unavailable"


class IndexWritable(UserError):
    """Others may write into the index, whose table of contents can run code when it is read."""

    code = "index-writable"
