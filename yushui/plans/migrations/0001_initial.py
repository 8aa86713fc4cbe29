import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('activities', '0001_initial'),
        ('base', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='DutyKind',
            fields=[
                ('code', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=40)),
                ('place', models.PositiveSmallIntegerField(default=0)),
                ('area_code', models.CharField(blank=True, default='', max_length=12)),
                ('retired', models.BooleanField(default=False)),
                ('owes', models.CharField(choices=[('COUNTY', '县(市、区)双拥工作领导小组'), ('TOWN', '每个乡镇(街道)'), ('VILLAGE', '每个村(社区)'), ('MEMBER', '每个成员单位'), ('LEADER', '领导小组每位组长、副组长'), ('GARRISON', '每个驻军单位')], max_length=10)),
                ('rhythm', models.CharField(choices=[('YEAR', '每年'), ('QUARTER', '每季度'), ('MONTH', '每月')], max_length=10)),
                ('times', models.PositiveSmallIntegerField()),
                ('measure', models.CharField(max_length=10)),
                ('by', models.CharField(choices=[('ACTIVITY', '开展活动的次数'), ('AMOUNT', '活动的数量合计(如课时)'), ('PAPER', '制度与文件'), ('CONTACT', '逐人联系走访')], max_length=10)),
                ('reach', models.CharField(choices=[('OWN', '只算本级的'), ('BELOW', '本级和下级的都算')], default='OWN', max_length=6)),
                ('persons', models.CharField(blank=True, choices=[('HARDSHIP', '生活困难的'), ('LONE', '独居的'), ('OVER_80', '八十岁以上的')], default='', max_length=10)),
                ('starts_on', models.DateField(null=True)),
                ('source', models.CharField(max_length=200)),
                ('note', models.CharField(blank=True, default='', max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['area_code', 'owes', 'place'], name='plans_dutyk_area_co_435ae8_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('times__gte', 1)), name='duty_asks_for_something'), models.CheckConstraint(condition=models.Q(models.Q(('by', 'CONTACT'), _negated=True), models.Q(('persons', ''), _negated=True), _connector='OR'), name='contact_names_persons')],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80)),
                ('year', models.PositiveSmallIntegerField()),
                ('note', models.CharField(blank=True, max_length=500)),
                ('client_key', models.CharField(max_length=36)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.BigIntegerField(null=True)),
                ('made_name', models.CharField(blank=True, max_length=40)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.area')),
                ('copied_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.plan')),
            ],
            options={
                'indexes': [models.Index(fields=['year', 'area'], name='plans_plan_year_fa99d4_idx')],
                'constraints': [models.UniqueConstraint(fields=('client_key',), name='one_plan_per_key'), models.UniqueConstraint(fields=('area', 'year', 'title'), name='plan_titled_once')],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('title', models.CharField(max_length=120)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('desk_code', models.CharField(max_length=12)),
                ('starts_on', models.DateField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('anchor', models.CharField(blank=True, choices=[('SPRING_FESTIVAL', '春节'), ('QINGMING', '清明'), ('ARMY_DAY', '八一'), ('MARTYRS_DAY', '烈士纪念日'), ('DEFENCE_DAY', '全民国防教育日'), ('MID_AUTUMN', '中秋')], max_length=20)),
                ('weight', models.CharField(choices=[('ORDINARY', '一般任务'), ('KEY', '重点任务')], default='ORDINARY', max_length=10)),
                ('source', models.CharField(blank=True, max_length=40)),
                ('state', models.CharField(choices=[('OPEN', '未开始'), ('UNDERWAY', '办理中'), ('REPORTED', '已报办结'), ('DONE', '已办结'), ('DROPPED', '已取消')], default='OPEN', max_length=10)),
                ('score', models.PositiveSmallIntegerField(null=True)),
                ('score_words', models.CharField(blank=True, max_length=200)),
                ('closed_on', models.DateField(null=True)),
                ('client_key', models.CharField(max_length=36)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.BigIntegerField(null=True)),
                ('added_name', models.CharField(blank=True, max_length=40)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.area')),
                ('duty', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='plans.dutykind')),
                ('kind', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activities.activitykind')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='places.unit')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='plans.task')),
                ('plan', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='plans.plan')),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'due_on'], name='plans_task_area_id_722cb8_idx'), models.Index(fields=['due_on', 'id'], name='plans_task_due_on_6f3163_idx'), models.Index(condition=models.Q(('closed_on', None)), fields=['due_on', 'id'], name='task_still_open'), models.Index(fields=['owner', 'due_on'], name='plans_task_owner_i_268995_idx'), models.Index(fields=['plan', 'due_on'], name='plans_task_plan_id_0ffa85_idx'), models.Index(fields=['source'], name='plans_task_source_74f227_idx'), models.Index(fields=['kind', 'due_on'], name='plans_task_kind_id_d03fed_idx')],
                'constraints': [models.UniqueConstraint(fields=('client_key',), name='one_task_per_key'), models.CheckConstraint(condition=models.Q(('starts_on', None), ('due_on', None), ('due_on__gte', models.F('starts_on')), _connector='OR'), name='task_span_forward'), models.CheckConstraint(condition=models.Q(('score', None), ('score__range', (1, 5)), _connector='OR'), name='task_score_1_to_5'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('state__in', ('DONE', 'DROPPED'))), models.Q(('closed_on', None), ('state__in', ('OPEN', 'UNDERWAY', 'REPORTED'))), _connector='OR'), name='task_closed_has_day')],
            },
        ),
        migrations.CreateModel(
            name='TaskEvidence',
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
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='plans.task')),
            ],
            options={
                'indexes': [models.Index(fields=['task', 'id'], name='plans_taske_task_id_d8d164_idx')],
            },
        ),
        migrations.CreateModel(
            name='TaskHelper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='helpers', to='plans.task')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'task'], name='plans_taskh_unit_id_2d7894_idx')],
                'constraints': [models.UniqueConstraint(fields=('task', 'unit'), name='helper_once')],
            },
        ),
        migrations.CreateModel(
            name='TaskStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('ADDED', '下达'), ('NOTED', '报进展'), ('REPORTED', '报办结'), ('ACCEPTED', '评价办结'), ('SENT_BACK', '退回再办'), ('MOVED', '调整时限'), ('CHANGED', '修改任务'), ('SPLIT', '分解'), ('DROPPED', '取消')], max_length=10)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('was_due', models.DateField(null=True)),
                ('now_due', models.DateField(null=True)),
                ('at', models.DateTimeField()),
                ('by', models.BigIntegerField(null=True)),
                ('by_name', models.CharField(blank=True, max_length=40)),
                ('unit_name', models.CharField(blank=True, max_length=80)),
                ('client_key', models.CharField(max_length=36, null=True)),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='plans.task')),
            ],
            options={
                'indexes': [models.Index(fields=['task', 'id'], name='plans_tasks_task_id_8ddd82_idx')],
                'constraints': [models.UniqueConstraint(fields=('client_key',), name='one_step_per_key')],
            },
        ),
        migrations.CreateModel(
            name='DutyActivity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='activities.activitykind')),
                ('duty', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fulfilled_by', to='plans.dutykind')),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'duty'], name='plans_dutya_kind_id_95dd6d_idx')],
                'constraints': [models.UniqueConstraint(fields=('duty', 'kind'), name='kind_once_for_duty')],
            },
        ),
    ]
