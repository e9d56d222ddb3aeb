"""GraphiQL: in demo mode, and nowhere else."""

from __future__ import annotations

import re

from graphql_api.http_server import Api
from steelyard_graphql.http.explorer import explorer_page

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def test_a_browser_gets_the_page_with_the_first_query_in_it(api: Api) -> None:
    response = api.get("/graphql", headers={"accept": BROWSER})
    assert (response.status_code, response.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "GraphiQL" in response.text
    assert "DEALER-SH-XX" in response.text
    assert "<title>Steelyard</title>" in response.text


def test_the_front_door_leads_to_it(api: Api) -> None:
    response = api.get("/")
    assert (response.status_code, response.headers["location"]) == (307, "/graphql")


def test_there_is_none_without_demo_mode(plain_api: Api) -> None:
    response = plain_api.get("/graphql", headers={"accept": BROWSER})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert plain_api.get("/").status_code == 404


def test_a_query_cannot_end_the_script_that_it_stands_in() -> None:
    page = explorer_page("# </script><script>alert(1)</script>")
    assert "<script>alert" not in page.html


def test_what_comes_from_the_net_has_a_version_and_a_hash() -> None:
    page = explorer_page("{ a }").html
    tags = re.findall(r"<(?:script|link)[^>]*https://[^>]*>", page)
    assert len(tags) == page.count('="https://') > 5
    for tag in tags:
        assert re.search(r"@\d+\.\d+\.\d+/", tag)
        assert 'integrity="sha384-' in tag


def test_the_page_may_load_nothing_else(api: Api) -> None:
    policy = api.get("/graphql", headers={"accept": BROWSER}).headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'unsafe-inline' https://")
    assert "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'" in policy
