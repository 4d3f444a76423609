"""The contest: every rival builds, starts, answers and is checked on the same text and log, taking turns.

Rounds are interleaved, each in another order, so that a busy minute of the machine hits all alike; figures are medians.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.benchtext import BenchText, open_text
from tests.benchmarks.measuring import WorkerFailed, medians, percentile, run_worker, size_of, typical
from tests.benchmarks.peers.peer import load_peer
from tests.benchmarks.querylog import load_log

Figures = dict[str, Any]
Say = Callable[[str], None]

_STARTED = ("exact", "words")
"""Kinds of question that a fresh process is started with: one needs no words, the other does."""
_STARTS = 3
"""Fresh processes per round."""
_LONG_BUILD_S = 120
"""Processor seconds of a build that is not done again."""


class Contest:
    """One run over one text.

    Attributes:
        figures: What was measured so far, by rival; `missing` says why one does not take part.
    """

    def __init__(
        self, names: Sequence[str], texts: Callable[[int | None], Path], folder: Path, *, budget_s: float, say: Say
    ) -> None:
        """Set the rivals up.

        Args:
            names: Of PEERS.
            texts: Gives the folder of the text with at most so many characters (None: all of it), log and answers beside it.
            folder: Where indexes are built; its contents are removed.
            budget_s: Seconds that one rival may spend on one kind of question in one round.
            say: Told what is going on.
        """
        shutil.rmtree(folder, ignore_errors=True)
        self._folder, self._budget_s, self._say = folder, budget_s, say
        self.figures: dict[str, Figures] = {}
        self._texts: dict[str, BenchText] = {}
        self._measured: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for name in names:
            peer = load_peer(name)
            self.figures[name] = {"what": peer.what}
            if why := peer.missing():
                self.figures[name]["missing"] = why
                say(f"{name}: left out, {why}")
            else:
                self._texts[name] = open_text(texts(peer.most_characters))

    def run(self, *, rounds: int) -> dict[str, Figures]:
        """Run all rounds, check, and give the figures."""
        self._turns(rounds, self._build)
        self._turns(rounds, self._serve)
        self._turns(1, self._check)
        for name in list(self._texts):
            self.figures[name] |= self._summary(name)
        return self.figures

    def _turns(self, rounds: int, work: Callable[[str], None]) -> None:
        """Let every rival that is still in do some work in every round, each round beginning with another one."""
        for turn in range(rounds):
            names = list(self._texts)
            first = turn % max(1, len(names))
            for name in names[first:] + names[:first]:
                self._say(f"round {turn + 1} of {rounds}: {name} {work.__name__.strip('_')}s")
                try:
                    work(name)
                except WorkerFailed as error:
                    self.figures[name]["missing"] = f"failed: {error}"
                    self._say(str(error))
                    del self._texts[name]

    def _build(self, name: str) -> None:
        measured, text, folder = self._measured[name], self._texts[name], self._folder / name
        if measured["cpu_s"] and measured["cpu_s"][0] > _LONG_BUILD_S:
            return
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        work = run_worker("build", name, text.folder, folder, watch=True)
        measured["cpu_s"].append(work.result["cpu_s"])
        measured["wall_s"].append(work.result["wall_s"])
        measured["build_mb"].append(work.most_mb)

    def _serve(self, name: str) -> None:
        measured, text, folder = self._measured[name], self._texts[name], self._folder / name
        log = load_log(text.folder / "log.json")
        for kind in load_peer(name).kinds:
            for _ in range(_STARTS if kind in _STARTED else 0):
                work = run_worker("first", name, text.folder, folder, kind, json.dumps(log.warm_for(kind)[0]))
                measured[f"start_{kind}_s"].append(work.seconds)
                measured[f"start_{kind}_cpu_s"].append(work.cpu_s)
            answered = run_worker("serve", name, text.folder, folder, kind, str(self._budget_s)).result
            measured[f"{kind}_mb"].append(answered["anonymous_mb"])
            measured[f"{kind}_ms"].append(answered["ms"])
            measured[f"{kind}_cpu_ms"].append(answered["cpu_ms"])

    def _check(self, name: str) -> None:
        if load_peer(name).checked:
            budget_s = str(self._budget_s * 3)
            self.figures[name] |= run_worker("check", name, self._texts[name].folder, self._folder / name, budget_s).result

    def _summary(self, name: str) -> Figures:
        """Make figures of what was measured in the rounds; what a rival does not do has none."""
        measured, text, peer = self._measured[name], self._texts[name], load_peer(name)
        million = text.characters / 1e6
        cpu_s, wall_s = typical(measured["cpu_s"]), typical(measured["wall_s"])
        figures: Figures = {
            "characters": text.characters,
            "build_cpu_s_per_m": None if cpu_s is None else cpu_s / million,
            "build_wall_s_per_m": None if wall_s is None else wall_s / million,
            "builds": len(measured["cpu_s"]),
            "bytes_per_character": size_of(peer.files(self._folder / name)) / text.characters,
            "build_mb": typical(measured["build_mb"]),
            "serve_mb": max((mb for kind in peer.kinds if (mb := typical(measured[f"{kind}_mb"]))), default=None),
        }
        for kind in peer.kinds:
            for unit in ("ms", "cpu_ms"):
                times = medians(measured[f"{kind}_{unit}"])
                figures[f"{kind}_asked"] = len(times)
                figures[f"{kind}_p50_{unit}"], figures[f"{kind}_p95_{unit}"] = percentile(times, 0.5), percentile(times, 0.95)
        starts = [figure for figure in measured if figure.startswith("start_")]
        return figures | {figure: typical(measured[figure]) for figure in starts}
