"""Goods in stock, and money beside the benefits; by noun."""

from yushui.funds.models.goods import GoodsBalance, GoodsCount, GoodsCountLine, GoodsItem, GoodsMove, GoodsPlace

__all__ = ["GoodsBalance", "GoodsCount", "GoodsCountLine", "GoodsItem", "GoodsMove", "GoodsPlace"]
