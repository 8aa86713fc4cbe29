"""The register. Columns and constraints only; verbs are in services, what a kind requires is in types."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yushui.base.fields import SealedField
from yushui.base.kinds import Kind
from yushui.base.models import StoredFile
from yushui.people import types
from yushui.places.models import Area


class Household(models.Model):
    """A household (户): one plaque, one card, several members."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT)
    head_name = models.CharField(max_length=40)
    address = models.CharField(max_length=200, blank=True)


class InForce(models.Manager["Person"]):
    """The persons of the register, without entries that were merged into another (并档): every list, count and choice
    reads through it, so none of them can forget."""

    def get_queryset(self) -> models.QuerySet[Person]:
        return super().get_queryset().filter(merged_into=None)


class Person(models.Model):
    """One human being, entered once. Personal numbers are sealed; `*_index` are blind indexes for exact search.

    An entry made twice stays as a row that names the kept one (`merged_into`, never a merged one itself). `objects`
    passes over it; `every` is for what money and the past still say of it.
    """

    name = models.CharField("姓名", max_length=40)
    name_key = models.CharField(max_length=20, blank=True)  # pinyin initials, e.g. zsf
    sex = models.CharField("性别", max_length=1, choices=list(types.SEX_NAMES.items()))
    born_on = models.DateField("出生日期")
    died_on = models.DateField("去世日期", null=True)  # as of now; what was known when is in PersonEvent
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    id_number = SealedField("身份证号")
    id_index = models.CharField(max_length=32)
    id_tail_index = models.CharField(max_length=32, blank=True)  # blind index of the last four characters
    phone = SealedField("联系电话", blank=True)
    phone_index = models.CharField(max_length=32, blank=True)
    area = models.ForeignKey(
        Area, verbose_name="户籍村(社区)", on_delete=models.PROTECT, related_name="registered", db_index=False
    )
    address = models.CharField("户籍地址", max_length=200, blank=True)
    living_address = models.CharField("居住地址", max_length=200, blank=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="members")
    relation_to_head = models.CharField("与户主关系", max_length=20, blank=True)
    household_kind = models.CharField("户籍类别", max_length=5, blank=True, choices=list(types.HOUSEHOLD_NAMES.items()))
    marriage = models.CharField("婚姻状况", max_length=10, blank=True)
    schooling = models.CharField("文化程度", max_length=20, blank=True)
    health = models.CharField("健康状况", max_length=20, blank=True)
    political_status = models.CharField("政治面貌", max_length=20, blank=True)
    employment = models.CharField("就业状况", max_length=20, blank=True)
    employer = models.CharField("工作单位", max_length=80, blank=True)
    medical_scheme = models.CharField("医疗保障方式", max_length=20, blank=True)
    pension_scheme = models.CharField("养老保障方式", max_length=20, blank=True)
    support_kind = models.CharField("供养方式", max_length=20, blank=True)
    work_ability = models.CharField("劳动能力", max_length=10, blank=True)
    self_care = models.CharField("生活能力", max_length=10, blank=True)
    is_lone_elder = models.BooleanField("孤老", default=False)
    has_mental_illness = models.BooleanField("精神病", default=False)
    archive_box = models.CharField("档案盒号", max_length=40, blank=True)
    photo = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True)
    note = models.CharField("备注", max_length=500, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    merged_at = models.DateTimeField(null=True)

    objects = InForce()
    every = models.Manager["Person"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id_index"], name="one_person_per_number"),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="not_merged_into_itself"),
        ]
        indexes = [
            # Carries the columns that lists filter by, so a county is searched without reading its wide rows.
            models.Index(fields=["area", "id", "born_on", "died_on", "merged_into"], name="people_of_area"),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="people_merged"),
            models.Index(fields=["area", "id"], condition=Q(phone_index=""), name="people_without_phone"),
            # The operator classes serve LIKE 'x%' on PostgreSQL; SQLite walks a range and ignores them.
            models.Index(fields=["name", "id"], opclasses=["varchar_pattern_ops", "int8_ops"], name="people_by_name"),
            models.Index(
                fields=["name_key", "id"], opclasses=["varchar_pattern_ops", "int8_ops"], name="people_by_key"
            ),
            models.Index(fields=["id_tail_index"]),
            models.Index(fields=["phone_index"]),
            models.Index(fields=["born_on"]),
        ]


class Status(models.Model):
    """One status (身份) of a person, as known from `recorded_at` to `superseded_at` (two clocks, docs/adr/0004).

    A correction adds a row of the same `lineage` and closes the old one; nothing is overwritten. `lineage` is the id of
    the first row, so it names the status itself through all its versions. [starts_on, ends_on) is when it held.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="statuses", db_index=False)
    lineage = models.BigIntegerField()
    kind = models.CharField("身份类别", max_length=40)
    state = models.CharField("状态", max_length=12, choices=list(types.STATE_NAMES.items()), default="RECEIVING")
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期", null=True)
    approved_on = models.DateField("批准日期", null=True)
    grade = models.PositiveSmallIntegerField("伤残等级", null=True)
    cause = models.CharField("伤残性质", max_length=8, blank=True, choices=list(types.CAUSE_NAMES.items()))
    period = models.CharField("属于时期", max_length=16, blank=True, choices=list(types.PERIOD_NAMES.items()))
    campaign = models.CharField("参战(参试)类别", max_length=40, blank=True)
    relation = models.CharField(
        "与牺牲病故军人关系", max_length=8, blank=True, choices=list(types.RELATION_NAMES.items())
    )
    household_kind = models.CharField("城乡", max_length=5, blank=True, choices=list(types.HOUSEHOLD_NAMES.items()))
    service_starts_on = models.DateField("服义务兵役开始", null=True)
    service_ends_on = models.DateField("服义务兵役结束", null=True)
    place_of_service = models.CharField("服役地区", max_length=12, blank=True, choices=list(types.PLACE_NAMES.items()))
    education = models.CharField("入伍时学历", max_length=10, blank=True, choices=list(types.EDUCATION_NAMES.items()))
    merit = models.CharField("立功受奖", max_length=14, blank=True)
    discharge_kind = models.CharField("安置方式", max_length=20, blank=True)
    certificate_number = models.CharField("证书编号", max_length=40, blank=True)
    martyr_name = models.CharField("牺牲病故军人姓名", max_length=40, blank=True)
    draws_pension = models.BooleanField("领取职工养老金或退休金", null=True)
    note = models.CharField("备注", max_length=500, blank=True)
    source = models.CharField("来源", max_length=80, blank=True)  # e.g. rosters.batch:7
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="status_span_forward"
            ),
            models.CheckConstraint(condition=Q(grade=None) | Q(grade__range=(1, 10)), name="grade_one_to_ten"),
            models.UniqueConstraint(fields=["lineage"], condition=Q(superseded_at=None), name="one_present_version"),
        ]
        indexes = [
            models.Index(fields=["person", "kind"]),
            models.Index(fields=["kind", "state", "person"], condition=Q(superseded_at=None), name="present_by_kind"),
            models.Index(fields=["state", "person"], condition=Q(superseded_at=None), name="present_by_state"),
            models.Index(fields=["recorded_at"]),
        ]


class PersonEvent(models.Model):
    """Something that happened to a person and bears on what is due; two clocks like Status."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="events", db_index=False)
    what = models.CharField(max_length=20, choices=list(types.EVENT_NAMES.items()))
    on = models.DateField()
    detail = models.CharField(max_length=40, blank=True)  # e.g. cause of death
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "what"]), models.Index(fields=["what", "on"])]


class BankAccount(models.Model):
    """Where a person's money goes, from a day on. The newest row not superseded is in use."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accounts")
    bank = models.CharField("开户银行", max_length=60)
    holder_name = models.CharField("开户名称", max_length=40)
    holder_relation = models.CharField(
        "代领人与本人关系",
        max_length=10,
        blank=True,
        default="",
        db_default="",
        choices=list(types.AGENT_NAMES.items()),
    )
    holder_reason = models.CharField("户名不同的原因", max_length=120, blank=True, default="", db_default="")
    number = SealedField("银行账号")
    number_index = models.CharField(max_length=32)
    is_confirmed = models.BooleanField("已核对", default=True)  # cleared when the bank refuses it
    problem = models.CharField("问题", max_length=80, blank=True)
    source = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(superseded_at=None), name="one_account_in_use")
        ]
        indexes = [models.Index(fields=["number_index"])]


class Hardship(models.Model):
    """A difficulty (困难情形) that was found and, in time, left behind."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hardships")
    kind = models.CharField(max_length=12, choices=list(types.HARDSHIP_NAMES.items()))
    note = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.BigIntegerField(null=True)


class ResponsibleContact(models.Model):
    """Who looks after a person (包联): a user, from a day to a day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contacts")
    user_id = models.BigIntegerField()
    user_name = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ends_on=None), name="one_contact_at_a_time")
        ]
        indexes = [models.Index(fields=["user_id", "ends_on"])]


class ContactRhythm(Kind):
    """How often the persons of a group are to be contacted (联系频次): from catalogue/contact_rhythms.yaml, or a
    county's own, which takes the place of the catalogue's for the same group, age and kind of status."""

    group = models.CharField(max_length=10, choices=list(types.GROUP_NAMES.items()))
    age = models.PositiveSmallIntegerField(null=True)  # whole years, for AGE
    status_kind = models.CharField(max_length=40, blank=True, default="")  # for KIND
    months = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(months__range=(1, types.MOST_RHYTHM_MONTHS)), name="rhythm_of_some_months"
            ),
            models.CheckConstraint(
                condition=~Q(group="AGE") | Q(age__isnull=False, age__gte=1), name="rhythm_by_age_has_an_age"
            ),
            models.CheckConstraint(condition=~Q(group="KIND") | ~Q(status_kind=""), name="rhythm_by_kind_has_a_kind"),
        ]


class ExportState(models.TextChoices):
    ASKED = "ASKED", "待审批"
    APPROVED = "APPROVED", "已同意"
    REFUSED = "REFUSED", "未同意"


class ExportRequest(models.Model):
    """A list with whole personal numbers that someone asks to take out of the house, and who allowed it.

    `query` is the filter of the list as its address had it, sealed because a name may stand in it.
    """

    query = SealedField("查询条件")
    purpose = models.CharField("用途", max_length=200)
    rows = models.PositiveIntegerField("人数")
    area_code = models.CharField(max_length=12)  # of who asked: who decides must look after it
    state = models.CharField(max_length=10, choices=ExportState, default=ExportState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.BigIntegerField()
    asked_name = models.CharField(max_length=40)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decided_name = models.CharField(max_length=40, blank=True)
    opinion = models.CharField(max_length=120, blank=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="asker_is_not_approver"),
        ]
        indexes = [models.Index(fields=["state", "area_code"]), models.Index(fields=["asked_by", "asked_at"])]
