"""GraphiQL: in demo mode, and nowhere else."""

from __future__ import annotations

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
    assert "<script>alert" not in page
