"""Processor and wall time of rivals that take turns, so that a slow moment of the machine hits all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
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


def cost(turn: Callable[[], object]) -> Cost:
    """What one turn costs."""
    cpu, wall = time.process_time(), time.perf_counter()
    turn()
    return Cost(time.process_time() - cpu, time.perf_counter() - wall)


def spreads(costs: Mapping[str, Sequence[Cost]]) -> str:
    """A Markdown table in milliseconds of what half, and 95 of 100, of the turns of each stay under."""
    lines = ["| | CPU p50, ms | CPU p95, ms | wall p50, ms | wall p95, ms |", "| --- | --: | --: | --: | --: |"]
    for name, turns in costs.items():
        figures = (_under(share, [one[part] for one in turns]) * 1000 for part in (0, 1) for share in (0.5, 0.95))
        lines.append(f"| {name} | {' | '.join(f'{figure:.1f}' for figure in figures)} |")
    return "\n".join(lines) + "\n"


def _under(share: float, turns: Sequence[float]) -> float:
    return sorted(turns)[min(len(turns) - 1, int(share * len(turns)))]
