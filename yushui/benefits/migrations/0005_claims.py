import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('benefits', '0004_write_offs'),
        ('payments', '0002_triggers'),
        ('people', '0003_account_agents'),
        ('policy', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('benefit', models.CharField(max_length=40)),
                ('area_code', models.CharField(max_length=12)),
                ('origin', models.CharField(max_length=60)),
                ('origin_words', models.CharField(max_length=120)),
                ('occurred_on', models.DateField()),
                ('fen', models.BigIntegerField()),
                ('document', models.CharField(max_length=200)),
                ('raised_at', models.DateTimeField()),
                ('raised_by', models.BigIntegerField()),
                ('raised_name', models.CharField(max_length=40)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_reason', models.CharField(blank=True, max_length=120)),
                ('law', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='policy.lawversion')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['area_code', 'id'], name='benefits_cl_area_co_d53515_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('fen__gt', 0)), name='claim_is_positive'), models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('origin', 'benefit'), name='asked_for_once')],
            },
        ),
        migrations.CreateModel(
            name='ClaimFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('value', models.CharField(max_length=160)),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='benefits.claim')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('claim', 'name'), name='fact_once_in_a_claim')],
            },
        ),
        migrations.CreateModel(
            name='ClaimLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='benefits.claim')),
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='claim_line', to='payments.line')),
            ],
        ),
    ]
