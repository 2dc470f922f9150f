"""The mutants of a module: its syntax tree with one thing changed in a function.

Not changed are docstrings, annotations, types in casts, texts for people (pieces of f-strings, hints) and
what stands outside of functions: tables are data, which recorded answers and models check.
"""

from __future__ import annotations

import ast
import copy
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, Final

#: How many mutants of a module are tried at most, and the seed that chooses them.
MOST: Final = 300
SEED: Final = 0

_COMPARISONS: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_OPERATORS: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_WITH_OPPOSITES: Final = (ast.Eq, ast.NotEq, ast.In, ast.NotIn, ast.Is, ast.IsNot)
_HIDDEN: Final = frozenset({"hint"})
#: What means something else in another function.
_OF_ITS_FUNCTION: Final = (ast.Await, ast.NamedExpr, ast.Yield, ast.YieldFrom)


@dataclass(frozen=True)
class Mutant:
    """A change of one line.

    :param function: in which it is, by its qualified name.
    :param line: of the source.
    :param first: the line on which its statement begins.
    :param name: the same in every run, as long as the function stays what it is: function, change, and the
        number of the changes before it that read alike.
    :param place: the number of the changed node.
    :param change: the number of its change.
    """

    function: str
    line: int
    first: int
    name: str
    place: int
    change: int


def mutants(source: str) -> list[Mutant]:
    """All mutants of a module, or a sample of them that is always the same."""
    found: list[Mutant] = []
    alike: Counter[str] = Counter()
    first = 0
    for place, (node, function) in enumerate(_walk(ast.parse(source))):
        first = node.lineno if isinstance(node, ast.stmt) else first
        for change in range(len(_changes(node)) if function else 0):
            changed = copy.deepcopy(node)
            _changes(changed)[change](changed)
            name = f"{function}: {_short(ast.unparse(node))} -> {_short(ast.unparse(changed))}"
            line = getattr(node, "lineno", first)
            found.append(Mutant(function, line, first, f"{name} ({alike[name]})", place, change))
            alike[name] += 1
    return [found[one] for one in sorted(Random(SEED).sample(range(len(found)), min(MOST, len(found))))]


def changed_tree(source: str, mutant: Mutant) -> ast.Module:
    """A module with a mutant's change in it."""
    tree = ast.parse(source)
    node: Any = next(node for place, (node, _) in enumerate(_walk(tree)) if place == mutant.place)
    before = copy.deepcopy(node)
    _changes(node)[mutant.change](node)
    if isinstance(node, ast.Pass) and not any(isinstance(one, _OF_ITS_FUNCTION) for one in ast.walk(before)):
        # What is left out stands in a function that nobody calls: so the variables of closures stay the same.
        left_out = before.value if isinstance(before, ast.Expr) else before.exc
        arguments = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
        _become(node, ast.Expr(ast.Lambda(arguments, left_out or ast.Constant(None))))
    return ast.fix_missing_locations(tree)


def functions(source: str) -> dict[str, str]:
    """A digest of each function, by qualified name: one that stays has the same mutants."""
    texts: dict[str, str] = {}
    for node, function in _walk(ast.parse(source)):
        if function:
            texts[function] = f"{texts.get(function, '')} {type(node).__name__} {_own_value(node)}"
    return {name: hashlib.sha256(text.encode()).hexdigest()[:16] for name, text in texts.items()}


def called_at_import(source: str, elsewhere: Iterable[str] = ()) -> set[str]:
    """The functions of a module that tables and decorators call, themselves or by others.

    :param elsewhere: the names of those that other modules' do.
    """
    tree = ast.parse(source)
    called: dict[str, set[str]] = {}
    for node, function in _walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called.setdefault(function, set()).add(node.func.id)
    found: set[str] = set()
    new = calls_of_import(tree).union(elsewhere)
    while new:
        found |= new
        new = {name for one in new for name in called.get(one, ())} - found
    return found


def calls_of_import(node: ast.AST) -> set[str]:
    """The names of what is called while a module is imported, with or without the module's before them."""
    found: set[str] = set()
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
            decorators = ast.Module([ast.Expr(one) for one in child.decorator_list], [])
            found |= calls_of_import(decorators)
            continue
        if isinstance(child, ast.Call) and isinstance(child.func, (ast.Name, ast.Attribute)):
            found.add(child.func.id if isinstance(child.func, ast.Name) else child.func.attr)
        found |= calls_of_import(child)
    return found


def _own_value(node: ast.AST) -> str:
    """What a node says beside its children."""
    return repr([value for _, value in ast.iter_fields(node) if not isinstance(value, (ast.AST, list))])


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 100 else f"{line[:97]}..."


def _walk(node: ast.AST, function: str = "", outer: str = "") -> Iterator[tuple[ast.AST, str]]:
    """The nodes that may be changed, in order, each with the function in which it is."""
    for child in ast.iter_child_nodes(node):
        if _is_left_alone(node, child):
            continue
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            named = f"{outer}{child.name}"
            inside = function or ("" if isinstance(child, ast.ClassDef) else named)
            for statement in child.body:
                holder = ast.Module([statement], [])
                yield from _walk(holder, inside, f"{named}.")
            continue
        yield child, function
        yield from _walk(child, function, outer)


def _is_left_alone(parent: ast.AST, child: ast.AST) -> bool:
    if isinstance(child, (ast.JoinedStr, ast.expr_context, ast.arguments, ast.Import, ast.ImportFrom)):
        return True
    if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
        return True  # a docstring
    if isinstance(child, ast.keyword) and child.arg in _HIDDEN:
        return True
    if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name) and parent.func.id == "cast":
        return child is parent.args[0]
    return isinstance(parent, ast.AnnAssign) and child is parent.annotation


def _changes(node: Any) -> list[Callable[[Any], None]]:
    if isinstance(node, ast.Compare):
        return [_changed_comparison] if type(node.ops[0]) in _COMPARISONS else []
    if isinstance(node, ast.BoolOp):
        return [_changed_junction]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return [lambda one: _become(one, ast.Call(ast.Name("bool", ast.Load()), [one.operand], []))]
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return [lambda one: setattr(one, "op", _OPERATORS[type(one.op)]())]
    if isinstance(node, ast.Constant):
        return _changes_of_constant(node.value)
    if isinstance(node, (ast.If, ast.IfExp, ast.While)):
        if _is_inverted_itself(node.test):
            return []
        return [lambda one: setattr(one, "test", ast.UnaryOp(ast.Not(), one.test))]
    if isinstance(node, ast.Return) and node.value is not None:
        # A constant has a change of its own; None in place of a function fails as soon as it is used.
        if isinstance(node.value, (ast.Constant, ast.Lambda)):
            return []
        return [lambda one: setattr(one, "value", ast.Constant(None))]
    if isinstance(node, ast.Raise) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        return [lambda one: _become(one, ast.Pass())]
    if isinstance(node, ast.Continue):
        return [lambda one: _become(one, ast.Break())]
    if isinstance(node, ast.Break):
        return [lambda one: _become(one, ast.Continue())]
    return []


def _changes_of_constant(value: object) -> list[Callable[[Any], None]]:
    if isinstance(value, bool):
        return [lambda one: setattr(one, "value", not one.value)]
    if isinstance(value, (int, float)):
        return [lambda one: setattr(one, "value", one.value + 1)]
    if isinstance(value, str):
        return [lambda one: setattr(one, "value", f"XX{one.value}")]
    if isinstance(value, bytes):
        return [lambda one: setattr(one, "value", b"XX" + one.value)]
    return []


def _changed_comparison(node: ast.Compare) -> None:
    node.ops[0] = _COMPARISONS[type(node.ops[0])]()


def _changed_junction(node: ast.BoolOp) -> None:
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()


def _is_inverted_itself(test: ast.expr) -> bool:
    """Whether a condition's own change is its opposite, as the statement's change would be."""
    if isinstance(test, ast.Compare):
        return len(test.ops) == 1 and isinstance(test.ops[0], _WITH_OPPOSITES)
    return isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)


def _become(node: Any, other: ast.AST) -> None:
    """Make a node another one in its place."""
    lines = {name: getattr(node, name) for name in ("lineno", "col_offset") if hasattr(node, name)}
    node.__class__ = other.__class__
    node.__dict__.clear()
    node.__dict__.update(other.__dict__ | lines)
