"""The benchmark's rows on docs/performance.md, as a table and as a plot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

#: Measure, what was reached, what must be and what is the goal.
Row = tuple[str, str, str, str]

DOCS = Path(__file__).parents[1] / "docs"
HEAD = "| measure | measured | must | goal |\n|---|---|---|---|"
#: Where the plot begins.
_LEAST = 0.1
_BEGIN, _END = "<!-- measured -->\n", "<!-- end of measured -->"


def line(row: Row) -> str:
    """A row of the table."""
    return f"| {' | '.join(row)} |"


def write(rows: Sequence[Row]) -> None:
    """Write the table between the page's marks, and the plot beside the page."""
    path = DOCS / "performance.md"
    before, rest = path.read_text("utf-8").split(_BEGIN)
    _, after = rest.split(_END)
    table = "\n".join([HEAD, *map(line, rows)])
    path.write_text(f"{before}{_BEGIN}{table}\n{_END}{after}", "utf-8")
    plot(rows, DOCS / "images" / "performance.svg")


def plot(rows: Sequence[Row], path: Path) -> None:
    """Draw each row's cost, in times of what it must be at most: less is better in all rows.

    It needs matplotlib: ``pip install -e '.[benchmarks]'``.
    """
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    pyplot.rcParams["svg.hashsalt"] = "s3tag_mock"  # the same file for the same figures
    costs, goals = [[_cost(row, of) for row in rows] for of in (1, 3)]
    places = range(len(rows), 0, -1)
    figure, axes = pyplot.subplots(figsize=(9, 0.24 * len(rows) + 0.8), layout="constrained")
    axes.axvline(1, color="tab:red", linewidth=1, label="must")
    axes.scatter(goals, places, marker="|", color="tab:green", label="goal")
    axes.scatter(costs, places, s=18, color="tab:blue", label="measured")
    axes.set_xscale("log")
    axes.set_xlim(left=_LEAST)
    axes.xaxis.set_major_formatter("{x:g}")
    axes.xaxis.set_minor_formatter("")
    axes.set_yticks(list(places), [row[0] for row in rows], fontsize=7)
    axes.set_xlabel("cost, in times of what it must be at most")
    axes.grid(axis="y", linewidth=0.3)
    axes.legend(loc="upper left", fontsize=7)
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)


def _cost(row: Row, of: int) -> float:
    """A figure of a row, in times of what must be."""
    must, goal = float(row[2]), float(row[3])
    figure = float(row[of].replace(",", "")) or _LEAST * must
    return max(must / figure if goal > must else figure / must, _LEAST)
