"""Invented names of people."""

from __future__ import annotations

from random import Random

# Common surnames with rough weights, so that lists look like a county's.
SURNAMES = {
    "王": 72, "李": 71, "张": 68, "刘": 54, "陈": 50, "杨": 31, "黄": 25, "赵": 23, "吴": 22, "周": 21,
    "徐": 17, "孙": 16, "马": 14, "朱": 13, "胡": 13, "郭": 12, "何": 12, "林": 12, "高": 10, "罗": 10,
    "郑": 9, "梁": 9, "谢": 8, "宋": 8, "唐": 8, "许": 7, "韩": 7, "冯": 7, "邓": 7, "曹": 6,
    "彭": 6, "曾": 6, "肖": 6, "田": 5, "董": 5, "潘": 5, "袁": 5, "蔡": 5, "蒋": 5, "余": 5,
    "于": 5, "杜": 5, "叶": 5, "程": 5, "魏": 5, "苏": 5, "吕": 4, "丁": 4, "任": 4, "卢": 4,
    "姚": 4, "沈": 4, "钟": 4, "姜": 4, "崔": 4, "谭": 4, "陆": 4, "范": 4, "汪": 4, "廖": 3,
    "石": 3, "金": 3, "韦": 3, "贾": 3, "夏": 3, "付": 3, "方": 3, "邹": 3, "熊": 3, "白": 3,
    "孟": 3, "秦": 3, "邱": 3, "侯": 3, "江": 3, "尹": 3,
}  # fmt: skip
OLD_MEN = "国建德文志福贵荣金树长永发根明正光春山林生才祥海宝家兴全富庭良云华卫兵军民东"
YOUNG_MEN = "浩宇泽轩俊杰子豪宏博天翔鹏飞峰磊涛斌超凯伟强勇刚亮辉志远思源铭晨阳睿"
OLD_WOMEN = "秀英桂兰玉珍凤琴淑华素梅月娥春莲翠芳菊香腊招银彩云"
YOUNG_WOMEN = "婷雪丽娟敏静艳娜倩慧颖佳怡欣悦梦瑶琳蕾薇洁萍红燕玲"
GIVEN = {("M", True): OLD_MEN, ("M", False): YOUNG_MEN, ("F", True): OLD_WOMEN, ("F", False): YOUNG_WOMEN}
SURNAME_LIST = list(SURNAMES)
SURNAME_WEIGHTS = list(SURNAMES.values())


def invent_name(rng: Random, sex: str, birth_year: int) -> str:
    """A name that fits the sex and the years in which it was given; one in eight has two characters."""
    surname = rng.choices(SURNAME_LIST, SURNAME_WEIGHTS)[0]
    letters = GIVEN[sex, birth_year < 1978]
    given = rng.choice(letters)
    if rng.random() > 0.125:
        second = rng.choice(letters)
        given += second if second != given else rng.choice("平安")
    return surname + given
