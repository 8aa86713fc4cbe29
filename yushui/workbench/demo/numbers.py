"""Invented numbers with valid check digits."""

from __future__ import annotations

from collections import Counter
from datetime import date

from yushui.people.rules import check_digit


class Numbers:
    """Hands out identity, phone and bank numbers, each once."""

    def __init__(self) -> None:
        self.of_day: Counter[tuple[date, str]] = Counter()
        self.phones = 0
        self.accounts = 0

    def identity(self, born_on: date, sex: str) -> str:
        """Eighteen characters under 9901: place, birth date, serial (odd for men), check digit (GB 11643)."""
        turn = self.of_day[born_on, sex]
        self.of_day[born_on, sex] += 1
        spread = (turn * 187 + born_on.toordinal() * 263) % 500  # 187 shares no factor with 500: no serial comes twice
        serial = spread * 2 + (1 if sex == "M" else 0)
        first = f"9901{turn // 500 + 1:02d}{born_on:%Y%m%d}{serial:03d}"
        return first + check_digit(first)

    def phone(self) -> str:
        """Eleven digits that begin with 120: no carrier has them."""
        self.phones += 1
        return f"120{self.phones * 7919 % 100_000_000:08d}"

    def account(self) -> str:
        """Nineteen digits under 629999 with a Luhn digit."""
        self.accounts += 1
        first = f"629999{self.accounts * 48_271 % 10**12:012d}"
        return first + luhn_digit(first)


def luhn_digit(first: str) -> str:
    """The last digit of a bank card number (ISO/IEC 7812-1)."""
    total = 0
    for place, char in enumerate(reversed(first)):
        digit = int(char) * (2 if place % 2 == 0 else 1)
        total += digit - 9 if digit > 9 else digit
    return str(-total % 10)
