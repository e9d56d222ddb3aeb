"""Authentication over real HTTP: all failures look alike from outside, and are told apart in the log."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from conftest import copy_database
from credentials import account_with, token_for
from graphql_api.http_server import GRAPHQL, Api, running
from identity.issuer import AUDIENCE, Issuer, encoded, pair, running_issuer, shared_secret
from steelyard.access.roles import Role
from steelyard.access.scope import Scope
from steelyard.errors import Text
from steelyard.identity.tokens import checksum, issue
from steelyard.packs import Packs
from steelyard.services.context import Context, open_context
from steelyard.store import accounts, identities, providers, tenants, tokens
from steelyard.store.accounts import AccountState
from steelyard.store.engine import open_database
from steelyard.store.tables import TENANT
from steelyard.store.tenants import TenantState

QUERY = {"query": '{ unit(code: "AUTO-NET") { code } }'}
DAY = timedelta(days=1)
Texts = dict[str, str]


async def _tokens(url: str, packs: Packs, issuer: str) -> Texts:
    """Tokens of a database by what is wrong with them; `good` has nothing wrong."""
    async with open_context(url, packs) as context:
        scope, role = context.scope, (Role.VIEWER, None)

        async def made(code: str, life: timedelta = DAY) -> str:
            return await token_for(context.database, scope, code, role, life=life)

        texts = {"good": await made("good"), "expired": await made("good", -DAY)}
        texts |= {"revoked": await made("good"), "suspended account": await made("suspended")}
        async with context.database.write(scope) as writer:
            await tokens.revoke(writer, scope, texts["revoked"].split("_")[2])
            gone = await accounts.find(writer, scope, "suspended")
            assert gone is not None
            await accounts.set_state(writer, scope, gone.id, AccountState.SUSPENDED)
            alice = await account_with(writer, scope, "alice", role)
            await providers.add(writer, scope, issuer, AUDIENCE)
            (provider,) = await providers.load(writer, scope)
            await identities.link(writer, scope, provider.id, "alice", alice.id)
        texts["suspended tenant"] = await _of_suspended_tenant(context)
        texts["never issued"] = issue(scope.tenant_id).text
        texts["another tenant"] = _under(texts["good"], "zz")
        texts["another secret"] = _proved_by(texts["good"], texts["never issued"])
        return texts


async def _of_suspended_tenant(context: Context) -> str:
    async with context.database.write_all() as writer:
        other = Scope((await tenants.ensure(writer, "other", Text("他", "Other"))).id)
    text = await token_for(context.database, other, "good", (Role.VIEWER, None))
    async with context.database.write_all() as writer:
        gone = TENANT.c.id == other.tenant_id
        await writer.run(update(TENANT).where(gone).values(state=TenantState.SUSPENDED))
    return text


def _under(text: str, tenant: str) -> str:
    body = f"sty_{tenant}_{text.split('_', 2)[2][:-7]}"
    return f"{body}_{checksum(body)}"


def _proved_by(text: str, other: str) -> str:
    body = text[:-50] + other[-50:-7]
    return f"{body}_{checksum(body)}"


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with running_issuer(pair("one")) as running_one:
        yield running_one


@pytest.fixture(scope="module")
def place(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database of this module's own."""
    path = tmp_path_factory.mktemp("who") / "who.db"
    copy_database(samples, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="module")
def texts(place: str, packs: Packs, issuer: Issuer) -> Texts:
    return asyncio.run(_tokens(place, packs, issuer.address))


@pytest.fixture(scope="module")
def served(place: str, packs: Packs, texts: Texts) -> Iterator[Api]:
    """A server on that database, asked without a token unless a test gives one."""
    with running(place, packs) as api:
        del api.headers["authorization"]
        yield api


def post(api: Api, authorization: str | None, **headers: str) -> httpx.Response:
    named = {} if authorization is None else {"authorization": authorization}
    return api.post("/graphql", json=QUERY, headers={**named, **headers})


# what is sent, by the reason that the log has for it
Make = Callable[[Texts, Issuer], str | None]
FAILURES: dict[str, tuple[Make, str]] = {
    "nothing": (lambda _, __: None, "absent"),
    "nothing but the scheme": (lambda _, __: "Bearer", "malformed"),
    "a name and a password": (lambda _, __: "Basic dXNlcjpwYXNz", "other_scheme"),
    "any text": (lambda _, __: "Bearer let-me-in", "malformed"),
    "a cut token": (lambda texts, _: f"Bearer {texts['good'][:-1]}", "malformed"),
    "another checksum": (lambda texts, _: f"Bearer {texts['good'][:-6]}zzzzzz", "wrong_checksum"),
    "never issued": (lambda texts, _: f"Bearer {texts['never issued']}", "unknown"),
    "another tenant": (lambda texts, _: f"Bearer {texts['another tenant']}", "unknown"),
    "another secret": (lambda texts, _: f"Bearer {texts['another secret']}", "unproven"),
    "expired": (lambda texts, _: f"Bearer {texts['expired']}", "expired"),
    "revoked": (lambda texts, _: f"Bearer {texts['revoked']}", "revoked"),
    "suspended account": (lambda texts, _: f"Bearer {texts['suspended account']}", "account_suspended"),
    "suspended tenant": (lambda texts, _: f"Bearer {texts['suspended tenant']}", "tenant_suspended"),
    "no algorithm": (
        lambda _, issuer: f"Bearer {encoded({'alg': 'none'})}.{encoded(issuer.claims())}.",
        "algorithm",
    ),
    "a shared secret": (lambda _, issuer: f"Bearer {shared_secret(issuer, b'x')}", "algorithm"),
    "signed for others": (lambda _, issuer: f"Bearer {issuer.token(pair('one'), aud='x')}", "other_audience"),
    "signed by an unknown key": (lambda _, issuer: f"Bearer {issuer.token(pair('two'))}", "unknown_key"),
    "signed by nobody's key": (
        lambda _, issuer: f"Bearer {issuer.token(pair('two'), headers={'kid': 'one'})}",
        "wrong_signature",
    ),
    "signed elsewhere": (
        lambda _, issuer: f"Bearer {issuer.token(pair('one'), iss='http://127.0.0.1:9')}",
        "unknown_issuer",
    ),
    "signed for a stranger": (
        lambda _, issuer: f"Bearer {issuer.token(pair('one'), sub='mallory')}",
        "unknown_subject",
    ),
    "signed for half a character": (
        lambda _, issuer: f"Bearer {issuer.token(pair('one'), sub=chr(0xD800))}",
        "wrong_claims",
    ),
    "signed by half a character": (
        lambda _, issuer: f"Bearer {issuer.token(pair('one'), iss=chr(0xD800))}",
        "wrong_claims",
    ),
    "a list of algorithms": (
        lambda _, issuer: f"Bearer {encoded({'alg': []})}.{encoded(issuer.claims())}.AAAA",
        "algorithm",
    ),
    "signed long ago": (lambda _, issuer: f"Bearer {issuer.token(pair('one'), exp=1)}", "expired"),
    "signed and huge": (lambda _, issuer: f"Bearer {issuer.token(pair('one'), x='y' * 20_000)}", "too_large"),
}


def visible(response: httpx.Response) -> tuple[Any, ...]:
    """All that a client is given, but for the clock and the number of the request."""
    headers = [each for each in response.headers.raw if each[0].lower() not in (b"date", b"x-request-id")]
    return response.status_code, response.reason_phrase, headers, response.content


@pytest.mark.parametrize("case", FAILURES, ids=str)
def test_every_failure_looks_like_every_other(
    served: Api, texts: Texts, issuer: Issuer, case: str, caplog: pytest.LogCaptureFixture
) -> None:
    make, reason = FAILURES[case]
    plain = post(served, None, accept=GRAPHQL)
    caplog.clear()
    sent = make(texts, issuer)
    response = post(served, sent, accept=GRAPHQL)
    assert visible(response) == visible(plain)
    assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    (line,) = [each for each in caplog.messages if each.startswith("refused")]
    assert f"reason={reason}" in line
    assert line.endswith("client=127.0.0.1")
    assert sent is None or len(sent) < 20 or sent[-20:] not in caplog.text


def test_the_log_names_key_and_account(served: Api, texts: Texts, caplog: pytest.LogCaptureFixture) -> None:
    post(served, f"Bearer {texts['revoked']}")
    key = texts["revoked"].split("_")[2]
    assert f"refused: reason=revoked key='{key}' account='good' client=127.0.0.1" in caplog.messages


@pytest.mark.parametrize("authorization", ["good", "signed"])
def test_let_in(served: Api, texts: Texts, issuer: Issuer, authorization: str) -> None:
    text = texts["good"] if authorization == "good" else issuer.token(pair("one"))
    response = post(served, f"Bearer {text}")
    assert response.json()["data"] == {"unit": {"code": "AUTO-NET"}}


def test_two_tokens_at_once_are_none(served: Api, texts: Texts) -> None:
    both = [("authorization", f"Bearer {texts['good']}")] * 2
    assert served.post("/graphql", json=QUERY, headers=both).status_code == 401


def test_nothing_of_a_request_is_looked_at_before_it_is_let_in(served: Api) -> None:
    first = visible(post(served, None))
    assert visible(served.post("/graphql", content=b"{{{")) == first
    assert visible(served.post("/graphql", content=b"x", headers={"content-type": "text/plain"})) == first
    assert visible(served.get("/graphql")) == first
    assert visible(served.delete("/graphql")) == first


def test_a_large_body_of_somebody_unknown_is_not_read(served: Api) -> None:
    response = served.post("/graphql", content=b" " * 3_000_000)
    assert response.status_code == 401
    assert post(served, None).status_code == 401


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_needs_no_token(served: Api, path: str) -> None:
    assert served.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/", "/graphiql", "/graphql/"])
def test_there_is_no_other_way_in(served: Api, path: str) -> None:
    assert served.get(path).status_code in (307, 404)
    assert served.post(path, json=QUERY, follow_redirects=True).status_code in (401, 404)


def test_the_demo_needs_no_token(api: Api) -> None:
    assert post(api, None).json()["data"] == {"unit": {"code": "AUTO-NET"}}


def test_a_token_ends_with_the_next_request(own_api: Api) -> None:
    assert post(own_api, None).status_code == 200
    key = own_api.headers["authorization"].split("_")[2]

    async def revoke() -> None:
        scope = own_api.context.scope
        async with (
            open_database(f"sqlite:///{own_api.context.database.name}") as database,
            database.write(scope) as writer,
        ):
            await tokens.revoke(writer, scope, key)

    asyncio.run(revoke())
    assert post(own_api, None).status_code == 401


def test_fifty_clients_at_once(served: Api, texts: Texts) -> None:
    good, wrong = f"Bearer {texts['good']}", f"Bearer {texts['never issued']}"

    def ask(number: int) -> int:
        return post(served, good if number % 2 else wrong).status_code

    with ThreadPoolExecutor(50) as pool:
        found = list(pool.map(ask, range(100)))
    assert found == [200 if number % 2 else 401 for number in range(100)]


def test_a_database_that_is_gone_is_not_the_tokens_fault(samples: Path, packs: Packs, tmp_path: Path) -> None:
    path = tmp_path / "gone.db"
    copy_database(samples, path)
    with running(f"sqlite:///{path}", packs) as api:
        path.rename(tmp_path / "elsewhere.db")
        response = post(api, None)
    assert response.status_code == 503
    assert response.json()["errors"][0]["extensions"]["code"] == "DATABASE_UNREACHABLE"


def test_headers_that_are_no_ascii(served: Api) -> None:
    host, port = served.base_url.host, served.base_url.port
    assert port is not None
    with socket.create_connection((host, port)) as opened:
        opened.sendall(
            b"POST /graphql HTTP/1.1\r\nhost: x\r\nconnection: close\r\n"
            b"authorization: Bearer sty_\xff\xfe\r\ncontent-length: 0\r\n\r\n"
        )
        answer = b"".join(iter(lambda: opened.recv(4096), b""))
    assert answer.startswith(b"HTTP/1.1 401 ")
