"""Words that must not be kept here: designations, strength and equipment of troops, and personal numbers in free text.

Garrison units stand under the open name that the county uses in its own papers. The patterns question what looks like
more than that; they do not prove anything, so the refusal says how to write it instead.
"""

from __future__ import annotations

import re
import unicodedata

NUMERAL = "0-9〇零一二三四五六七八九十百"
PATTERNS: tuple[re.Pattern[str], ...] = (
    re.compile(rf"(?<![{NUMERAL}])[{NUMERAL}]{{5}}\s*(部队|分队|支队)"),  # 部队代号: five digits
    re.compile(r"(番号|部队代号)\s*(为|是|:)?\s*[A-Za-z]*[0-9]"),
    re.compile(
        rf"(?<!兵团)第\s*[{NUMERAL}]{{1,4}}\s*"
        r"(集团军|合成旅|机步旅|装甲旅|导弹旅|旅(?![游行客馆店社])|师(?![范生傅专资])|团(?![员队体支委结圆年县市组场]))"
    ),
    re.compile(r"(编制|兵力|实力)\s*(为|是|共|:)?\s*[0-9]+\s*(人|名)"),
    re.compile(r"[0-9]+\s*(辆|架|艘|枚|门)\s*(坦克|装甲车|步战车|战机|歼击机|直升机|导弹|火炮|舰艇|雷达)"),
)
PERSONAL = re.compile(r"(?<![0-9])([0-9]{17}[0-9Xx]|[0-9]{15,19})(?![0-9])")


def looks_classified(text: str) -> bool:
    """Whether a text seems to name a designation (番号、代号), a strength or equipment of troops."""
    plain = unicodedata.normalize("NFKC", text)
    return any(pattern.search(plain) for pattern in PATTERNS)


def holds_personal_number(text: str) -> bool:
    """Whether a text holds an identity number or a bank account: 15 to 19 digits in a row."""
    return PERSONAL.search(unicodedata.normalize("NFKC", text)) is not None
