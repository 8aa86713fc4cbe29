"""SM3, the digest of the house: files, law versions, the audit chain."""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes


def sm3(content: bytes) -> str:
    """SM3 digest (GB/T 32905), 64 hex digits."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize().hex()
