"""The tests of the command connect to this machine, too."""

from tests.server.conftest import no_network

__all__ = ["no_network"]
