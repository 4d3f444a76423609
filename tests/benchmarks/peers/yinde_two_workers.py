"""Yinde reindexed by two workers; only building differs."""

from __future__ import annotations

from tests.benchmarks.peers.yinde import YindePeer


class TwoWorkers(YindePeer):
    """The same index, built by two processes."""

    kinds = ()
    checked = False


PEER = TwoWorkers("Yinde: the same, two workers", jobs=2)
