"""Work in several processes, or in this one."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


class Workers:
    """Runs module-level functions on arguments that can be pickled; results come in the order of the arguments."""

    def __init__(self, pool: ProcessPoolExecutor | None, jobs: int) -> None:
        self._pool = pool
        self.jobs = jobs

    def map(self, function: Callable[..., T], *arguments: Iterable[Any]) -> Iterator[T]:
        """Yield the result for each set of arguments; at most twice as many as there are workers lie ready at a time."""
        if self._pool is None:
            yield from map(function, *arguments)
            return
        waiting: list[Future[T]] = []
        for given in zip(*arguments, strict=False):
            waiting.append(self._pool.submit(function, *given))
            if len(waiting) > 2 * self.jobs:
                yield waiting.pop(0).result()
        while waiting:
            yield waiting.pop(0).result()

    def begin(self, function: Callable[..., T], *arguments: Any) -> Callable[[], T]:
        """Start one piece of work beside others; the function given back waits for its result."""
        if self._pool is None:
            return lambda: function(*arguments)
        return self._pool.submit(function, *arguments).result


@contextmanager
def working(jobs: int) -> Iterator[Workers]:
    """Give workers: this process alone for one job, else so many processes of their own."""
    if jobs <= 1:
        yield Workers(None, 1)
        return
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield Workers(pool, jobs)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def processors() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
