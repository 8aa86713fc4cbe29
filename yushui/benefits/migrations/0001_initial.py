import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('payments', '0002_triggers'),
        ('people', '0001_initial'),
        ('policy', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LocalValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area_code', models.CharField(max_length=12)),
                ('name', models.CharField(max_length=40)),
                ('year', models.PositiveSmallIntegerField()),
                ('fen', models.BigIntegerField()),
                ('document', models.CharField(max_length=120)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField()),
                ('superseded_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('area_code', 'name', 'year'), name='one_value_a_year')],
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area_code', models.CharField(max_length=12)),
                ('month', models.IntegerField()),
                ('first_open_month', models.IntegerField()),
                ('known_at', models.DateTimeField()),
                ('inputs_digest', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField()),
                ('created_by', models.BigIntegerField()),
                ('is_abandoned', models.BooleanField(default=False)),
                ('batch', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='run', to='payments.batch')),
                ('law', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='policy.lawversion')),
            ],
            options={
                'indexes': [models.Index(fields=['area_code', 'month', 'id'], name='benefits_ru_area_co_1a0bbc_idx')],
            },
        ),
        migrations.CreateModel(
            name='Recovery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area_code', models.CharField(max_length=12)),
                ('benefit', models.CharField(max_length=40)),
                ('first_month', models.IntegerField()),
                ('end_month', models.IntegerField()),
                ('fen', models.BigIntegerField()),
                ('recovered_fen', models.BigIntegerField(default=0)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_reason', models.CharField(blank=True, max_length=200)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.person')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='benefits.run')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('person', 'benefit'), name='one_open_recovery')],
            },
        ),
        migrations.CreateModel(
            name='RunLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area_code', models.CharField(max_length=12)),
                ('status_lineage', models.BigIntegerField(null=True)),
                ('benefit', models.CharField(max_length=40)),
                ('month', models.IntegerField()),
                ('due_fen', models.BigIntegerField()),
                ('paid_fen', models.BigIntegerField()),
                ('turn', models.PositiveSmallIntegerField(default=0)),
                ('cause', models.CharField(choices=[('CURRENT', '本月'), ('ARREARS', '补发'), ('OVERPAID', '多发'), ('SETTLED', '已发足')], max_length=10)),
                ('rate', models.CharField(blank=True, max_length=160)),
                ('last_fen', models.BigIntegerField(default=0)),
                ('change', models.CharField(blank=True, choices=[('NEW', '新增'), ('STOPPED', '停发'), ('CHANGED', '变动'), ('SAME', '不变')], max_length=8)),
                ('reason', models.CharField(blank=True, max_length=120)),
                ('held', models.CharField(blank=True, max_length=200)),
                ('noted', models.CharField(blank=True, max_length=200)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='people.bankaccount')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.person')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='benefits.run')),
            ],
            options={
                'indexes': [models.Index(fields=['run', 'cause'], name='benefits_ru_run_id_183fd3_idx'), models.Index(fields=['run', 'area_code', 'person'], name='benefits_ru_run_id_db633e_idx')],
                'constraints': [models.UniqueConstraint(fields=('run', 'person', 'benefit', 'month'), name='one_line_a_month')],
            },
        ),
        migrations.CreateModel(
            name='RunQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area_code', models.CharField(max_length=12)),
                ('benefit', models.CharField(max_length=40)),
                ('ask', models.CharField(max_length=80)),
                ('first_month', models.IntegerField()),
                ('end_month', models.IntegerField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.person')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='benefits.run')),
            ],
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=120)),
                ('held_at', models.DateTimeField()),
                ('held_by', models.BigIntegerField()),
                ('released_at', models.DateTimeField(null=True)),
                ('released_by', models.BigIntegerField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('released_at', None)), fields=('person',), name='one_hold_at_a_time')],
            },
        ),
    ]
