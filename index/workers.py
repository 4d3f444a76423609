"""Work in several processes, or in this one."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:  # searching does not wait for what only reindexing needs
    from concurrent.futures import Future, ProcessPoolExecutor

T = TypeVar("T")


CHUNK = 1 << 20
"""Characters of one piece of work, unless memory is short."""

CHARACTER_BYTES = 100
"""Memory of a piece of work for each of its characters, at most; measured: tests/benchmarks."""

PROCESS_BYTES = 110_000_000
"""Memory of a process without any work: libraries, dictionary, folding table; measured likewise."""

Progress = Callable[[str, int, int], None]


class Workers:
    """Runs module-level functions on arguments that can be pickled; results come in the order of the arguments.

    Attributes:
        jobs: How many pieces of work are done at a time.
        chunk: Characters of a piece of work.
    """

    def __init__(
        self, pool: ProcessPoolExecutor | None = None, jobs: int = 1, *, chunk: int = CHUNK, progress: Progress | None = None
    ) -> None:
        self._pool = pool
        self._progress = progress
        self.jobs = jobs
        self.chunk = chunk

    @property
    def alone(self) -> bool:
        """Whether this process does all the work."""
        return self._pool is None

    def map(self, stage: str, function: Callable[..., T], tasks: Sequence[tuple[Any, ...]]) -> Iterator[T]:
        """Yield the result of each task, a tuple of arguments; few more than there are workers lie ready at a time.

        Args:
            stage: What the work is called where its progress is shown.
            function: What does a task.
            tasks: Its arguments, in order.
        """
        for done, result in enumerate(self._results(function, tasks), start=1):
            if self._progress is not None:
                self._progress(stage, done, len(tasks))
            yield result

    def _results(self, function: Callable[..., T], tasks: Sequence[tuple[Any, ...]]) -> Iterator[T]:
        if self._pool is None:
            yield from (function(*task) for task in tasks)
            return
        waiting: deque[Future[T]] = deque()
        for task in tasks:
            waiting.append(self._pool.submit(function, *task))
            if len(waiting) > 2 * self.jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def begin(self, function: Callable[..., T], *arguments: Any) -> Callable[[], T]:
        """Start one piece of work beside others; the function given back waits for its result."""
        if self._pool is None:
            return lambda: function(*arguments)
        return self._pool.submit(function, *arguments).result


@contextmanager
def working(jobs: int, *, memory_mb: int | None = None, progress: Progress | None = None) -> Iterator[Workers]:
    """Give workers.

    Args:
        jobs: Processes; one means this process alone.
        memory_mb: Megabytes that all processes may take together, mapped files left out; fewer processes or smaller pieces of work
            keep within it as far as that goes. None for what is fastest.
        progress: Called in this process with a stage, how much of it is done, and how much there is.
    """
    chunk = CHUNK
    if memory_mb is not None:
        jobs = max(1, min(jobs, (memory_mb * 1_000_000) // (PROCESS_BYTES + (CHUNK >> 2) * CHARACTER_BYTES)))
        chunk = max(1 << 16, min(CHUNK, (memory_mb * 1_000_000 // jobs - PROCESS_BYTES) // CHARACTER_BYTES))
    if jobs <= 1:
        yield Workers(chunk=chunk, progress=progress)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield Workers(pool, jobs, chunk=chunk, progress=progress)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def processors() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
