"""Personal numbers at rest: the standards' own vectors, and that nothing opens what was touched."""

from __future__ import annotations

import base64

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.test import override_settings

from yushui.base import cipher
from yushui.base.digest import sm3

NUMBER = "990101195005011234"


def test_sm3_when_the_vectors_of_gb_t_32905() -> None:
    assert sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm3(b"abcd" * 16) == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


def test_sm4_when_the_vector_of_gb_t_32907() -> None:
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    sealer = Cipher(algorithms.SM4(key), modes.ECB()).encryptor()  # noqa: S305  the standard's vector is one block
    assert (sealer.update(key) + sealer.finalize()).hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm4_gcm_when_the_vector_of_rfc_8998() -> None:
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    nonce = bytes.fromhex("00001234567800000000abcd")
    plain = bytes.fromhex(
        "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccddddddddddddddddeeeeeeeeeeeeeeeeffffffffffffffff"
        "eeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa"
    )
    sealer = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    sealer.authenticate_additional_data(bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2"))
    sealed = sealer.update(plain) + sealer.finalize()
    assert sealed.hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15"
        "a56834cbcf98c397b4024a2691233b8d"
    )
    assert sealer.tag.hex() == "83de3541e4c2b58177e065a9bf7b62ec"


def test_decrypt_when_untouched() -> None:
    sealed = cipher.encrypt(NUMBER, "people_person.id_number")
    assert NUMBER not in sealed
    assert cipher.decrypt(sealed, "people_person.id_number") == NUMBER


def test_encrypt_when_twice_looks_different() -> None:
    assert cipher.encrypt(NUMBER, "a.b") != cipher.encrypt(NUMBER, "a.b")


@pytest.mark.parametrize("place", [0, 13, -1])
def test_decrypt_refuses_when_a_byte_was_changed(place: int) -> None:
    head, _, body = cipher.encrypt(NUMBER, "a.b").partition(":")
    raw = bytearray(base64.b64decode(body))
    raw[place] ^= 1
    with pytest.raises(InvalidTag):
        cipher.decrypt(f"{head}:{base64.b64encode(bytes(raw)).decode()}", "a.b")


def test_decrypt_refuses_when_moved_to_another_column() -> None:
    with pytest.raises(InvalidTag):
        cipher.decrypt(cipher.encrypt(NUMBER, "people_person.phone"), "people_person.id_number")


def test_blind_when_same_text_and_purpose_only() -> None:
    assert cipher.blind(NUMBER, "id") == cipher.blind(NUMBER, "id")
    assert len({cipher.blind(NUMBER, "id"), cipher.blind(NUMBER, "account"), cipher.blind(NUMBER[:-1], "id")}) == 3
    assert cipher.blind("", "id") == ""


def test_blind_when_another_house_has_another_key() -> None:
    here = cipher.blind(NUMBER, "id")
    cipher.derived.cache_clear()
    with override_settings(FIELD_KEY="11" * 32):
        there = cipher.blind(NUMBER, "id")
    cipher.derived.cache_clear()
    assert here != there


def test_masks_when_shown() -> None:
    assert cipher.mask_id(NUMBER) == "990101********1234"
    assert cipher.mask_id("12345") == "*****"
    assert cipher.mask_tail("6222021234567890") == "************7890"
    assert cipher.mask_tail("") == ""
