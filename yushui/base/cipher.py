"""Personal numbers at rest: SM4-GCM with a key id, and an HMAC-SM3 blind index for exact search.

The stored text is `1:` + base64(nonce 12 bytes + ciphertext + tag 16 bytes); `1` names the key, so keys can be changed
while old rows are still read. The bound name (table.column) is authenticated: a value copied into another column fails.
"""

from __future__ import annotations

import base64
import os
from functools import cache

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

KEY_ID = "1"


@cache
def derived(purpose: str) -> bytes:
    """A 32-byte key for one purpose, from the field key of this house."""
    mac = hmac.HMAC(bytes.fromhex(settings.FIELD_KEY), hashes.SM3())
    mac.update(purpose.encode())
    return mac.finalize()


def seal(content: bytes, bound_to: str) -> bytes:
    """Seal bytes under a name: nonce 12 bytes + ciphertext + tag 16 bytes."""
    nonce = os.urandom(12)
    sealer = Cipher(algorithms.SM4(derived("sm4")[:16]), modes.GCM(nonce)).encryptor()
    sealer.authenticate_additional_data(bound_to.encode())
    return nonce + sealer.update(content) + sealer.finalize() + sealer.tag


def unseal(sealed: bytes, bound_to: str) -> bytes:
    """Open what seal sealed. Raises InvalidTag when it was changed or stands under another name."""
    opener = Cipher(algorithms.SM4(derived("sm4")[:16]), modes.GCM(sealed[:12], sealed[-16:])).decryptor()
    opener.authenticate_additional_data(bound_to.encode())
    return opener.update(sealed[12:-16]) + opener.finalize()


def encrypt(plain: str, bound_to: str) -> str:
    """Seal a text for one column; an empty text stays empty."""
    return f"{KEY_ID}:{base64.b64encode(seal(plain.encode(), bound_to)).decode()}" if plain else ""


def decrypt(stored: str, bound_to: str) -> str:
    """Open what encrypt sealed; raises InvalidTag like unseal."""
    return unseal(base64.b64decode(stored.split(":", 1)[1]), bound_to).decode() if stored else ""


@cache
def keyed(key: bytes) -> hmac.HMAC:
    """An HMAC-SM3 before its text: copying one costs less than setting its key each time."""
    return hmac.HMAC(key, hashes.SM3())


def blind(plain: str, purpose: str) -> str:
    """Blind index: the same text always gives the same 32 hex digits, and the text cannot be read back."""
    if not plain:
        return ""
    mac = keyed(derived("blind")).copy()
    mac.update(f"{purpose}\0{plain}".encode())
    return mac.finalize()[:16].hex()


def mask_id(number: str) -> str:
    """990101195005011234 → 990101********1234."""
    return f"{number[:6]}{'*' * max(len(number) - 10, 0)}{number[-4:]}" if len(number) > 10 else "*" * len(number)


def mask_name(name: str) -> str:
    """陈大山 as 陈**."""
    return f"{name[:1]}{'*' * max(len(name) - 1, 1)}"


def mask_tail(number: str) -> str:
    """Bank account or phone: only the last four digits stay."""
    return f"{'*' * max(len(number) - 4, 0)}{number[-4:]}"
