"""Processor and wall time of rivals that take turns, so that a slow moment of the machine hits all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from statistics import median
from typing import NamedTuple


class Cost(NamedTuple):
    """Seconds of processor and of the clock on the wall."""

    cpu: float
    wall: float


Clock = Callable[[], float]


def medians(
    rivals: Mapping[str, Callable[[int], object]], rounds: int, cpu_clock: Clock = time.process_time
) -> dict[str, Cost]:
    """The median cost of a turn of each rival. A turn is told the number of its round; round 0 is not counted."""
    costs: dict[str, list[Cost]] = {name: [] for name in rivals}
    for number in range(rounds + 1):
        for name, turn in rivals.items():
            cpu, wall = cpu_clock(), time.perf_counter()
            turn(number)
            costs[name].append(Cost(cpu_clock() - cpu, time.perf_counter() - wall))
    return {name: Cost(*(median(part) for part in zip(*measured[1:], strict=True))) for name, measured in costs.items()}


def table(costs: Mapping[str, Cost], unit: str, scale: float) -> str:
    """A Markdown table of the costs and of their ratios to the first; ``scale`` is how many ``unit`` a second holds."""
    first = next(iter(costs.values()))
    lines = [f"| | CPU {unit} | wall {unit} | CPU ratio | wall ratio |", "| --- | --: | --: | --: | --: |"]
    lines += [
        f"| {name} | {cost.cpu * scale:.1f} | {cost.wall * scale:.1f} "
        f"| {cost.cpu / first.cpu:.2f} | {cost.wall / first.wall:.2f} |"
        for name, cost in costs.items()
    ]
    return "\n".join(lines) + "\n"
