"""Good news of merit: who delivers it by when, from the register to the photo."""

from __future__ import annotations

from datetime import date

import pytest

from yushui.accounts.tests.factories import make_user
from yushui.accounts.types import Role
from yushui.activities.models import Activity
from yushui.activities.services.kinds import load_kinds
from yushui.base.evidence import Sent
from yushui.base.refusals import NotFound, Refused
from yushui.base.workdays import add_workdays
from yushui.honours.models import GoodNews
from yushui.honours.rules.news import Grade, due_day, state_words
from yushui.honours.selectors.news import NewsFilters, list_news
from yushui.honours.services.kinds import retire_kind, set_kind
from yushui.honours.services.news import (
    change_news,
    collect_news,
    deliver_news,
    record_news,
)
from yushui.honours.tests.factories import AT, TODAY, make_clerk, make_desk, news_draft, photo
from yushui.honours.types import DeliveryDraft, KindDraft
from yushui.people.tests.factories import OTHER_TOWN_VILLAGE, OTHER_VILLAGE

pytestmark = pytest.mark.django_db
BROUGHT = DeliveryDraft(on="2026-08-28", deliverers="王局长、李部长", receiver="母亲 陈桂芳", feedback="全家高兴")


def problems_of(call: object) -> list[str]:
    with pytest.raises(Refused) as caught:
        call()  # type: ignore[operator]
    return [problem.what for problem in caught.value.problems]


def test_due_day_when_the_national_holiday_and_its_exchanged_days_lie_between() -> None:
    grade = Grade("LOCAL", "优秀义务兵", "", 5)
    assert due_day(grade, date(2026, 9, 30), add_workdays) == add_workdays(date(2026, 9, 30), 5) > date(2026, 10, 8)
    assert due_day(Grade("MERIT_2", "二等功", "县", None), date(2026, 9, 30), add_workdays) is None


def test_state_words_when_late_soon_and_done() -> None:
    assert state_words("TO_DELIVER", date(2026, 8, 30), TODAY) == "超期 2 天"
    assert state_words("TO_COLLECT", date(2026, 9, 4), TODAY) == "还有 3 天"
    assert state_words("DELIVERED", date(2026, 8, 30), TODAY) == ""


def test_news_goes_from_the_register_to_the_photo_and_the_ledger() -> None:
    load_kinds(at=AT)
    clerk = make_clerk()
    draft = news_draft()
    news = record_news(actor=clerk, draft=draft, at=AT)
    assert record_news(actor=clerk, draft=draft, at=AT).pk == news.pk
    assert (news.deliverers, news.state) == ("县级退役军人部门、人民武装部主要负责人", "TO_COLLECT")
    collect_news(actor=clerk, news_id=news.pk, at=AT)
    done = deliver_news(actor=clerk, news_id=news.pk, draft=BROUGHT, sent=[photo()], at=AT)
    assert (done.state, str(done.delivered_on), done.evidence.get().is_photo) == ("DELIVERED", "2026-08-28", True)
    assert list(Activity.objects.values_list("title", "heads")) == [("送二等功喜报", 1)]
    assert problems_of(lambda: deliver_news(actor=clerk, news_id=news.pk, draft=BROUGHT, at=AT)) == [
        "这份喜报已送达,不能再登记送达"
    ]


def test_refusal_tells_every_fault_of_a_form_and_of_its_file() -> None:
    clerk = make_clerk()
    draft = news_draft(kind="MERIT_3", soldier_name="", due_on="2026-08-01", unit_name="某部 73111 部队", year="26")
    wrong = [Sent(b"not a photo", "喜报.jpg")]
    found = problems_of(lambda: record_news(actor=clerk, draft=draft, sent=wrong, at=AT))
    assert "请填写军人姓名" in found
    assert "送达期限早于收到日期" in found
    assert "请填写由谁送达" in found  # the level for 三等功 was not read in its source
    assert "受奖年度不对" in found
    assert "不是可以打开的 JPG、PNG 或 WebP 照片" in found
    assert GoodNews.objects.count() == 0


def test_stranger_and_foreign_village_are_not_found() -> None:
    clerk = make_clerk()
    with pytest.raises(NotFound):
        record_news(actor=clerk, draft=news_draft(area_code=OTHER_TOWN_VILLAGE), at=AT)
    news = record_news(actor=clerk, draft=news_draft(), at=AT)
    stranger = make_user(Role.LIAISON, area=OTHER_VILLAGE)
    with pytest.raises(NotFound):
        deliver_news(actor=stranger, news_id=news.pk, draft=BROUGHT, at=AT)
    assert list_news(actor=stranger, filters=NewsFilters(), on=TODAY).count() == 0


def test_second_of_two_corrections_is_told() -> None:
    clerk, desk = make_clerk(), make_desk()
    news = record_news(actor=clerk, draft=news_draft(), at=AT)
    change_news(actor=desk, news_id=news.pk, draft=news_draft(address="三组"), revision="1", at=AT)
    assert problems_of(
        lambda: change_news(actor=clerk, news_id=news.pk, draft=news_draft(address="五组"), revision="1", at=AT)
    ) == ["这条记录刚被别人改过,您的修改没有保存"]
    assert GoodNews.objects.get().address == "三组"


def test_kind_of_a_county_is_in_the_form_at_once_and_leaves_it_when_retired() -> None:
    desk = make_desk()
    kind = set_kind(
        actor=desk, draft=KindDraft(name="优秀义务兵", group="MERIT", deliverers="镇武装部", days="10"), at=AT
    )
    news = record_news(actor=desk, draft=news_draft(kind=kind.pk, due_on="", received_on="2026-08-20"), at=AT)
    assert (news.due_on, news.deliverers) == (date(2026, 9, 3), "镇武装部")
    assert problems_of(lambda: set_kind(actor=desk, draft=KindDraft(name="优秀义务兵", group="MERIT"), at=AT)) == [
        "已有“优秀义务兵”"
    ]
    retire_kind(actor=desk, code=kind.pk, retired=True, at=AT)
    assert problems_of(lambda: record_news(actor=desk, draft=news_draft(kind=kind.pk), at=AT))[0] == (
        "请选择立功受奖等次"
    )
