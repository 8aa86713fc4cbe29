"""Refusals as pages, paging without counting, downloads, the words of the templates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory

from yushui.base.models import StoredFile
from yushui.base.refusals import NotFound, Problem, Refused
from yushui.base.web import RefusalPages, download, page_of

AT = datetime(2026, 11, 22, tzinfo=UTC)
NUMBER = "990101195005011234"


def answer_to(error: Exception) -> HttpResponse:
    """What the middleware makes of an error."""
    request = RequestFactory().get("/somewhere/")
    request.user = AnonymousUser()
    refuse: Callable[[HttpRequest], HttpResponse] = lambda _: HttpResponse()  # noqa: E731
    answer = RefusalPages(refuse).process_exception(request, error)
    assert answer is not None
    return answer


@pytest.mark.django_db
def test_refusal_page_when_refused_lists_every_problem_with_place_and_next_step() -> None:
    answer = answer_to(Refused(Problem("没有账户", where="张三", next_step="请先登记账户"), "名册是空的"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert [word in text for word in ("没有账户", "张三", "请先登记账户", "名册是空的", "共 2 处")] == [True] * 5


@pytest.mark.django_db
def test_refusal_page_when_not_found_is_a_404_that_says_nothing_about_the_row() -> None:
    answer = answer_to(NotFound("people.person:5"))
    assert answer.status_code == 404
    assert "people.person" not in answer.content.decode()


def test_other_errors_are_left_alone() -> None:
    request = RequestFactory().get("/")
    assert RefusalPages(lambda _: HttpResponse()).process_exception(request, ValueError("x")) is None


def test_refused_when_printed_reads_as_one_line() -> None:
    assert (
        str(Refused(Problem("没有账户", where="张三", next_step="请登记"), "没有行")) == "张三:没有账户(请登记); 没有行"
    )


def make_files(count: int) -> None:
    StoredFile.objects.bulk_create(
        StoredFile(digest=f"{n:064x}", name=str(n), size=n, media_type="x", stored_at=AT) for n in range(count)
    )


def page(query: str) -> tuple[list[int], int, bool, bool, int, int]:
    found = page_of(StoredFile.objects.order_by("size"), RequestFactory().get(f"/{query}"))
    return [f.size for f in found.rows], found.number, found.has_previous, found.has_next, found.first, found.last


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?page=1", "?page=0", "?page=-1", "?page=x", "?page=99999999999", "?page=１"])
def test_page_of_when_odd_gives_the_first(query: str) -> None:
    make_files(60)
    assert page(query) == (list(range(25)), 1, False, True, 1, 25)


@pytest.mark.django_db
def test_page_of_when_last() -> None:
    make_files(60)
    assert page("?page=3") == (list(range(50, 60)), 3, True, False, 51, 60)


@pytest.mark.django_db
def test_page_of_when_exactly_full_has_no_next() -> None:
    make_files(25)
    assert page("")[3] is False


@pytest.mark.django_db
def test_page_of_when_drawn_counts_nothing(django_assert_num_queries: Any) -> None:
    make_files(30)
    with django_assert_num_queries(1):
        page("?page=2")


def test_download_when_the_name_is_chinese() -> None:
    answer = download(b"x", "名册 第1页.xlsx", "application/x")
    name = answer["Content-Disposition"].removeprefix("attachment; filename*=UTF-8''")
    assert unquote(name) == "名册 第1页.xlsx"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/people/", "/users/", "/style/", "/audit/", "/search/?q=x", "/nowhere/"])
def test_pages_are_closed_when_nobody_is_signed_in(path: str, client: Client) -> None:
    answer = client.get(path)
    expected = 404 if path == "/nowhere/" else 302
    assert answer.status_code == expected
    if expected == 302:
        assert answer["Location"].startswith("/login/?next=")


@pytest.mark.django_db
def test_pages_carry_a_strict_policy(client: Client) -> None:
    policy = client.get("/login/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert ["unsafe-inline" in policy, "http" in policy] == [False, False]


def test_template_words_when_drawn() -> None:
    words = (
        "{{ fen|yuan }} {{ fen|wan }} {{ fen|capital }} {{ month|month }} {{ month|month_code }} {{ on|day }} "
        "{{ number|masked_id }} {{ number|masked_tail }} {{ count|thousands }} {{ none|yuan }}"
    )
    values = {"fen": 401500, "month": 24295, "on": date(2024, 8, 1), "number": NUMBER, "count": 12046, "none": None}
    assert Template(words).render(Context(values)) == (
        "4,015.00 0.4 肆仟零壹拾伍元整 2024年8月 2024-08 2024年8月1日 990101********1234 **************1234 12,046 —"
    )


def test_query_tag_when_values_change_keeps_the_others() -> None:
    context = Context({"request": RequestFactory().get("/", {"kind": "甲", "page": "2"})})
    assert Template("{% query page=3 %}").render(context) == "?kind=%E7%94%B2&amp;page=3"
    assert Template('{% query page="" %}').render(context) == "?kind=%E7%94%B2"
