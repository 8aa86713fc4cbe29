import django.db.models.deletion
import yushui.base.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('base', '0001_initial'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ExportRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('query', yushui.base.fields.SealedField(verbose_name='查询条件')),
                ('purpose', models.CharField(max_length=200, verbose_name='用途')),
                ('rows', models.PositiveIntegerField(verbose_name='人数')),
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
            ],
            options={
                'indexes': [models.Index(fields=['state', 'area_code'], name='people_expo_state_563f49_idx'), models.Index(fields=['asked_by', 'asked_at'], name='people_expo_asked_b_ad8528_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('decided_by', models.F('asked_by')), _negated=True), name='asker_is_not_approver')],
            },
        ),
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('head_name', models.CharField(max_length=40)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='places.area')),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='姓名')),
                ('name_key', models.CharField(blank=True, max_length=20)),
                ('sex', models.CharField(choices=[('M', '男'), ('F', '女')], max_length=1, verbose_name='性别')),
                ('born_on', models.DateField(verbose_name='出生日期')),
                ('died_on', models.DateField(null=True, verbose_name='去世日期')),
                ('ethnicity', models.CharField(blank=True, max_length=20, verbose_name='民族')),
                ('id_number', yushui.base.fields.SealedField(verbose_name='身份证号')),
                ('id_index', models.CharField(max_length=32)),
                ('id_tail_index', models.CharField(blank=True, max_length=32)),
                ('phone', yushui.base.fields.SealedField(blank=True, verbose_name='联系电话')),
                ('phone_index', models.CharField(blank=True, max_length=32)),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='户籍地址')),
                ('living_address', models.CharField(blank=True, max_length=200, verbose_name='居住地址')),
                ('relation_to_head', models.CharField(blank=True, max_length=20, verbose_name='与户主关系')),
                ('household_kind', models.CharField(blank=True, choices=[('RURAL', '农村'), ('URBAN', '城镇')], max_length=5, verbose_name='户籍类别')),
                ('marriage', models.CharField(blank=True, max_length=10, verbose_name='婚姻状况')),
                ('schooling', models.CharField(blank=True, max_length=20, verbose_name='文化程度')),
                ('health', models.CharField(blank=True, max_length=20, verbose_name='健康状况')),
                ('political_status', models.CharField(blank=True, max_length=20, verbose_name='政治面貌')),
                ('employment', models.CharField(blank=True, max_length=20, verbose_name='就业状况')),
                ('employer', models.CharField(blank=True, max_length=80, verbose_name='工作单位')),
                ('medical_scheme', models.CharField(blank=True, max_length=20, verbose_name='医疗保障方式')),
                ('pension_scheme', models.CharField(blank=True, max_length=20, verbose_name='养老保障方式')),
                ('support_kind', models.CharField(blank=True, max_length=20, verbose_name='供养方式')),
                ('work_ability', models.CharField(blank=True, max_length=10, verbose_name='劳动能力')),
                ('self_care', models.CharField(blank=True, max_length=10, verbose_name='生活能力')),
                ('is_lone_elder', models.BooleanField(default=False, verbose_name='孤老')),
                ('has_mental_illness', models.BooleanField(default=False, verbose_name='精神病')),
                ('archive_box', models.CharField(blank=True, max_length=40, verbose_name='档案盒号')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='备注')),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('area', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='registered', to='places.area', verbose_name='户籍村(社区)')),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='people.household')),
                ('photo', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='base.storedfile')),
            ],
        ),
        migrations.CreateModel(
            name='Hardship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('LIVING', '生活困难'), ('HOUSING', '住房困难'), ('MEDICAL', '医疗困难'), ('LOW_INCOME', '低保'), ('ALONE', '独居'), ('OTHER', '其他')], max_length=12)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hardships', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='BankAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bank', models.CharField(max_length=60, verbose_name='开户银行')),
                ('holder_name', models.CharField(max_length=40, verbose_name='开户名称')),
                ('holder_reason', models.CharField(blank=True, db_default='', default='', max_length=120, verbose_name='户名不同的原因')),
                ('number', yushui.base.fields.SealedField(verbose_name='银行账号')),
                ('number_index', models.CharField(max_length=32)),
                ('is_confirmed', models.BooleanField(default=True, verbose_name='已核对')),
                ('problem', models.CharField(blank=True, max_length=80, verbose_name='问题')),
                ('source', models.CharField(blank=True, max_length=80)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField(null=True)),
                ('superseded_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='PersonEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('DIED', '去世'), ('MOVED_IN', '迁入'), ('MOVED_OUT', '迁出'), ('SENTENCED', '判处刑罚'), ('RELEASED', '服刑期满'), ('CONFIRMED', '年度确认'), ('UNCONFIRMED_NOTICE', '未确认公告'), ('CANCELLED', '取消资格')], max_length=20)),
                ('on', models.DateField()),
                ('detail', models.CharField(blank=True, max_length=40)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('source', models.CharField(blank=True, max_length=80)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField(null=True)),
                ('superseded_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='ResponsibleContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user_id', models.BigIntegerField()),
                ('user_name', models.CharField(max_length=40)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='Status',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lineage', models.BigIntegerField()),
                ('kind', models.CharField(max_length=40, verbose_name='身份类别')),
                ('state', models.CharField(choices=[('APPLIED', '受理'), ('RECEIVING', '享受待遇'), ('RECOGNISED', '身份认定不享受待遇'), ('STOPPED', '停发'), ('MOVED', '迁移'), ('REFUSED', '不予认定'), ('DIED', '去世'), ('CANCELLED', '取消'), ('SUSPENDED', '中止')], default='RECEIVING', max_length=12, verbose_name='状态')),
                ('starts_on', models.DateField(verbose_name='开始日期')),
                ('ends_on', models.DateField(null=True, verbose_name='结束日期')),
                ('approved_on', models.DateField(null=True, verbose_name='批准日期')),
                ('grade', models.PositiveSmallIntegerField(null=True, verbose_name='伤残等级')),
                ('cause', models.CharField(blank=True, choices=[('WAR', '因战'), ('DUTY', '因公'), ('ILLNESS', '因病')], max_length=8, verbose_name='伤残性质')),
                ('period', models.CharField(blank=True, choices=[('ANTI_JAPANESE', '抗日战争时期'), ('LIBERATION', '解放战争时期'), ('AFTER_1949', '建国后')], max_length=16, verbose_name='属于时期')),
                ('campaign', models.CharField(blank=True, max_length=40, verbose_name='参战(参试)类别')),
                ('relation', models.CharField(blank=True, choices=[('PARENT', '父母(抚养人)'), ('SPOUSE', '配偶'), ('CHILD', '子女'), ('SIBLING', '兄弟姐妹')], max_length=8, verbose_name='与牺牲病故军人关系')),
                ('household_kind', models.CharField(blank=True, choices=[('RURAL', '农村'), ('URBAN', '城镇')], max_length=5, verbose_name='城乡')),
                ('service_starts_on', models.DateField(null=True, verbose_name='服义务兵役开始')),
                ('service_ends_on', models.DateField(null=True, verbose_name='服义务兵役结束')),
                ('place_of_service', models.CharField(blank=True, choices=[('INLAND', '内地'), ('TIBET', '西藏'), ('XINJIANG', '新疆'), ('PLATEAU', '高原'), ('HARDSHIP_1', '一类艰苦边远'), ('HARDSHIP_2', '二类艰苦边远'), ('HARDSHIP_3', '三类艰苦边远'), ('HARDSHIP_4', '四类艰苦边远'), ('HARDSHIP_5', '五类艰苦边远'), ('HARDSHIP_6', '六类艰苦边远'), ('ISLAND_1', '特类海岛'), ('ISLAND_2', '一类海岛'), ('ISLAND_3', '二类海岛'), ('ISLAND_4', '三类海岛')], max_length=12, verbose_name='服役地区')),
                ('education', models.CharField(blank=True, choices=[('NONE', '高中及以下'), ('IN_SCHOOL', '在校生'), ('COLLEGE', '大专'), ('BACHELOR', '本科及以上')], max_length=10, verbose_name='入伍时学历')),
                ('merit', models.CharField(blank=True, max_length=14, verbose_name='立功受奖')),
                ('discharge_kind', models.CharField(blank=True, max_length=20, verbose_name='安置方式')),
                ('certificate_number', models.CharField(blank=True, max_length=40, verbose_name='证书编号')),
                ('martyr_name', models.CharField(blank=True, max_length=40, verbose_name='牺牲病故军人姓名')),
                ('draws_pension', models.BooleanField(null=True, verbose_name='领取职工养老金或退休金')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='备注')),
                ('source', models.CharField(blank=True, max_length=80, verbose_name='来源')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.BigIntegerField(null=True)),
                ('superseded_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='statuses', to='people.person')),
            ],
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['area', 'id', 'born_on', 'died_on'], name='people_of_area'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('phone_index', '')), fields=['area', 'id'], name='people_without_phone'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['name', 'id'], name='people_by_name', opclasses=['varchar_pattern_ops', 'int8_ops']),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['name_key', 'id'], name='people_by_key', opclasses=['varchar_pattern_ops', 'int8_ops']),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['id_tail_index'], name='people_pers_id_tail_63a3e3_idx'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['phone_index'], name='people_pers_phone_i_ad7784_idx'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['born_on'], name='people_pers_born_on_b81616_idx'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(fields=('id_index',), name='one_person_per_number'),
        ),
        migrations.AddIndex(
            model_name='bankaccount',
            index=models.Index(fields=['number_index'], name='people_bank_number__8a6f43_idx'),
        ),
        migrations.AddConstraint(
            model_name='bankaccount',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('person',), name='one_account_in_use'),
        ),
        migrations.AddIndex(
            model_name='personevent',
            index=models.Index(fields=['person', 'what'], name='people_pers_person__edcfce_idx'),
        ),
        migrations.AddIndex(
            model_name='personevent',
            index=models.Index(fields=['what', 'on'], name='people_pers_what_5a5e85_idx'),
        ),
        migrations.AddIndex(
            model_name='responsiblecontact',
            index=models.Index(fields=['user_id', 'ends_on'], name='people_resp_user_id_307e65_idx'),
        ),
        migrations.AddConstraint(
            model_name='responsiblecontact',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('person',), name='one_contact_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='status',
            index=models.Index(fields=['person', 'kind'], name='people_stat_person__aa1a2d_idx'),
        ),
        migrations.AddIndex(
            model_name='status',
            index=models.Index(condition=models.Q(('superseded_at', None)), fields=['kind', 'state', 'person'], name='present_by_kind'),
        ),
        migrations.AddIndex(
            model_name='status',
            index=models.Index(condition=models.Q(('superseded_at', None)), fields=['state', 'person'], name='present_by_state'),
        ),
        migrations.AddIndex(
            model_name='status',
            index=models.Index(fields=['recorded_at'], name='people_stat_recorde_72c35c_idx'),
        ),
        migrations.AddConstraint(
            model_name='status',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='status_span_forward'),
        ),
        migrations.AddConstraint(
            model_name='status',
            constraint=models.CheckConstraint(condition=models.Q(('grade', None), ('grade__range', (1, 10)), _connector='OR'), name='grade_one_to_ten'),
        ),
        migrations.AddConstraint(
            model_name='status',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('lineage',), name='one_present_version'),
        ),
    ]
