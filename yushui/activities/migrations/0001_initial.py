import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('base', '0001_initial'),
        ('people', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActivityKind',
            fields=[
                ('code', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=40)),
                ('place', models.PositiveSmallIntegerField(default=0)),
                ('area_code', models.CharField(blank=True, default='', max_length=12)),
                ('retired', models.BooleanField(default=False)),
                ('chapter', models.CharField(choices=[('ORGANISATION', '组织领导'), ('EDUCATION', '宣传教育'), ('POLICY', '优抚政策'), ('PLACEMENT', '安置就业'), ('RIGHTS', '维权稳定'), ('VISITS', '走访慰问'), ('JOINT', '军民共建'), ('CONSCRIPTION', '征兵')], max_length=20)),
                ('direction', models.CharField(choices=[('TO_ARMY', '地方→部队'), ('TO_PUBLIC', '部队→地方'), ('JOINT', '共同'), ('LOCAL', '地方自办')], max_length=10)),
                ('measure', models.CharField(blank=True, max_length=10)),
                ('words', models.CharField(blank=True, default='', max_length=120)),
            ],
            options={
                'indexes': [models.Index(fields=['place', 'code'], name='activities__place_f0a2b9_idx')],
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('title', models.CharField(max_length=120)),
                ('place', models.CharField(blank=True, max_length=80)),
                ('heads', models.PositiveIntegerField(null=True)),
                ('amount_fen', models.BigIntegerField(null=True)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('client_key', models.CharField(max_length=36, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField(null=True)),
                ('recorded_name', models.CharField(blank=True, max_length=40)),
                ('changed_at', models.DateTimeField(null=True)),
                ('changed_name', models.CharField(blank=True, default='', max_length=40)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_reason', models.CharField(blank=True, max_length=120)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.area')),
                ('host', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hosted', to='places.unit')),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='activities.activitykind')),
            ],
            options={
                'indexes': [models.Index(fields=['area', 'on'], name='activities__area_id_9dca73_idx'), models.Index(fields=['kind', 'on'], name='activities__kind_id_970f66_idx'), models.Index(fields=['host', 'on'], name='activities__host_id_000350_idx'), models.Index(fields=['on', 'id'], name='activities__on_5efc3f_idx'), models.Index(fields=['recorded_by', 'kind'], name='activities__recorde_c3214a_idx'), models.Index(condition=models.Q(('heads', None)), fields=['on', 'id'], name='activity_without_heads')],
                'constraints': [models.UniqueConstraint(fields=('client_key',), name='one_activity_per_key'), models.CheckConstraint(condition=models.Q(('amount_fen', None), ('amount_fen__gte', 0), _connector='OR'), name='activity_amount_forward'), models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('on')), _connector='OR'), name='activity_span_forward')],
            },
        ),
        migrations.CreateModel(
            name='ActivityMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40)),
                ('value', models.BigIntegerField()),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='activities.activity')),
            ],
            options={
                'indexes': [models.Index(fields=['key', 'activity'], name='activities__key_dd5fa0_idx')],
                'constraints': [models.UniqueConstraint(fields=('activity', 'key'), name='one_value_by_key'), models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='measure_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='ActivityPartner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partners', to='activities.activity')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joined', to='places.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'activity'], name='activities__unit_id_7093b0_idx')],
                'constraints': [models.UniqueConstraint(fields=('activity', 'name'), name='partner_once')],
            },
        ),
        migrations.CreateModel(
            name='ActivityPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('role', models.CharField(choices=[('LEADER', '带队领导'), ('SPEAKER', '主讲'), ('VOLUNTEER', '志愿者')], max_length=10)),
                ('minutes', models.PositiveIntegerField(null=True)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='activities.activity')),
                ('post', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='places.post')),
            ],
            options={
                'indexes': [models.Index(fields=['post', 'activity'], name='activities__post_id_3eb360_idx'), models.Index(fields=['role', 'activity'], name='activities__role_a122eb_idx')],
                'constraints': [models.UniqueConstraint(fields=('activity', 'role', 'name'), name='once_in_a_part')],
            },
        ),
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[('SPRING_FESTIVAL', '春节慰问'), ('ARMY_DAY', '八一慰问'), ('NEW_YEAR', '元旦慰问'), ('MID_AUTUMN', '中秋慰问'), ('QINGMING', '清明走访'), ('MARTYRS_DAY', '烈士纪念日走访'), ('MERIT_FAMILY', '立功受奖官兵家庭走访'), ('BORDER_FAMILY', '边海防官兵家庭走访'), ('FRONT_SUPPORT', '支援前线·关爱亲属'), ('SUMMER_HARVEST', '三夏帮扶'), ('AUTUMN_HARVEST', '三秋帮扶'), ('RETURN', '老兵返乡'), ('BIRTHDAY', '生日祝福'), ('HARDSHIP', '困难专项走访'), ('OTHER', '其他走访')], max_length=20)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('cash_fen', models.BigIntegerField(default=0)),
                ('goods', models.CharField(blank=True, max_length=120)),
                ('rule', models.CharField(max_length=200)),
                ('rule_code', models.CharField(blank=True, max_length=500)),
                ('created_at', models.DateTimeField()),
                ('created_by', models.BigIntegerField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.area')),
            ],
            options={
                'indexes': [models.Index(fields=['starts_on', 'id'], name='activities__starts__fc5672_idx'), models.Index(fields=['area', 'starts_on'], name='activities__area_id_92f6c5_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='campaign_span_forward'), models.CheckConstraint(condition=models.Q(('cash_fen__gte', 0)), name='campaign_cash_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='CampaignTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=80)),
                ('user_id', models.BigIntegerField(null=True)),
                ('user_name', models.CharField(blank=True, max_length=40)),
                ('dropped_reason', models.CharField(blank=True, max_length=80)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.area')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='activities.campaign')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['user_id', 'campaign'], name='activities__user_id_f92a66_idx'), models.Index(fields=['campaign', 'area', 'dropped_reason'], name='activities__campaig_3e201c_idx')],
                'constraints': [models.UniqueConstraint(fields=('campaign', 'person'), name='once_on_a_list')],
            },
        ),
        migrations.CreateModel(
            name='KindMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=20)),
                ('unit', models.CharField(max_length=10)),
                ('decimals', models.PositiveSmallIntegerField(default=0)),
                ('place', models.PositiveSmallIntegerField(default=0)),
                ('retired', models.BooleanField(default=False)),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='activities.activitykind')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='one_measure_by_key'), models.CheckConstraint(condition=models.Q(('decimals__lte', 2)), name='measure_at_most_two_decimals')],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('way', models.CharField(choices=[('HOME', '上门'), ('PHONE', '电话'), ('VIDEO', '视频'), ('ABSENT', '没见到')], max_length=8)),
                ('cash_fen', models.BigIntegerField(default=0)),
                ('goods', models.CharField(blank=True, max_length=120)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('visitor_name', models.CharField(max_length=40)),
                ('client_key', models.CharField(max_length=36)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_reason', models.CharField(blank=True, max_length=120)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.area')),
                ('campaign', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='activities.campaign')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='people.person')),
                ('photo', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='base.storedfile')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'on'], name='activities__person__2d1fb7_idx'), models.Index(fields=['campaign', 'person', 'way', 'withdrawn_at'], name='activities__campaig_43a8f7_idx'), models.Index(fields=['campaign', 'area', 'withdrawn_at', 'cash_fen'], name='activities__campaig_ef266c_idx'), models.Index(fields=['area', 'on'], name='activities__area_id_46528b_idx'), models.Index(fields=['way', 'on'], name='activities__way_3a5dcf_idx'), models.Index(fields=['on', 'id'], name='activities__on_936f10_idx')],
                'constraints': [models.UniqueConstraint(fields=('client_key',), name='one_visit_per_key'), models.CheckConstraint(condition=models.Q(('cash_fen__gte', 0)), name='visit_cash_not_negative'), models.CheckConstraint(condition=models.Q(models.Q(('way', 'ABSENT'), _negated=True), models.Q(('cash_fen', 0), ('goods', '')), _connector='OR'), name='absent_gets_nothing')],
            },
        ),
        migrations.CreateModel(
            name='ActivityEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('link', models.URLField(blank=True, max_length=300)),
                ('title', models.CharField(max_length=120)),
                ('taken_at', models.DateTimeField(null=True)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.BigIntegerField(null=True)),
                ('added_name', models.CharField(blank=True, max_length=40)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='activities.activity')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='base.storedfile')),
            ],
            options={
                'indexes': [models.Index(fields=['activity', 'id'], name='activities__activit_e01e32_idx')],
            },
        ),
    ]
