"""Children of multiprocessing's fork server, which has the variables of the time when it was started.

It may have been started before the mock, with the user's own keys. The first thing that its child reads is
what to prepare: there, it gets the variables that the process has which started it, as with fork and spawn.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Final

from s3tag_mock.intercept.activation import ACTIVE


class _Environment:
    """Read in another process, it is that process's environment."""

    def __reduce__(self) -> tuple[Any, ...]:
        # Without a name of this package, which a child may not find yet.
        return exec, (f"import os\nos.environ.clear()\nos.environ.update({dict(os.environ)!r})",)


def _with_variables(original: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def get_preparation_data(*args: Any, **options: Any) -> dict[str, Any]:
        data = original(*args, **options)
        return data if ACTIVE.current is None else {"s3tag_mock": _Environment(), **data}

    return get_preparation_data


OF_IMPORTED: Final = {"multiprocessing.spawn:get_preparation_data": _with_variables}
