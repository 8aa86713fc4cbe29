import django.db.models.deletion
import yushui.base.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0001_initial'),
        ('base', '0001_initial'),
        ('people', '0001_initial'),
        ('places', '0002_groups_papers_stations'),
    ]

    operations = [
        migrations.CreateModel(
            name='PairActivity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='PairContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('way', models.CharField(choices=[('HOME', '上门'), ('MEET', '见面'), ('PHONE', '电话'), ('VIDEO', '视频'), ('LETTER', '书信短信')], max_length=10)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('client_key', models.CharField(max_length=36, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField(null=True)),
                ('recorded_name', models.CharField(blank=True, max_length=40)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='PairEvidence',
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
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PairKind',
            fields=[
                ('code', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=40)),
                ('place', models.PositiveSmallIntegerField(default=0)),
                ('area_code', models.CharField(blank=True, default='', max_length=12)),
                ('retired', models.BooleanField(default=False)),
                ('helper_word', models.CharField(max_length=10)),
                ('helped_word', models.CharField(max_length=10)),
                ('of_register', models.BooleanField(default=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PairRenewal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was_ends_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('note', models.CharField(blank=True, max_length=120)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_name', models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name='PersonPair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('helper_name', models.CharField(max_length=40)),
                ('helper_unit', models.CharField(blank=True, max_length=80)),
                ('helper_phone', yushui.base.fields.SealedField(blank=True)),
                ('helped_name', models.CharField(blank=True, max_length=40)),
                ('helped_unit', models.CharField(blank=True, max_length=80)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('end_reason', models.CharField(blank=True, default='', max_length=120)),
                ('needs', models.CharField(blank=True, max_length=200)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('client_key', models.CharField(max_length=36, unique=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField(null=True)),
                ('recorded_name', models.CharField(blank=True, max_length=40)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.area')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='activities.pairkind')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pairs', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'starts_on'], name='activities__area_id_6d87c1_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='person_pair_span_forward'), models.CheckConstraint(condition=models.Q(models.Q(('helped_name__gt', ''), ('person', None)), models.Q(('helped_name', ''), ('person__isnull', False)), _connector='OR'), name='person_pair_helps_one'), models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('person', 'helper_name'), name='person_pair_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='UnitPair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('unit_name', models.CharField(max_length=80)),
                ('other_name', models.CharField(max_length=80)),
                ('subject', models.CharField(max_length=120)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('end_reason', models.CharField(blank=True, default='', max_length=120)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('client_key', models.CharField(max_length=36, unique=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField(null=True)),
                ('recorded_name', models.CharField(blank=True, max_length=40)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.area')),
                ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pairs_of_other', to='places.unit')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pairs', to='places.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'starts_on'], name='activities__area_id_0924c7_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='pair_term_forward'), models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gt', models.F('starts_on')), _connector='OR'), name='pair_ends_later')],
            },
        ),
        migrations.AddField(
            model_name='activitykind',
            name='wants_evidence',
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(condition=models.Q(('host', None)), fields=['on', 'id'], name='activity_without_host'),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(condition=models.Q(('withdrawn_at', None)), fields=['on', 'kind', 'area'], name='activity_doubles'),
        ),
        migrations.AddIndex(
            model_name='activitypartner',
            index=models.Index(fields=['name', 'activity'], name='activities__name_5d4825_idx'),
        ),
        migrations.AddField(
            model_name='pairactivity',
            name='activity',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pair_links', to='activities.activity'),
        ),
        migrations.AddField(
            model_name='paircontact',
            name='visit',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pair_contacts', to='activities.visit'),
        ),
        migrations.AddField(
            model_name='paircontact',
            name='pair',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='activities.personpair'),
        ),
        migrations.AddField(
            model_name='pairrenewal',
            name='pair',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='renewals', to='activities.unitpair'),
        ),
        migrations.AddField(
            model_name='pairevidence',
            name='pair',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='activities.unitpair'),
        ),
        migrations.AddField(
            model_name='pairactivity',
            name='pair',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='activities.unitpair'),
        ),
        migrations.AddIndex(
            model_name='paircontact',
            index=models.Index(fields=['pair', 'on'], name='activities__pair_id_b40bd5_idx'),
        ),
        migrations.AddConstraint(
            model_name='paircontact',
            constraint=models.UniqueConstraint(fields=('client_key',), name='one_contact_per_key'),
        ),
        migrations.AddConstraint(
            model_name='paircontact',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('pair', 'visit'), name='visit_one_contact_of_pair'),
        ),
        migrations.AddConstraint(
            model_name='pairactivity',
            constraint=models.UniqueConstraint(fields=('pair', 'activity'), name='activity_of_pair_once'),
        ),
    ]
