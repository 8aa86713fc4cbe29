import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('base', '0001_initial'),
        ('places', '0002_groups_papers_stations'),
    ]

    operations = [
        migrations.CreateModel(
            name='SiteKind',
            fields=[
                ('code', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=40)),
                ('place', models.PositiveSmallIntegerField(default=0)),
                ('area_code', models.CharField(blank=True, default='', max_length=12)),
                ('retired', models.BooleanField(default=False)),
                ('group', models.CharField(choices=[('PUBLIC', '双拥公共场所'), ('SIGN', '军人优先标识'), ('EDUCATION', '教育基地'), ('MEMORIAL', '烈士纪念设施'), ('MEDICAL', '优抚医院、光荣院、医疗优待'), ('OFFER', '拥军优惠门店和企业'), ('TRANSPORT', '交通优待')], max_length=10)),
                ('signed', models.BooleanField(default=False)),
                ('check_months', models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['group', 'place'], name='sites_sitek_group_047c60_idx')],
            },
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('name', models.CharField(max_length=80)),
                ('address', models.CharField(blank=True, max_length=120)),
                ('contact_name', models.CharField(blank=True, max_length=40)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('since', models.DateField(null=True)),
                ('ends_on', models.DateField(null=True)),
                ('end_reason', models.CharField(blank=True, max_length=120)),
                ('offer', models.CharField(blank=True, max_length=200)),
                ('plate', models.CharField(blank=True, max_length=40)),
                ('longitude', models.IntegerField(null=True)),
                ('latitude', models.IntegerField(null=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('client_key', models.CharField(max_length=36, null=True, unique=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField(null=True)),
                ('recorded_name', models.CharField(blank=True, max_length=40)),
                ('area', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='places.area')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sites', to='places.unit')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='sites.sitekind')),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'id'], name='sites_of_area'), models.Index(fields=['kind', 'area', 'id'], name='sites_of_kind'), models.Index(fields=['name', 'id'], name='sites_by_name')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('area', 'kind', 'name'), name='one_site_by_name'), models.CheckConstraint(condition=models.Q(('since', None), ('ends_on', None), ('ends_on__gt', models.F('since')), _connector='OR'), name='site_span_forward'), models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__isnull', False), ('longitude__isnull', False)), _connector='OR'), name='site_point_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='SiteKindNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=20)),
                ('unit', models.CharField(max_length=10)),
                ('monthly', models.BooleanField(default=False)),
                ('place', models.PositiveSmallIntegerField(default=0)),
                ('retired', models.BooleanField(default=False)),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='numbers', to='sites.sitekind')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='one_site_number_by_key')],
            },
        ),
        migrations.CreateModel(
            name='SiteNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40)),
                ('month', models.PositiveIntegerField(default=0)),
                ('value', models.BigIntegerField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_name', models.CharField(blank=True, max_length=40)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='numbers', to='sites.site')),
            ],
            options={
                'indexes': [models.Index(fields=['key', 'month'], name='sites_siten_key_81795a_idx')],
                'constraints': [models.UniqueConstraint(fields=('site', 'key', 'month'), name='one_number_by_month'), models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='site_number_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Boundary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('approver', models.CharField(max_length=80)),
                ('number', models.CharField(max_length=60)),
                ('approved_on', models.DateField()),
                ('shapes', models.PositiveIntegerField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField(null=True)),
                ('recorded_name', models.CharField(blank=True, max_length=40)),
                ('superseded_at', models.DateTimeField(null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.area')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.storedfile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('area',), name='one_boundary_in_force')],
            },
        ),
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('result', models.CharField(choices=[('GOOD', '完好'), ('FOUND', '有问题')], max_length=5)),
                ('checker', models.CharField(max_length=40)),
                ('found', models.CharField(blank=True, max_length=200)),
                ('mended_on', models.DateField(null=True)),
                ('mended_note', models.CharField(blank=True, max_length=120)),
                ('client_key', models.CharField(max_length=36, null=True, unique=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField(null=True)),
                ('recorded_name', models.CharField(blank=True, max_length=40)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='sites.site')),
            ],
            options={
                'indexes': [models.Index(fields=['site', 'on'], name='sites_check_site_id_bec5dd_idx'), models.Index(condition=models.Q(('mended_on', None), ('result', 'FOUND')), fields=['on', 'site'], name='faults_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('result', 'GOOD'), models.Q(('found', ''), _negated=True), _connector='OR'), name='fault_is_described'), models.CheckConstraint(condition=models.Q(('mended_on', None), ('mended_on__gte', models.F('on')), _connector='OR'), name='mended_after_found')],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('number', models.CharField(blank=True, max_length=60)),
                ('offer', models.CharField(max_length=200)),
                ('client_key', models.CharField(max_length=36, null=True, unique=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField(null=True)),
                ('recorded_name', models.CharField(blank=True, max_length=40)),
                ('superseded_at', models.DateTimeField(null=True)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='sites.site')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('superseded_at', None)), fields=['ends_on', 'site'], name='agreements_by_end')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('site',), name='one_agreement_in_force'), models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='agreement_span_forward')],
            },
        ),
        migrations.CreateModel(
            name='SiteEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('link', models.URLField(blank=True, max_length=300)),
                ('title', models.CharField(max_length=120)),
                ('taken_at', models.DateTimeField(null=True)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.BigIntegerField(null=True)),
                ('added_name', models.CharField(blank=True, max_length=40)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.storedfile')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='sites.site')),
            ],
            options={
                'indexes': [models.Index(fields=['site', 'id'], name='sites_sitee_site_id_23be6d_idx')],
            },
        ),
    ]
