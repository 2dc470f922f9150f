"""Models that are read once in a process: the loaders that give them, and what is made of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import boto3
import botocore.session
import pytest
from botocore.loaders import Loader

from s3tag_mock import mock_tagging
from s3tag_mock.intercept.cache.models import _sharing


def test_loaders_inside_have_what_loaders_have() -> None:
    with mock_tagging():
        loader: Any = boto3.Session()._loader  # type: ignore[attr-defined]
        assert isinstance(loader, Loader)
        with pytest.raises(AttributeError, match="nothing"):
            _ = loader.nothing


def test_what_is_shared_does_not_grow_without_end() -> None:
    made: dict[Any, Any] = {}
    shared = _sharing(lambda name: object(), made)
    assert shared("same") is shared("same")
    for number in range(62):
        shared(str(number))
    same = shared("same")
    shared("the last")
    assert shared("same") is same
    shared("one more")
    assert len(made) == 1


def test_clients_share_what_was_worked_out_once() -> None:
    with mock_tagging():
        first, second = (boto3.client("s3", region_name="us-east-1") for _ in range(2))
        assert type(first).put_object is type(second).put_object
        names: list[Any] = [client.meta.events._alias_name_cache for client in (first, second)]  # type: ignore[attr-defined]
        assert names[0] is names[1]


def test_what_is_added_to_a_clients_class_is_that_clients_alone() -> None:
    def add(class_attributes: dict[str, Any], **kwargs: Any) -> None:
        class_attributes["shout"] = lambda self: "!"

    with mock_tagging():
        session = boto3.Session(region_name="us-east-1")
        session.events.register("creating-client-class.s3", add)
        assert session.client("s3").shout() == "!"  # type: ignore[attr-defined]
        assert not hasattr(boto3.client("s3", region_name="us-east-1"), "shout")


@pytest.mark.parametrize("order", [(True, False), (False, True)])
def test_sessions_with_models_of_their_own_share_none_with_others(
    tmp_path: Path, order: tuple[bool, ...]
) -> None:
    model = tmp_path / "ours" / "2026-01-01" / "service-2.json"
    model.parent.mkdir(parents=True)
    model.write_text("{}", encoding="utf-8")
    with mock_tagging():
        for knows_ours in order:
            session = botocore.session.Session()
            if knows_ours:
                session.set_config_variable("data_path", str(tmp_path))
            assert ("ours" in session.get_available_services()) is knows_ours
