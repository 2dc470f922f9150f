"""The mutants of a module, and what is found out about them."""

from __future__ import annotations

import ast
import os
from pathlib import Path
from threading import Event

import pytest

from tools.mutants import mutate
from tools.mutants import results as results_module
from tools.mutants.mutate import called_at_import, calls_of_import, changed_tree, mutants
from tools.mutants.reach import _lines_before
from tools.mutants.results import Results, row_of, write_table
from tools.mutants.running import NO_END, ChildProblem, in_child

SOURCE = '''
LIMIT = 3

def check(number: int, names: tuple[str, ...] = ()) -> bool:
    """Whether it is small."""
    if number < LIMIT and "a" in names:
        raise ValueError(f"too small: {number}")
    return not names
'''


def test_each_has_one_change_in_a_function() -> None:
    found = {mutant.name for mutant in mutants(SOURCE)}
    assert found == {
        "check: if number < LIMIT and 'a' in names: raise ValueError(f'too small: {number}') -> if not (number < LIMIT and 'a' in names): raise ValueError(f'too small: {number}') (0)",
        "check: number < LIMIT and 'a' in names -> number < LIMIT or 'a' in names (0)",
        "check: number < LIMIT -> number <= LIMIT (0)",
        "check: 'a' in names -> 'a' not in names (0)",
        "check: 'a' -> 'XXa' (0)",
        "check: raise ValueError(f'too small: {number}') -> pass (0)",
        "check: return not names -> return None (0)",
        "check: not names -> bool(names) (0)",
    }
    for mutant in mutants(SOURCE):
        changed = changed_tree(SOURCE, mutant)
        compile(changed, "module", "exec")
        assert ast.unparse(changed) != ast.unparse(ast.parse(SOURCE))


def test_changes_that_read_alike_are_told_apart() -> None:
    names = [mutant.name for mutant in mutants("def pair():\n    return ('', '')\n")]
    assert names == [
        "pair: return ('', '') -> return None (0)",
        "pair: '' -> 'XX' (0)",
        "pair: '' -> 'XX' (1)",
    ]


def test_a_condition_that_is_inverted_by_its_own_change_has_one_mutant() -> None:
    names = [mutant.name for mutant in mutants("def f(x):\n    while x is None:\n        x = g(x)\n")]
    assert names == ["f: x is None -> x is not None (0)"]


def test_of_many_there_is_a_sample_that_is_always_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutate, "MOST", 10)
    source = "def many(x):\n" + "".join(f"    x = x + {number}\n" for number in range(20))
    first, second = mutants(source), mutants(source)
    assert len(first) == 10
    assert [one.name for one in first] == [one.name for one in second]


def test_results_are_kept_until_the_function_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results_module, "ROOT", tmp_path)
    module = tmp_path / "s3tag_mock" / "rules" / "one.py"
    module.parent.mkdir(parents=True)
    module.write_text("def a(): return b()\n\ndef c(): return d\n")
    results = Results(tmp_path / "kept")
    found = results.of(module)
    found["mutants"], found["complete"] = {"a: x (0)": "tests/test_x.py::test", "c: y (0)": "survived"}, True
    results.keep(module, found)
    assert results.is_complete(module)
    assert (row_of(found).killed, row_of(found).survived) == (1, 1)
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- mutants --><!-- end of mutants -->\nafter\n")
    write_table(page, results)
    write_table(page, results)
    assert page.read_text().count("| `rules/one.py` | 2 | 1 | 0 | 1 | 50 % |") == 1
    module.write_text("def a(): return b()\n\ndef c(): return e\n")
    assert not results.is_complete(module)
    assert results.of(module)["mutants"] == {"a: x (0)": "tests/test_x.py::test"}


def test_a_child_says_what_it_found_or_is_ended() -> None:
    assert in_child(lambda: {"a": 1}, wall=60) == {"a": 1}
    assert in_child(lambda: os._exit(0), wall=60) == NO_END
    assert in_child(Event().wait, wall=0.1) == NO_END
    with pytest.raises(ChildProblem, match="ZeroDivisionError"):
        in_child(lambda: 1 // 0, wall=60)


def test_functions_that_make_tables_are_told_from_others() -> None:
    source = "def row(x): return x\n\ndef rows(): return row(1)\n\ndef other(): return 2\n\nTABLE = {'a': rows()}\n"
    assert called_at_import(source) == {"row", "rows"}
    assert called_at_import(source, ["other"]) == {"row", "rows", "other"}
    decorated = (
        "@made(1)\ndef one(): return called()\n\nclass A:\n    b = m.row()\n    def c(self): return d()\n"
    )
    assert calls_of_import(ast.parse(decorated)) == {"made", "row"}


def test_lines_are_found_again_when_a_module_changes() -> None:
    assert _lines_before("a\nb\nc\n", "a\nb\nc\n") == [0, 1, 2, 3]
    assert _lines_before("a\nb\nc\n", "a\nnew\nnew\nc\n") == [0, 1, 1, 1, 3]
    assert _lines_before("a\n  b\nc\n", "a\n  b\nnew\nc\n") == [0, 1, 2, 1, 3]
