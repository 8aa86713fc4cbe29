"""Writing cases. The verbs that other packages call are named here."""

from yushui.cases.services.cases import open_case

__all__ = ["open_case"]
