import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0001_initial'),
        ('base', '0001_initial'),
        ('places', '0002_groups_papers_stations'),
        ('plans', '0002_steps_stay'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('title', models.CharField(max_length=120)),
                ('on', models.DateField()),
                ('begins_at', models.TimeField(null=True)),
                ('place', models.CharField(blank=True, max_length=80)),
                ('chair', models.CharField(blank=True, max_length=40)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('state', models.CharField(choices=[('PLANNED', '待召开'), ('HELD', '已召开'), ('CANCELLED', '已取消')], default='PLANNED', max_length=10)),
                ('heads', models.PositiveIntegerField(null=True)),
                ('minutes', models.TextField(blank=True)),
                ('cancel_reason', models.CharField(blank=True, max_length=120)),
                ('client_key', models.CharField(max_length=36, unique=True)),
                ('held_key', models.CharField(max_length=36, null=True, unique=True)),
                ('planned_at', models.DateTimeField()),
                ('planned_by', models.BigIntegerField(null=True)),
                ('planned_name', models.CharField(blank=True, max_length=40)),
                ('held_at', models.DateTimeField(null=True)),
                ('held_name', models.CharField(blank=True, max_length=40)),
                ('activity', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meeting', to='activities.activity')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.area')),
                ('host', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activities.activitykind')),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'on'], name='plans_meeti_area_id_406ef9_idx'), models.Index(fields=['on', 'id'], name='plans_meeti_on_ef0bbb_idx'), models.Index(fields=['kind', 'on'], name='plans_meeti_kind_id_f40869_idx'), models.Index(condition=models.Q(('state', 'PLANNED')), fields=['on', 'id'], name='meeting_to_come')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('activity__isnull', False), ('state', 'HELD')), models.Q(models.Q(('state', 'HELD'), _negated=True), ('activity', None)), _connector='OR'), name='meeting_held_is_activity')],
            },
        ),
        migrations.CreateModel(
            name='Invitee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('presence', models.CharField(blank=True, choices=[('PRESENT', '出席'), ('DEPUTY', '派人代会'), ('EXCUSED', '请假'), ('ABSENT', '未到')], max_length=10)),
                ('came', models.CharField(blank=True, max_length=40)),
                ('is_extra', models.BooleanField(default=False)),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.post')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitees', to='plans.meeting')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'meeting'], name='plans_invit_unit_id_7e090c_idx')],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'name'), name='invited_once')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=500)),
                ('due_on', models.DateField(null=True)),
                ('client_key', models.CharField(max_length=36, unique=True)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.BigIntegerField(null=True)),
                ('added_name', models.CharField(blank=True, max_length=40)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_reason', models.CharField(blank=True, max_length=120)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
                ('task', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='plans.task')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='plans.meeting')),
            ],
            options={
                'indexes': [models.Index(fields=['meeting', 'id'], name='plans_decis_meeting_13253e_idx'), models.Index(condition=models.Q(('task', None), ('withdrawn_at', None)), fields=['meeting'], name='decision_without_task')],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=120)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agenda', to='plans.meeting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'place'), name='agenda_in_order')],
            },
        ),
        migrations.CreateModel(
            name='MeetingEvidence',
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
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='plans.meeting')),
            ],
            options={
                'indexes': [models.Index(fields=['meeting', 'id'], name='plans_meeti_meeting_5296f0_idx')],
            },
        ),
        migrations.CreateModel(
            name='DecisionHelper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='helpers', to='plans.decision')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('decision', 'unit'), name='decision_helper_once')],
            },
        ),
    ]
