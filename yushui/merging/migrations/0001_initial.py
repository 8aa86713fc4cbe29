import django.db.models.deletion
import yushui.base.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0004_merged_entries'),
    ]

    operations = [
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept_code', models.CharField(max_length=12)),
                ('dropped_code', models.CharField(max_length=12)),
                ('state', models.CharField(choices=[('ASKED', '待确认'), ('DONE', '已并档'), ('REFUSED', '未同意'), ('WITHDRAWN', '已撤回'), ('UNDONE', '已拆回'), ('APART', '不是同一人')], max_length=10)),
                ('reason', models.CharField(max_length=200)),
                ('seen', models.CharField(max_length=64)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.BigIntegerField()),
                ('asked_name', models.CharField(max_length=40)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.BigIntegerField(null=True)),
                ('decided_name', models.CharField(blank=True, max_length=40)),
                ('opinion', models.CharField(blank=True, max_length=120)),
                ('undone_at', models.DateTimeField(null=True)),
                ('undone_by', models.BigIntegerField(null=True)),
                ('undone_name', models.CharField(blank=True, max_length=40)),
                ('undone_reason', models.CharField(blank=True, max_length=200)),
                ('dropped', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'id'], name='merging_mer_state_073b57_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kept', models.F('dropped')), _negated=True), name='merge_of_two'), models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='merge_decided_by_another'), models.UniqueConstraint(condition=models.Q(('state', 'ASKED')), fields=('dropped',), name='dropped_asked_once'), models.UniqueConstraint(condition=models.Q(('state', 'ASKED')), fields=('kept',), name='kept_asked_once')],
            },
        ),
        migrations.CreateModel(
            name='MergeNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=60)),
                ('row_id', models.BigIntegerField()),
                ('column', models.CharField(blank=True, max_length=40)),
                ('was', yushui.base.fields.SealedField(blank=True)),
                ('now', yushui.base.fields.SealedField(blank=True)),
                ('merge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='merging.merge')),
            ],
        ),
        migrations.CreateModel(
            name='MergePick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=20)),
                ('merge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='picks', to='merging.merge')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('merge', 'key'), name='a_fact_picked_once')],
            },
        ),
    ]
