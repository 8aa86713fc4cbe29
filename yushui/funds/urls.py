"""Addresses of funds."""

from __future__ import annotations

from django.urls import path

from yushui.funds.views import goods

urlpatterns = [
    path("goods/", goods.list_goods, name="list-goods"),
    path("goods/moves/", goods.list_goods_moves, name="list-goods-moves"),
    path("goods/move-goods/", goods.move_goods, name="move-goods"),
    path("goods/moves/<int:goods_move_id>/reverse/", goods.reverse_goods_move, name="reverse-goods-move"),
    path("goods/places/add/", goods.add_goods_place, name="add-goods-place"),
    path("goods/places/<int:goods_place_id>/count/", goods.count_goods, name="count-goods"),
    path("goods/counts/<int:goods_count_id>/", goods.show_goods_count, name="show-goods-count"),
    path("goods/items/set/", goods.set_goods_item, name="set-goods-item"),
    path("goods/items/<int:goods_item_id>/set/", goods.set_goods_item, name="set-goods-item"),
    path("goods/items/<int:goods_item_id>/retire/", goods.retire_goods_item, name="retire-goods-item"),
]
