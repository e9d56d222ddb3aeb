"""The printable report of a unit over HTTP."""

from __future__ import annotations

import pytest

from graphql_api.http_server import Api

PATH = "/schemes/automotive.front-desk/report"
DEALER = {"unit": "DEALER-SH-XX", "period": "2014"}


@pytest.mark.parametrize(("locale", "told"), [("zh", "还差 67 分"), ("en", "needs 67 more")])
def test_a_page_in_the_language_asked_for(api: Api, locale: str, told: str) -> None:
    answer = api.get(PATH, params={**DEALER, "locale": locale})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert told in answer.text
    assert "164 / 330" in answer.text


def test_the_page_may_do_nothing(api: Api) -> None:
    answer = api.get(PATH, params=DEALER)
    assert answer.headers["content-security-policy"].endswith("sandbox")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"unit": "DEALER-SH-XX"}, 400, "HTTP_QUERY_FIELD"),
        ({**DEALER, "locale": "de"}, 400, "HTTP_QUERY_FIELD"),
        ({**DEALER, "unit": "NOBODY"}, 404, "UNIT_NOT_FOUND"),
    ],
)
def test_what_cannot_be_answered_is_said(api: Api, asked: dict[str, str], status: int, code: str) -> None:
    answer = api.get(PATH, params=asked)
    assert answer.status_code == status
    assert answer.json()["errors"][0]["extensions"]["code"] == code


def test_nothing_without_a_token(plain_api: Api) -> None:
    assert plain_api.get(PATH, params=DEALER, headers={"authorization": ""}).status_code == 401
