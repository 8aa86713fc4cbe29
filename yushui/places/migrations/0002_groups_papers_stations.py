import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='GroupMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('reason', models.CharField(blank=True, max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('title', models.CharField(max_length=120)),
                ('issued_on', models.DateField()),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('client_key', models.CharField(max_length=36, unique=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField(null=True)),
                ('recorded_name', models.CharField(blank=True, max_length=40)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_reason', models.CharField(blank=True, max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name='PaperEvidence',
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
            name='PaperKind',
            fields=[
                ('code', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=40)),
                ('place', models.PositiveSmallIntegerField(default=0)),
                ('area_code', models.CharField(blank=True, default='', max_length=12)),
                ('retired', models.BooleanField(default=False)),
                ('inclusion', models.CharField(blank=True, choices=[('AGENDA', '纳入议事日程'), ('PLAN', '纳入发展规划和年度计划'), ('BUDGET', '纳入财政预算'), ('ASSESSMENT', '纳入目标考核'), ('EDUCATION', '纳入全民国防教育')], max_length=12)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PaperProof',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name='PostChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('reason', models.CharField(max_length=120)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('client_key', models.CharField(max_length=36, unique=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField(null=True)),
                ('recorded_name', models.CharField(blank=True, max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name='StationFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(choices=[('BODY', '有机构'), ('POSTS', '有编制'), ('STAFF', '有人员'), ('FUNDS', '有经费'), ('SUPPORT', '有保障')], max_length=10)),
                ('holds', models.BooleanField()),
                ('on', models.DateField()),
                ('note', models.CharField(blank=True, max_length=120)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_name', models.CharField(blank=True, max_length=40)),
                ('superseded_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='UnitDuty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200)),
                ('source', models.CharField(blank=True, max_length=120)),
                ('place', models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name='post',
            name='office',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='unit',
            name='contact_name',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='unit',
            name='end_reason',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='unit',
            name='revision',
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name='unit',
            name='kind',
            field=models.CharField(choices=[('OFFICE', '双拥办'), ('BUREAU', '退役军人事务局'), ('STATION', '退役军人服务站'), ('LEADING_GROUP', '双拥工作领导小组'), ('MEMBER', '成员单位'), ('GARRISON', '驻军单位'), ('GOVERNMENT', '党委政府'), ('COMMUNITY', '村(社区)'), ('FEDERATION', '群团组织'), ('TRANSPORT', '车站码头机场'), ('ENTERPRISE', '企业'), ('SCHOOL', '学校'), ('HOSPITAL', '医院'), ('VOLUNTEERS', '志愿服务队')], max_length=20),
        ),
        migrations.AlterField(
            model_name='unit',
            name='parent',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='places.unit'),
        ),
        migrations.AddIndex(
            model_name='unit',
            index=models.Index(fields=['kind', 'area'], name='places_unit_kind_f27e3f_idx'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='unit_span_forward'),
        ),
        migrations.AddField(
            model_name='groupmember',
            name='group',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='places.unit'),
        ),
        migrations.AddField(
            model_name='groupmember',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='places.unit'),
        ),
        migrations.AddField(
            model_name='paper',
            name='area',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.area'),
        ),
        migrations.AddField(
            model_name='paper',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='places.unit'),
        ),
        migrations.AddField(
            model_name='paperevidence',
            name='paper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='places.paper'),
        ),
        migrations.AddField(
            model_name='paper',
            name='kind',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.paperkind'),
        ),
        migrations.AddField(
            model_name='paperproof',
            name='paper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proofs', to='places.paper'),
        ),
        migrations.AddField(
            model_name='post',
            name='closed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='closed', to='places.postchange'),
        ),
        migrations.AddField(
            model_name='post',
            name='opened_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='opened', to='places.postchange'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['holder_name'], name='places_post_holder__937ada_idx'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['user_id'], name='places_post_user_id_ac4598_idx'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('unit', 'title', 'holder_name'), name='post_held_once_at_a_time'),
        ),
        migrations.AddField(
            model_name='stationfact',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='five', to='places.unit'),
        ),
        migrations.AddField(
            model_name='unitduty',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='places.unit'),
        ),
        migrations.AddConstraint(
            model_name='groupmember',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='member_span_forward'),
        ),
        migrations.AddConstraint(
            model_name='groupmember',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('group', 'unit'), name='member_once_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='paper',
            index=models.Index(fields=['area', 'issued_on'], name='places_pape_area_id_d11b80_idx'),
        ),
        migrations.AddIndex(
            model_name='paper',
            index=models.Index(fields=['issued_on', 'id'], name='places_pape_issued__f65b45_idx'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='paper_span_forward'),
        ),
        migrations.AddIndex(
            model_name='paperproof',
            index=models.Index(fields=['code', 'paper'], name='places_pape_code_ece619_idx'),
        ),
        migrations.AddConstraint(
            model_name='paperproof',
            constraint=models.UniqueConstraint(fields=('paper', 'code'), name='proof_once'),
        ),
        migrations.AddConstraint(
            model_name='stationfact',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('unit', 'key'), name='one_answer_in_force'),
        ),
        migrations.AddConstraint(
            model_name='unitduty',
            constraint=models.UniqueConstraint(fields=('unit', 'place'), name='one_duty_by_place'),
        ),
    ]
