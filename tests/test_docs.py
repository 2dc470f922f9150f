"""What the documents say is so: their code runs, their commands are CI's, their tables are current."""

from __future__ import annotations

import inspect
import re
import runpy
import subprocess
import sys
from pathlib import Path

import botocore
import moto  # noqa: F401 (pytest in pytest forgets what it imports, and requests does not bear that)
import pytest
import requests  # noqa: F401 (likewise)

from s3tag_mock.api.faults import FaultList
from s3tag_mock.api.options import NAMES
from s3tag_mock.operations.catalogue import OPERATIONS
from s3tag_mock.rules.finding_kinds import Kind
from s3tag_mock.rules.services import WHOLE
from tools import failure_picture, fidelity_table
from tools.coverage_table import PAGE, models, page, row

ROOT = Path(__file__).parent.parent
#: What the documents show and the tests' own environment may not have.
ASYNCHRONOUS = ("aioboto3", "aiohttp", "httpx", "s3fs")
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(language: str) -> list[tuple[str, str]]:
    """Name and text of every block of code of a language in the documents."""
    return [
        (f"{document.name}-{number}", text)
        for document in DOCUMENTS
        for number, text in enumerate(
            re.findall(rf"```{language}\n(.*?)```", document.read_text("utf-8"), re.DOTALL)
        )
    ]


@pytest.mark.parametrize("block", blocks("python"), ids=lambda block: block[0])
def test_every_block_of_python_runs(pytester: pytest.Pytester, block: tuple[str, str]) -> None:
    _, text = block
    for library in ASYNCHRONOUS:
        if f"import {library}" in text:
            pytest.importorskip(library, reason=f"{library} isn't installed")
    if "def test_" not in text:
        text = "def test_block():\n" + "".join(f"    {line}\n" for line in text.splitlines())
    path = pytester.makepyfile(text)
    result = pytester.runpytest_inprocess(path, "-W", "error")
    result.assert_outcomes(passed=result.parseoutcomes()["passed"])


def test_there_are_blocks() -> None:
    assert len(blocks("python")) >= 7


@pytest.mark.parametrize("block", blocks("sh"), ids=lambda block: block[0])
def test_every_command_is_run_by_ci(block: tuple[str, str]) -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    for part in block[1].strip().split(" && "):
        assert part in script or part == ".venv/bin/pip install -q ."  # CI's install has the tests' needs too


def test_the_example_tells_its_story(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(ROOT / "examples" / "tag_with_a_job.py"), run_name="__main__")
    told = capsys.readouterr().out
    assert "draft=yes" in told
    assert "Complete    20 succeeded, 1 failed of 21" in told
    assert "failed: 1 rows" in told
    assert told.strip().endswith("year=2026, album=Norway")


def test_the_example_with_a_bar_draws_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["a_million_objects.py", "2500"])
    runpy.run_path(str(ROOT / "examples" / "a_million_objects.py"), run_name="__main__")
    told = capsys.readouterr().out
    assert "Active     [################                        ]  40%" in told
    assert told.strip().endswith("Complete: 2500 succeeded, 0 failed of 2500>")


def test_the_benchmarks_measure_something() -> None:
    """Small and once, in a process of their own: pytest in pytest confuses moto."""
    code = """
from benchmarks import calls, growth, jobs, many, typical
many.PAGES, many.CALLS = 1, 40
growth.LEAST = 1
grown = [topic._replace(small=1, large=2) for topic in growth.TOPICS]
calls.MEASURED = {"head_object": calls.MEASURED["head_object"]}
found = [*calls.ratios(1)["head_object"], typical.ratio(1), typical.entering_ratio(1), many.memory(100)]
found += [many.paging_ratio(3000, 1), *many.thread_ratio(1)]
found += [many.memory_of_bodies(2)]
found += [one for topic in grown for one in growth.ratios(topic, 0).values()]
print(all(isinstance(one, float) and one > 0 for one in found))
jobs.main(100)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    positive, _, _, *rows = done.stdout.splitlines()
    assert positive == "True"
    assert [line.split(" | ")[0] for line in rows] == ["| 10", "| 100"]


def test_the_coverage_table_is_current() -> None:
    """With the botocore that it was written from, to the letter; with others, what the code says of itself."""
    text = PAGE.read_text("utf-8")
    if f"botocore {botocore.__version__}'s" in text:
        assert text == page(), "run: python tools/coverage_table.py"
    written = {line.rsplit(" | ", 1)[0] for line in text.splitlines()}
    for service in WHOLE:
        for name, model in models(service).items():
            if (service, name) in OPERATIONS:
                assert row(OPERATIONS[service, name], model).rsplit(" | ", 1)[0] in written


@pytest.mark.parametrize("service", ["s3", "s3control"])
def test_every_operation_is_in_the_coverage_table(service: str) -> None:
    words = set(re.findall(r"\w+", PAGE.read_text("utf-8")))
    newer = models(service).keys() - words
    assert not newer or f"botocore {botocore.__version__}'s" not in PAGE.read_text("utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (document.parent / target).exists(), target


def test_the_fidelity_table_is_current() -> None:
    assert fidelity_table.PAGE.read_text("utf-8") == fidelity_table.page(), (
        "run: python tools/fidelity_table.py"
    )
    assert {fidelity_table.certainty(row) for row in fidelity_table.rows()} <= set(fidelity_table.CERTAINTIES)


def test_the_picture_of_a_failure_is_current() -> None:
    """What the mock says of it; pytest's own lines differ from one pytest to the next."""

    def said(picture: str) -> list[str]:
        lines = re.sub(r"<[^>]+>", "", picture).splitlines()
        told = lines[lines.index("Worth a look") :]
        # How often botocore tries differs from one version to the next.
        return [line for line in told if not re.match(r"  503|      SlowDown|  GetObjectTagging", line)]

    now = failure_picture.picture(failure_picture.printed())
    told = said(now)
    assert [line for line in told if "lost_tags" in line]
    assert said(failure_picture.PICTURE.read_text("utf-8")) == told, "run: python tools/failure_picture.py"


def test_every_page_is_in_the_sites_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert {path.name for path in (ROOT / "docs").glob("*.md")} == set(re.findall(r"[\w-]+\.md", navigation))


def test_every_option_error_and_finding_is_documented() -> None:
    guide, findings = ((ROOT / "docs" / name).read_text("utf-8") for name in ("guide.md", "findings.md"))
    assert {name for name in NAMES if f"| `{name}` |" not in guide} == set()
    table = "\n".join(f"| `{kind.name}` | {kind.text} |" for kind in Kind)
    assert table in findings
    faults = (ROOT / "docs" / "faults.md").read_text("utf-8")
    parameters = set(inspect.signature(FaultList.add).parameters) - {"self", "operation", "error"}
    assert {name for name in parameters if f"`{name}=" not in faults} == set()


def test_the_readme_shows_a_test_on_its_first_screen() -> None:
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    start = lines.index("```python")
    assert start < 10
    assert lines.index("```") - start - 1 <= 20
