"""What was typed of rewards goes into the note of its 喜报: from now on payments are lines of a batch."""

from django.db import migrations


def keep_words(apps, editor):
    """Amount, day and voucher as words."""
    model = apps.get_model("honours", "GoodNews")
    for row in model.objects.exclude(reward_fen=None).iterator():
        paid = f",{row.reward_paid_on} 发放 {row.reward_note}".rstrip() if row.reward_paid_on else ",当时未发放"
        words = f"原登记奖励金 {row.reward_fen // 100}.{row.reward_fen % 100:02d} 元{paid}"
        row.note = f"{row.note};{words}".strip(";")[:300]
        row.save(update_fields=["note"])


class Migration(migrations.Migration):
    dependencies = [("honours", "0001_initial")]

    operations = [migrations.RunPython(keep_words, migrations.RunPython.noop)]
