import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('base', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80)),
                ('area_code', models.CharField(max_length=12)),
                ('month', models.IntegerField()),
                ('state', models.CharField(choices=[('DRAFT', '草稿'), ('SUBMITTED', '待复核'), ('REVIEWED', '待审批'), ('APPROVED', '待送银行'), ('SENT', '待回单'), ('SETTLED', '已结清'), ('WITHDRAWN', '已作废')], default='DRAFT', max_length=10)),
                ('is_history', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('created_by', models.BigIntegerField()),
                ('origin', models.CharField(blank=True, max_length=200)),
                ('bank_profile', models.CharField(blank=True, max_length=40)),
                ('line_count', models.PositiveIntegerField(default=0)),
                ('total_fen', models.BigIntegerField(default=0)),
                ('bank_file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='base.storedfile')),
            ],
            options={
                'indexes': [models.Index(fields=['area_code', 'month'], name='payments_ba_area_co_7fcd2a_idx')],
            },
        ),
        migrations.CreateModel(
            name='BankReturn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken_at', models.DateTimeField()),
                ('taken_by', models.BigIntegerField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='base.storedfile')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='payments.batch')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('batch', 'file'), name='a_return_is_taken_once')],
            },
        ),
        migrations.CreateModel(
            name='BatchStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was', models.CharField(choices=[('DRAFT', '草稿'), ('SUBMITTED', '待复核'), ('REVIEWED', '待审批'), ('APPROVED', '待送银行'), ('SENT', '待回单'), ('SETTLED', '已结清'), ('WITHDRAWN', '已作废')], max_length=10)),
                ('now', models.CharField(choices=[('DRAFT', '草稿'), ('SUBMITTED', '待复核'), ('REVIEWED', '待审批'), ('APPROVED', '待送银行'), ('SENT', '待回单'), ('SETTLED', '已结清'), ('WITHDRAWN', '已作废')], max_length=10)),
                ('actor_id', models.BigIntegerField()),
                ('actor_name', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='payments.batch')),
            ],
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area_code', models.CharField(max_length=12)),
                ('benefit', models.CharField(max_length=40)),
                ('month', models.IntegerField()),
                ('turn', models.PositiveSmallIntegerField(default=0)),
                ('fen', models.BigIntegerField()),
                ('result', models.CharField(choices=[('WAITING', '待回单'), ('PAID', '已发'), ('FAILED', '退回'), ('WITHDRAWN', '作废')], default='WAITING', max_length=10)),
                ('failed_reason', models.CharField(blank=True, max_length=80)),
                ('is_live', models.BooleanField(default=True)),
                ('settled_on', models.DateField(null=True)),
                ('is_bank_excess', models.BooleanField(default=False)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='people.bankaccount')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payments.batch')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payment_lines', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['batch', 'person'], name='payments_li_batch_i_29e7ad_idx'), models.Index(fields=['month', 'area_code'], name='payments_li_month_485b39_idx'), models.Index(fields=['person', 'month'], name='payments_li_person__1750bc_idx'), models.Index(condition=models.Q(('result', 'FAILED')), fields=['area_code'], name='failed_lines')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_live', True)), fields=('person', 'benefit', 'month', 'turn'), name='paid_once'), models.CheckConstraint(condition=models.Q(('fen__gt', 0)), name='line_is_positive')],
            },
        ),
        migrations.CreateModel(
            name='ReturnRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('reference', models.CharField(blank=True, max_length=40)),
                ('fen', models.BigIntegerField(null=True)),
                ('asked_fen', models.BigIntegerField(null=True)),
                ('outcome', models.CharField(choices=[('PAID', '发放成功'), ('FAILED', '退回'), ('DIFFERS', '金额不符'), ('UNKNOWN', '无法对应'), ('DOUBLE', '重复')], max_length=8)),
                ('reason', models.CharField(blank=True, max_length=120)),
                ('bank_return', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='payments.bankreturn')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('bank_return', 'number'), name='one_class_per_row')],
            },
        ),
        migrations.CreateModel(
            name='Reversal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fen', models.BigIntegerField()),
                ('on', models.DateField()),
                ('reason', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField()),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reversals', to='payments.line')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('fen__gt', 0)), name='reversal_is_positive')],
            },
        ),
    ]
