import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('base', '0001_initial'),
        ('places', '0003_changed_units'),
    ]

    operations = [
        migrations.CreateModel(
            name='Box',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fonds', models.CharField(max_length=20)),
                ('catalogue', models.CharField(max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveSmallIntegerField()),
                ('pile', models.CharField(max_length=20)),
                ('title', models.CharField(max_length=80)),
                ('keep', models.CharField(choices=[('PERMANENT', '永久'), ('Y30', '30 年'), ('Y10', '10 年')], max_length=10)),
                ('shelf', models.CharField(blank=True, max_length=40)),
                ('client_key', models.CharField(max_length=36, unique=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField(null=True)),
                ('recorded_name', models.CharField(blank=True, max_length=40)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.area')),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'year', 'id'], name='archive_box_area_id_e26703_idx')],
                'constraints': [models.UniqueConstraint(fields=('area', 'fonds', 'catalogue', 'year', 'number'), name='one_box_by_number')],
            },
        ),
        migrations.CreateModel(
            name='ArchiveExport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=200)),
                ('files', models.PositiveIntegerField()),
                ('area_code', models.CharField(max_length=12)),
                ('state', models.CharField(choices=[('ASKED', '待审批'), ('APPROVED', '已同意'), ('REFUSED', '未同意')], default='ASKED', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.BigIntegerField()),
                ('asked_name', models.CharField(max_length=40)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.BigIntegerField(null=True)),
                ('decided_name', models.CharField(blank=True, max_length=40)),
                ('opinion', models.CharField(blank=True, max_length=120)),
                ('taken_at', models.DateTimeField(null=True)),
                ('packed', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.storedfile')),
                ('box', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exports', to='archive.box')),
            ],
            options={
                'indexes': [models.Index(fields=['area_code', 'asked_at'], name='archive_arc_area_co_708fdc_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('decided_by', models.F('asked_by')), _negated=True), name='archive_asker_is_not_approver')],
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('pile', models.CharField(max_length=20)),
                ('piece_id', models.BigIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('on', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_name', models.CharField(blank=True, max_length=40)),
                ('box', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='archive.box')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.storedfile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('pile', 'piece_id'), name='one_place_by_piece'), models.UniqueConstraint(fields=('box', 'number'), name='one_item_by_number')],
            },
        ),
    ]
