import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Area',
            fields=[
                ('code', models.CharField(max_length=12, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60)),
                ('full_name', models.CharField(max_length=200)),
                ('level', models.PositiveSmallIntegerField(choices=[(0, 'NATION'), (1, 'PROVINCE'), (2, 'CITY'), (3, 'COUNTY'), (4, 'TOWN'), (5, 'VILLAGE')])),
                ('starts_on', models.DateField(null=True)),
                ('ends_on', models.DateField(null=True)),
                ('source', models.CharField(max_length=120)),
                ('successor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='places.area')),
            ],
            options={
                'indexes': [models.Index(fields=['level', 'code'], name='places_area_level_6b5723_idx'), models.Index(fields=['name'], name='places_area_name_fc83be_idx')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[('OFFICE', '双拥办'), ('BUREAU', '退役军人事务局'), ('STATION', '退役军人服务站'), ('LEADING_GROUP', '双拥工作领导小组'), ('MEMBER', '成员单位'), ('GARRISON', '驻军单位'), ('ENTERPRISE', '企业'), ('SCHOOL', '学校'), ('HOSPITAL', '医院'), ('VOLUNTEERS', '志愿服务队')], max_length=20)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('starts_on', models.DateField(null=True)),
                ('ends_on', models.DateField(null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.area')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='places.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area', 'kind', 'name'), name='one_unit_by_name')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=40)),
                ('holder_name', models.CharField(max_length=40)),
                ('user_id', models.BigIntegerField(null=True)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('reason', models.CharField(blank=True, max_length=120)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='places.unit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='post_span_forward')],
            },
        ),
    ]
