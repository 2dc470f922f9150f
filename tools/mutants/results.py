"""The results of mutants: a file for each module, and the table on the reliability page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tools.mutants.mutate import functions

ROOT: Final = Path(__file__).parents[2]
#: Mutants that no test can tell apart, each with the reason; by module.
EXPLAINED: Final = Path(__file__).with_name("explained.json")
_BEGIN: Final = "<!-- mutants -->"
_END: Final = "<!-- end of mutants -->"


@dataclass(frozen=True)
class Row:
    """The figures of a module."""

    module: str
    mutants: int
    killed: int
    explained: int
    survived: int

    def __str__(self) -> str:
        share = 100 * (self.killed + self.explained) / self.mutants if self.mutants else 100
        return (
            f"| `{self.module}` | {self.mutants} | {self.killed} | {self.explained} | {self.survived} "
            f"| {share:.0f} % |"
        )


class Results:
    """The results of modules, kept in a folder.

    :param folder: is made when it isn't there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def of(self, module: Path) -> dict[str, Any]:
        """What is known of a module as it is now: statuses of mutants by name, and whether that is all.

        Of a module that changed it is what is known of the functions that stayed as they were.
        """
        path, source = self._path(module), module.read_text(encoding="utf-8")
        now, statuses = functions(source), {}
        found = {"module": _named(module), "functions": now, "complete": False, "seconds": 0.0}
        if path.exists():
            kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            before = kept["functions"]
            if before == now:
                return kept
            stayed = {name for name, digest in now.items() if before.get(name) == digest}
            statuses = {
                name: one for name, one in kept["mutants"].items() if name.partition(":")[0] in stayed
            }
        return found | {"mutants": statuses}

    def keep(self, module: Path, found: dict[str, Any]) -> None:
        """Write down what is known of a module."""
        self.folder.mkdir(exist_ok=True)
        self._path(module).write_text(json.dumps(found, indent=1), encoding="utf-8")

    def is_complete(self, module: Path) -> bool:
        """Whether every mutant of a module was tried."""
        return bool(self.of(module)["complete"])

    def rows(self) -> list[Row]:
        """The figures of the modules that were done, and have mutants."""
        paths = sorted(self.folder.glob("*.json")) if self.folder.is_dir() else []
        kept = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
        return [row_of(one) for one in kept if one["complete"] and one["mutants"]]

    def _path(self, module: Path) -> Path:
        return self.folder / f"{_named(module).replace('/', '.')}.json"


def row_of(found: dict[str, Any]) -> Row:
    """A module's figures; a survivor that is explained counts as that."""
    reasons: dict[str, dict[str, str]] = json.loads(EXPLAINED.read_text(encoding="utf-8"))
    known = reasons.get(found["module"], {})
    statuses: dict[str, str] = found["mutants"]
    alive = [name for name, status in statuses.items() if status == "survived"]
    explained = sum(name in known for name in alive)
    killed = len(statuses) - len(alive)
    return Row(found["module"], len(statuses), killed, explained, len(alive) - explained)


def write_table(page: Path, results: Results) -> None:
    """Put the figures between the page's marks; rows of modules that weren't done now stay."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    table, _, after = rest.partition(_END)
    rows = {line.split("`")[1]: line for line in table.splitlines() if line.startswith("| `")}
    rows |= {row.module: str(row) for row in results.rows()}
    head = ["", "", "| module | mutants | killed | explained | survived | killed or explained |"]
    lines = [*head, "|---|---|---|---|---|---|", *(rows[name] for name in sorted(rows)), "", ""]
    page.write_text(before + _BEGIN + "\n".join(lines) + _END + after, encoding="utf-8")


def _named(module: Path) -> str:
    return str(module.resolve().relative_to(ROOT / "s3tag_mock"))
