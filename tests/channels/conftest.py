"""What may every test of what leaves the house ask for?"""

from tests.support.listener import made, server

__all__ = ["made", "server"]
