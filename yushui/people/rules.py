"""Rules of the register: identity numbers (GB 11643), facts a kind requires. Plain values in, problems out."""

from __future__ import annotations

from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK = "10X98765432"


def check_digit(first17: str) -> str:
    """The eighteenth character of an identity number (GB 11643: weighted sum mod 11)."""
    return CHECK[sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True)) % 11]


def eighteen(number: str) -> str:
    """A fifteen-digit number of old in its eighteen-digit form: 19 is put before the year, the check digit appended."""
    if len(number) == 15 and number.isdigit():
        longer = f"{number[:6]}19{number[6:]}"
        return longer + check_digit(longer)
    return number


def born_on_of(number: str) -> date | None:
    """The birth date inside an eighteen-digit number; None when there is none."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_of(number: str) -> str:
    """M when the seventeenth digit is odd, else F."""
    return "M" if int(number[16]) % 2 else "F"


def problem_of_number(number: str) -> str | None:
    """What is wrong with an eighteen-digit identity number, in a clerk's words; None when it holds."""
    if len(number) != 18:
        return f"身份证号应为 18 位,这里是 {len(number)} 位"
    if not number[:17].isdigit() or number[17] not in "0123456789X":
        return "身份证号只能有数字,最后一位可以是 X"
    if born_on_of(number) is None:
        return "身份证号中的出生日期不存在"
    if check_digit(number[:17]) != number[17]:
        return "身份证号校验位不对,请核对是否抄错"
    return None
