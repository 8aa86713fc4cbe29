"""Making the bank file of an approved batch. The file is kept by its digest; the batch then waits for the return."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yushui.accounts.models import User
from yushui.audit import services as audit
from yushui.base import files
from yushui.base.days import show_month
from yushui.base.refusals import Problem, Refused
from yushui.payments import selectors
from yushui.payments.models import Batch
from yushui.payments.rules.files import rare_names, write_file
from yushui.payments.services.batches import take_step
from yushui.payments.types import Action, Payee, Profile

MEDIA_TYPE = "application/octet-stream"


@transaction.atomic
def make_bank_file(*, actor: User, batch_id: int, profile_key: str, at: datetime, rare_agreed: bool = False) -> Batch:
    """Write the file of a bank profile, keep it, and take the batch to SENT.

    Raises Refused with one problem per person when a name has characters that the bank's encoding lacks and the officer
    has not agreed to the stand-in, or when a field does not fit; nothing is cut off or dropped in silence.
    """
    profile = selectors.get_profile(profile_key)
    batch = take_step(actor=actor, batch_id=batch_id, action=Action.SEND, log_as="sent", at=at)
    payees = selectors.payees_of(batch)
    need_sums_agree(batch, payees)
    if not rare_agreed:
        need_plain_names(payees, profile)
    content = write_file(
        batch_id=batch.pk, month=batch.month, made_on=timezone.localtime(at).date(), payees=payees, profile=profile
    )
    name = f"代发-{batch.area_code[:6]}-{show_month(batch.month)}-{batch.pk:08d}.{profile.extension}"
    stored = files.store(content=content, name=name, media_type=MEDIA_TYPE, at=at)
    Batch.objects.filter(pk=batch.pk).update(bank_profile=profile.key, bank_file=stored)
    audit.record(
        actor=actor, action="payments.bank_file.made", subject=batch, area_code=batch.area_code, at=at,
        profile=profile.key, digest=stored.digest, payees=len(payees), fen=batch.total_fen,
    )  # fmt: skip
    batch.refresh_from_db()
    return batch


def need_sums_agree(batch: Batch, payees: list[Payee]) -> None:
    """The payees must add up to what was approved, to the fen."""
    if sum(payee.fen for payee in payees) != batch.total_fen:
        raise Refused(Problem("名册合计与审批的合计不符", next_step="请勿付款,把本批编号告诉系统管理员"))


def need_plain_names(payees: list[Payee], profile: Profile) -> None:
    """Every name that the bank's encoding cannot write is listed, with what would stand in the file instead."""
    found = rare_names(payees, profile)
    if found:
        raise Refused(
            *(
                Problem(
                    f"户名中的『{signs}』不在银行文件的字库({profile.encoding.upper()})里",
                    where=payee.name,
                    next_step=f"勾选「生僻字以 {profile.rare_character} 代替」再生成,并先告知银行按账号和流水号付款",
                )
                for payee, signs in found
            )
        )


@transaction.atomic
def take_bank_file(*, actor: User, batch_id: int, at: datetime) -> tuple[bytes, str]:
    """The bytes and the name of the file to carry to the bank; each time is logged, for it holds account numbers."""
    batch = selectors.get_batch(actor=actor, batch_id=batch_id)
    if batch.bank_file is None:
        raise Refused(Problem("本批还没有银行文件", next_step="审批通过后请先生成"))
    audit.record(
        actor=actor, action="payments.bank_file.taken", subject=batch, area_code=batch.area_code, at=at,
        digest=batch.bank_file.digest,
    )  # fmt: skip
    return files.read(batch.bank_file), batch.bank_file.name
