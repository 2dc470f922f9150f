"""Other people's packages, imported with one of their private names renamed wherever they use it themselves.

So the package works as ever, and only who reaches in from outside misses the name: what a new version would do.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

SUFFIX = "_renamed"


class _Renaming(ast.NodeTransformer):
    def __init__(self, name: str, modules: tuple[str, ...], *, attributes_only: bool) -> None:
        self.name, self.modules, self.attributes_only = name, modules, attributes_only

    def renames(self, module: str | None) -> bool:
        return any(module == one or str(module).startswith(f"{one}.") for one in self.modules)

    def _new(self, name: str) -> str:
        return name + SUFFIX if name == self.name else name

    def visit_Name(self, node: ast.Name) -> Any:
        if not self.attributes_only:
            node.id = self._new(node.id)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> Any:
        node.attr = self._new(node.attr)
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> Any:
        if node.value == self.name:  # a key of somebody's __dict__
            node.value = self._new(self.name)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Any:
        node.name = self._new(node.name)
        return self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> Any:
        node.name = self._new(node.name)
        return self.generic_visit(node)

    def visit_Import(self, node: ast.Import) -> Any:
        for alias in node.names:
            if alias.name == self.name and alias.asname is None:
                alias.asname = self._new(alias.name)
        return node

    def visit_ImportFrom(self, node: ast.ImportFrom) -> Any:
        for alias in node.names:
            if self.renames(node.module):
                alias.name = self._new(alias.name)
            elif alias.name == self.name:
                alias.asname = self._new(alias.name)
        return node


class _Loader(importlib.machinery.SourceFileLoader):
    renaming: _Renaming

    def source_to_code(self, data: Any, path: Any, **options: Any) -> Any:  # type: ignore[override]
        tree = self.renaming.visit(ast.parse(data))
        return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)

    def get_code(self, fullname: str) -> Any:
        """Compile it anew: no file of compiled code knows the new name."""
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, renaming: _Renaming) -> None:
        self.renaming = renaming

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> Any:
        if not self.renaming.renames(fullname):
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        if spec is None or spec.origin is None or not spec.origin.endswith(".py"):
            return None
        with open(spec.origin, encoding="utf-8") as file:
            if self.renaming.name not in file.read():
                return None
        loader = _Loader(fullname, spec.origin)
        loader.renaming = self.renaming
        return importlib.util.spec_from_file_location(
            fullname, spec.origin, loader=loader, submodule_search_locations=spec.submodule_search_locations
        )


def rename(name: str, *modules: str, attributes_only: bool) -> None:
    """Rename a name in modules, and those below them, when they are imported from now on.

    :param attributes_only: leave variables and parameters alone that have the same name.
    """
    sys.meta_path.insert(0, _Finder(_Renaming(name, modules, attributes_only=attributes_only)))
