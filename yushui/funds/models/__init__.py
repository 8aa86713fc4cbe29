"""Goods in stock, and money beside the benefits; by noun."""

from yushui.funds.models.care import Application, ApplicationEvidence, CareProject
from yushui.funds.models.donations import Donation
from yushui.funds.models.goods import GoodsBalance, GoodsCount, GoodsCountLine, GoodsItem, GoodsMove, GoodsPlace
from yushui.funds.models.money import Entry, EntryEvidence, Fund, Overdraft, UseKind

__all__ = [
    "Application",
    "ApplicationEvidence",
    "CareProject",
    "Donation",
    "Entry",
    "EntryEvidence",
    "Fund",
    "GoodsBalance",
    "GoodsCount",
    "GoodsCountLine",
    "GoodsItem",
    "GoodsMove",
    "GoodsPlace",
    "Overdraft",
    "UseKind",
]
