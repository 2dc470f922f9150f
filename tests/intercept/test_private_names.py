"""Other people's private names: each is in the table, and each can go without a surprise."""

from __future__ import annotations

import ast
import subprocess
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import s3tag_mock
from s3tag_mock import NotSupported, TaggingMockWarning, mock_tagging
from s3tag_mock.intercept import private_names
from s3tag_mock.intercept.activation import ACTIVE
from s3tag_mock.intercept.hooks import TABLE
from s3tag_mock.intercept.private_names import KNOWN_VERSIONS, NAMES, PrivateName

PACKAGE = Path(s3tag_mock.__file__).parent
ROOT = PACKAGE.parent
#: Packages whose names matter where somebody has imported them.
NOT_NEEDED = ("aiobotocore", "aiohttp", "httpx", "httpx2")


def rows(if_gone: str, *, of_instances: bool | None = None, but: tuple[str, ...] = ()) -> list[Any]:
    return [
        pytest.param(row, id=row.place)
        for row in NAMES.values()
        if row.if_gone == if_gone and of_instances in {None, row.is_of_instances} and row.package not in but
    ]


# What each row says, done


#: A class never goes without what it inherits.
CAN_GO = [
    row for row in rows("required", of_instances=False, but=NOT_NEEDED) if row.id not in TABLE.inherited
]


@pytest.mark.parametrize("row", CAN_GO)
def test_entering_without_a_required_name(row: PrivateName, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(private_names.owner_of(row.place), row.name)
    with pytest.raises(NotSupported) as refused:
        mock_tagging().start()
    assert f"{row.place.replace(':', '.')}, which it needs for {row.used_for}, is gone" in str(refused.value)
    assert f"it knows {KNOWN_VERSIONS.get(row.package, '3.10 to 3.14')}." in str(refused.value)
    assert ACTIVE.scopes == ()


def test_the_refusal_names_the_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    import botocore.endpoint

    monkeypatch.setattr(botocore, "__version__", "9.9.9")
    monkeypatch.delattr(botocore.endpoint.Endpoint, "make_request")
    text = r"s3tag_mock 0\.1\.0 doesn't know botocore 9\.9\.9: .*Endpoint\.make_request.* it knows 1\.34 to"
    with pytest.raises(NotSupported, match=text):
        mock_tagging().start()


def test_names_of_what_is_not_installed_and_of_python_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "aiobotocore.client", None)
    assert private_names.owner_of("aiobotocore.client:AioBaseClient._make_api_call") is None
    assert "doesn't know Python 3." in str(private_names.unknown("os:environ._data"))


#: Those of them that are looked for in a call.
IN_CALLS = {
    "aiobotocore.awsrequest:AioAWSResponse",
    "aiobotocore.awsrequest:HttpxAWSResponse",
    "aiobotocore.httpxsession:httpx",
    "aiohttp.connector:BaseConnector._create_connection",
}
REQUIRED = [place for place, row in NAMES.items() if row.package in NOT_NEEDED and row.if_gone == "required"]


@pytest.mark.parametrize("place", [place for place in REQUIRED if place not in IN_CALLS])
def test_entering_beside_an_unknown_library(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    row = NAMES[place]
    module: Any = types.ModuleType(place.partition(":")[0])
    setattr(module, place.partition(":")[2].partition(".")[0], type("Session", (), {}))
    for name in [name for name in sys.modules if name.partition(".")[0] in NOT_NEEDED]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, row.package, types.ModuleType(row.package))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    with pytest.raises(NotSupported, match=row.used_for):
        mock_tagging().start()
    assert ACTIVE.scopes == ()


@pytest.mark.parametrize("row", rows("warned"))
def test_entering_beside_an_unknown_moto(row: PrivateName, monkeypatch: pytest.MonkeyPatch) -> None:
    __import__(row.module)
    monkeypatch.delattr(private_names.owner_of(row.place), row.name)
    with pytest.warns(TaggingMockWarning, match=f"doesn't know moto .*{row.name}.*answered twice"):
        mock = mock_tagging().start()
    mock.stop()


@pytest.mark.parametrize("row", [row for row in rows("optional") if row.values[0].package == "moto"])
def test_a_mock_works_beside_a_moto_without_an_optional_name(
    row: PrivateName, monkeypatch: pytest.MonkeyPatch
) -> None:
    __import__(row.module)
    monkeypatch.delattr(private_names.owner_of(row.place), row.name)
    with mock_tagging() as aws:
        aws.create_bucket("photos", tags={"team": "blue"})
        groups = aws.client("resourcegroupstaggingapi")
        assert len(groups.get_resources()["ResourceTagMappingList"]) == 1


CALL = """
import boto3
from s3tag_mock import NotSupported, mock_tagging
before = boto3.Session(region_name="us-east-1")
keys = {"aws_access_key_id": "x", "aws_secret_access_key": "x", "region_name": "us-east-1"}
client = boto3.client("s3", **keys)
def call():
    client.list_buckets()
"""
REFRESHABLE = """
from datetime import datetime, timezone
from botocore.credentials import RefreshableCredentials
credentials = RefreshableCredentials(
    "x", "x", "x", datetime(2090, 1, 1, tzinfo=timezone.utc), lambda: None, "test"
)
client._request_signer._credentials = credentials
"""
CHECK = """
with mock_tagging():
    try:
        call()
    except NotSupported as refused:
        print(refused)
"""
#: What a call needs to come to the name, where it isn't any call.
NEEDED = {
    "botocore.credentials:RefreshableCredentials._access_key": REFRESHABLE,
    "botocore.session:Session._credentials": "call = before.get_credentials\n",
}


@pytest.mark.parametrize("row", rows("required", of_instances=True, but=NOT_NEEDED))
def test_calling_without_a_required_name(row: PrivateName) -> None:
    code = CALL + NEEDED.get(row.place, "") + CHECK
    printed = run_renamed(row, code, row.module, "botocore.args", "botocore.client")
    assert f"{row.place.replace(':', '.')}, which it needs for {row.used_for}, is gone" in printed


WORKS = """
import boto3
from botocore.config import Config
from s3tag_mock import mock_tagging

for number in range(3):
    with mock_tagging(allow="all") as aws:
        aws.create_bucket("photos")
        boto3.client("s3").put_object(Bucket="photos", Key="k", Body=b"x", Tagging="team=blue")
        aws.faults.add("GetObjectTagging", "InternalError", times=1)
        client = boto3.client("s3", config=Config(retries={"mode": "adaptive"}))
        client.get_object_tagging(Bucket="photos", Key="k")
        assert boto3.client("sts").get_caller_identity()["Account"] == "123456789012"
        assert boto3.client("s3").generate_presigned_url("get_object", Params={"Bucket": "photos", "Key": "k"})
        assert aws.client("s3").get_object(Bucket="photos", Key="k")["Body"].read() == b"x"
        assert aws.object_tags("photos", "k") == {"team": "blue"}
print("works")
"""


@pytest.mark.parametrize(
    "row",
    rows("optional", but=(*NOT_NEEDED, "_signal", "os", "sys", "_pytest", "pytest", "unittest", "moto")),
)
def test_a_mock_works_without_an_optional_name(row: PrivateName) -> None:
    if row.name == "__copy__":
        pytest.skip("Python's own name, which copy.copy calls; botocore itself doesn't work without it")
    # Three of them are names of other modules' that one module has imported.
    is_imported = row.name in {"create_loader", "time", "ServiceModel"}
    is_pythons = row.package == "multiprocessing"
    where = (row.module,) if is_imported or is_pythons else ("botocore", "boto3", "s3transfer")
    assert run_renamed(row, WORKS, *where) == "works\n"


@pytest.mark.parametrize("place", ["_signal:signal", "_signal:getsignal", "sys:_getframe"])
def test_a_mock_works_on_another_python(place: str) -> None:
    hide = (
        "from s3tag_mock.intercept import private_names\n"
        "find = private_names.find\n"
        f"private_names.find = lambda place: None if place == {place!r} else find(place)\n"
    )
    assert run(hide + WORKS) == "works\n"


def test_a_mock_works_with_another_environment() -> None:
    """One without ``_data``: a plain mapping, as some tests put in the place of ``os.environ``."""
    assert run("import os\nos.environ = dict(os.environ)\n" + WORKS) == "works\n"


PYTEST_FILE = """
import pytest
from s3tag_mock import mock_tagging

@pytest.fixture
def bucket(tagging_mock):
    tagging_mock.create_bucket("photos")

@mock_tagging
class TestPhotos:
    def test_passing(self, bucket, tagging_mock):
        assert tagging_mock.bucket_tags("photos") == {}

    def test_failing(self, bucket, tagging_mock):
        tagging_mock.client("s3").list_buckets()
        assert 0
"""
RUN_PYTEST = """
import os, pytest
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
options = ["-q", "-p", "no:cacheprovider", "-p", "s3tag_mock.pytest_plugin", "--rootdir", {folder!r}, {file!r}]
pytest.main(options)
"""


@pytest.mark.parametrize("place", ["pytest:Function._fixtureinfo", "_pytest.terminal:TerminalReporter._tw"])
def test_the_plugin_works_with_another_pytest(place: str, tmp_path: Path) -> None:
    (tmp_path / "test_photos.py").write_text(PYTEST_FILE)
    code = RUN_PYTEST.format(folder=str(tmp_path), file=str(tmp_path / "test_photos.py"))
    printed = run_renamed(NAMES[place], code, "_pytest")
    assert "1 failed, 1 passed" in printed
    assert "AWS calls (s3tag_mock)" in printed


UNITTEST = """
import unittest
from s3tag_mock import mock_tagging

@mock_tagging
class TestPhotos(unittest.TestCase):
    def test_passing(self):
        pass
    def test_failing(self):
        self.fail()

result = unittest.TextTestRunner(stream=open("/dev/null", "w")).run(
    unittest.defaultTestLoader.loadTestsFromTestCase(TestPhotos)
)
print(result.testsRun, len(result.failures), len(result.errors))
"""


def test_decorated_classes_work_with_another_unittest() -> None:
    assert run_renamed(NAMES["unittest:TestCase._outcome"], UNITTEST, "unittest") == "2 1 0\n"


def run_renamed(row: PrivateName, code: str, *modules: str) -> str:
    """What code prints in a process of its own, where modules have renamed a name.

    That they have is checked first: a rename that changes nothing would show nothing.
    """
    renamed = (
        "from tests.intercept.renamed import SUFFIX, rename\n"
        f"rename({row.name!r}, *{modules!r}, attributes_only={row.is_of_instances})\n"
        f"import importlib\nowner = importlib.import_module({row.module!r})\n"
    )
    if not row.is_of_instances:
        path = row.place.partition(":")[2].split(".")
        renamed += f"for name in {path[:-1]!r}:\n    owner = getattr(owner, name)\n"
        renamed += f"assert {row.name!r} not in vars(owner) and {row.name!r} + SUFFIX in vars(owner)\n"
    return run(renamed + code)


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


# The table and the code


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def is_private(name: object) -> bool:
    is_named_tuples = name in {"_asdict", "_replace"}
    return isinstance(name, str) and name.startswith("_") and not (name.startswith("__") or is_named_tuples)


class _Private(ast.NodeVisitor):
    """Private names that a module reads of anything but itself and its own classes' instances."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        self.defined: set[str] = set()

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if is_private(node.attr):
            is_own = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}
            (self.defined if is_own and isinstance(node.ctx, ast.Store) else self.found).add(node.attr)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        is_reading = isinstance(node.func, ast.Name) and node.func.id in {"getattr", "hasattr", "setattr"}
        if is_reading and isinstance(node.args[1], ast.Constant) and is_private(node.args[1].value):
            self.found.add(node.args[1].value)
        self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for statement in node.body:
            name = getattr(statement, "name", None)
            target = getattr(statement, "target", None) or next(iter(getattr(statement, "targets", ())), None)
            self.defined |= {one for one in (name, getattr(target, "id", None)) if is_private(one)}
        self.generic_visit(node)


def test_every_private_name_that_is_read_is_in_the_table() -> None:
    found, defined = set(), set()
    for _, tree in trees():
        visitor = _Private()
        visitor.visit(tree)
        found |= visitor.found
        defined |= visitor.defined
    assert found - defined - {row.name for row in NAMES.values()} == set()
    assert {"_event_emitter", "_endpoint", "_fixtureinfo", "_session_instance_vars"} <= found


def test_every_patched_name_is_in_the_table_and_every_row_is_used() -> None:
    places: set[str] = set()
    names: set[str] = set()
    for path, tree in trees():
        if path.parent.name == "private_names":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                places |= {node.value} if is_place(node.value) else set()
                names.add(node.value)
            if isinstance(node, ast.Attribute):
                names.add(node.attr)
    assert places <= NAMES.keys()
    for place, row in NAMES.items():
        assert place in places or row.name in names, place


def is_place(text: str) -> bool:
    module, colon, name = text.partition(":")
    packages = {row.package for row in NAMES.values()}
    return bool(colon) and module.partition(".")[0] in packages and name.split(".")[-1].isidentifier()


def test_nothing_is_replaced_but_by_patch() -> None:
    """`patch` looks its row up; the default session's place is the one exception."""
    found = [
        f"{path.name}: {ast.unparse(node)}"
        for path, tree in trees()
        if path.parent.name in {"intercept", "cache"}
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"setattr", "mock.patch"}
    ]
    assert [one for one in found if not one.startswith("patching.py")] == []


def test_the_lowest_known_versions_are_the_packages_own() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for package in ("boto3", "botocore"):
        assert f'"{package}>={KNOWN_VERSIONS[package].partition(" to ")[0]}"' in text
