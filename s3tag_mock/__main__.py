"""``python -m s3tag_mock``: the command ``s3tag-mock``."""

from __future__ import annotations

import sys

from s3tag_mock.command.main import main

if __name__ == "__main__":
    sys.exit(main())
