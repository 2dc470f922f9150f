"""``s3tag-mock serve``, ``env``, ``run`` and ``docs``: their arguments, and what they do."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, Final, get_args

from s3tag_mock.api import documentation
from s3tag_mock.api.mock import TaggingMock, served_mock
from s3tag_mock.command import data, shell, watching
from s3tag_mock.dispatch.settings import JobProgress, Lifecycle, Roles, Settings, UnknownKeys
from s3tag_mock.exceptions import Misuse
from s3tag_mock.server import environment
from s3tag_mock.server.server import Server

#: Where the mock is served on its own.
PORT: Final = 5055
#: The exit status of shells for a command that isn't found.
_NOT_FOUND: Final = 127
#: The options that are ``mock_tagging``'s.
_OPTIONS: Final = (
    "region",
    "account_id",
    "job_progress",
    "roles",
    "unknown_keys",
    "lifecycle",
    "clock",
    "seed",
    "real_sleep",
    "fail_on",
    "allow",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    :param arguments: those of the process by default.
    :return: its exit status.
    """
    parsed = _parser().parse_args(arguments)
    try:
        status: int = parsed.does(parsed)
    except Misuse as misuse:
        print(f"s3tag-mock: {misuse}", file=sys.stderr)
        return 2
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "s3tag-mock", description="A mock of Amazon S3's tagging and Batch Operations."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="serve the mock until Ctrl-C")
    serve.set_defaults(does=_serve)
    _add_place(serve, PORT)
    _add_options(serve)
    serve.add_argument("--calls", action="store_true", help="print each call")
    run = commands.add_parser("run", help="serve the mock while a command runs, whose SDKs reach it")
    run.set_defaults(does=_run)
    _add_place(run, 0)
    _add_options(run)
    run.add_argument("command", nargs="+", metavar="COMMAND", help="behind --: a command and its arguments")
    env = commands.add_parser("env", help="print the variables that lead to the mock that is served")
    env.set_defaults(does=_env)
    _add_place(env, PORT)
    docs = commands.add_parser("docs", help="print the folder with the documents")
    docs.set_defaults(does=_docs)
    form = env.add_mutually_exclusive_group()
    form.add_argument("--powershell", dest="form", action="store_const", const="powershell", default="sh")
    form.add_argument("--json", dest="form", action="store_const", const="json")
    return parser


def _add_place(parser: argparse.ArgumentParser, port: int) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", help="an IP address; any but 127.0.0.1 lets other machines in"
    )
    parser.add_argument("--port", type=int, default=port, help=f"{port or 'any that is free'} by default")


def _add_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add(
        "--data", type=Path, metavar="PATH", help="buckets and objects to begin with: a folder or a JSON file"
    )
    add(
        "--save",
        type=Path,
        metavar="FILE",
        help="where everything is kept from one run to the next; --data is for the first one",
    )
    add("--region", help="us-east-1 by default")
    add("--account-id", help="123456789012 by default")
    add("--job-progress", choices=get_args(JobProgress), help="when jobs move on; immediate by default")
    add("--roles", choices=get_args(Roles), help="what roles do that nobody made; trust by default")
    add("--unknown-keys", choices=get_args(UnknownKeys), help="what keys do that nobody gave out")
    add("--lifecycle", choices=get_args(Lifecycle), help="what lifecycle rules do; still by default")
    add("--clock", metavar="MOMENT", help="at which time stands still, such as 2026-01-31T12:00:00Z")
    add("--seed", type=int, help="of ids and chance")
    add("--real-sleep", action="store_true", help="delays of faults take their time")
    add("--fail-on", action="append", metavar="FINDING", help="findings that make the exit status 1; or all")
    add("--allow", action="append", metavar="FINDING", help="a finding that is intended")


def _docs(parsed: argparse.Namespace) -> int:
    print(documentation.folder())
    return 0


@contextmanager
def _running(parsed: argparse.Namespace) -> Iterator[tuple[TaggingMock, Server]]:
    """A mock with its data, and a server of it."""
    options = {name: getattr(parsed, name) for name in _OPTIONS}
    with served_mock({name: value for name, value in options.items() if value}) as aws:
        try:
            with _kept(aws, parsed.save) as is_restored:
                if parsed.data is not None and not is_restored:
                    seeding = watching.Seeding()
                    seeding.finish(data.load(aws, parsed.data, seeding))
                with aws.serve(parsed.host, parsed.port) as server:
                    yield aws, server
        finally:
            aws._lifecycle.silence()  # the summary has told it


def _kept(aws: TaggingMock, path: Path | None) -> AbstractContextManager[bool]:
    if path is None:
        return nullcontext(False)
    from s3tag_mock.command import saved  # the server starts sooner without

    return saved.kept(aws._entered().world, path)


def _status(aws: TaggingMock) -> int:
    """Print the summary; give 1 for a finding that is to fail, else 0."""
    fails = aws._entered().settings.fail_on
    return int(any(finding.kind in fails for finding in watching.summary(aws)))


def _serve(parsed: argparse.Namespace) -> int:
    ended, before = threading.Event(), dict(os.environ)
    with _on_signals(ended.set, ended.set), _running(parsed) as (aws, server):
        print(f"s3tag-mock is listening at {server.url}", flush=True)
        print(f"# its console: {server.url}/_s3tag_mock/", flush=True)
        print(shell.written(shell.changes(before, server.environment()), "sh"), flush=True)
        watch = watching.Watch(aws, shows_calls=parsed.calls)
        while not ended.wait(0.2):
            watch.look()
        watch.look()
        return _status(aws)


def _run(parsed: argparse.Namespace) -> int:
    import subprocess  # which this command alone needs

    with _running(parsed) as (aws, server):
        try:
            child = subprocess.Popen(parsed.command, env=server.environment())
        except OSError as problem:
            print(f"s3tag-mock: {parsed.command[0]}: {problem.strerror}", file=sys.stderr)
            return _NOT_FOUND
        # Ctrl-C reaches the command by itself; this process waits for it to end.
        with _on_signals(lambda: None, child.terminate):
            status = child.wait()
        found = _status(aws)
        return (128 - status if status < 0 else status) or found


@contextmanager
def _on_signals(interrupted: Callable[[], object], terminated: Callable[[], object]) -> Iterator[None]:
    """Do something else than Python does when this process is interrupted or terminated."""
    handlers = {signal.SIGINT: interrupted, signal.SIGTERM: terminated}
    before = {
        number: signal.signal(number, lambda *signalled, does=does: does())
        for number, does in handlers.items()
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _env(parsed: argparse.Namespace) -> int:
    url = f"http://{parsed.host}:{parsed.port}"
    served = _health(url)
    settings = Settings().changed({"region": served["region"]})
    after = environment.of_child(os.environ, settings, url)
    print(shell.written(shell.changes(os.environ, after), parsed.form))
    return 0


def _health(url: str) -> Mapping[str, Any]:
    import urllib.request  # which this command alone needs

    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{url}/_s3tag_mock/v1/health", timeout=5) as answer:
            found: Mapping[str, Any] = json.loads(answer.read())
        return found
    except (OSError, ValueError) as problem:
        raise Misuse(
            f"No s3tag-mock answers at {url} ({problem}). Start one with `s3tag-mock serve`."
        ) from None
