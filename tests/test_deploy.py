"""What stands in deploy/ does what it says: nginx with its certificate, the units, compose."""

import io
import re
import shutil
import signal
import ssl
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, TCPConnector
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from bot.settings import load
from sandbox.people import Person
from sandbox.plugin import TOKEN
from sandbox.server import serving
from sandbox.world import World
from tests.machines import nginx
from tests.odd_house import said
from tests.programs import needed
from tests.test_restart import ROOT, WORD, Program
from web import SECRET

DEPLOY = ROOT / "deploy"
COMPOSE = (DEPLOY / "compose.yaml").read_text("utf-8")
ENV_EXAMPLE = (ROOT / ".env.example").read_text("utf-8")
BY_NAME = "zone sila 64k; resolver 127.0.0.11 valid=2s; server bot:8080 resolve"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """The folder of one that is signed by itself, for this machine and for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    address, now = x509.IPAddress(IPv4Address("127.0.0.1")), datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, SHA256())
    )
    folder = tmp_path / "tls"
    folder.mkdir()
    (folder / "fullchain.pem").write_bytes(made.public_bytes(Encoding.PEM))
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "privkey.pem").write_bytes(plain)
    return folder


@pytest.mark.timeout(180)
async def test_what_comes_through_tls_and_nginx_is_answered(
    world: World,
    people: Callable[..., Person],
    tmp_path: Path,
    certificate: Path,
    unused_tcp_port_factory: Callable[[], int],
) -> None:
    anna, port, front = people("Анна"), unused_tcp_port_factory(), unused_tcp_port_factory()
    anna.patience, anna.chat.started = 20, True
    hook, site = f"http://127.0.0.1:{port}/telegram", f"https://127.0.0.1:{front}"
    calendar = f"/calendar/{'A' * 43}.ics"
    trust = TCPConnector(ssl=ssl.create_default_context(cafile=certificate / "fullchain.pem"))
    async with (
        serving(world) as api,
        nginx(tmp_path, front, [port], certificate),
        ClientSession(connector=trust) as http,
    ):
        program = Program(
            tmp_path,
            TELEGRAM_API_URL=api,
            WEB_PORT=str(port),
            WEBHOOK_URL=hook,
            WEBHOOK_SECRET=WORD,
        )

        async def knock(path: str, word: str, **body: Any) -> tuple[int, str]:
            async with http.post(site + path, headers={SECRET: word}, **body) as answer:
                return answer.status, answer.headers["Server"]

        async with program.running(signal.SIGTERM):
            update = said(1, anna.id, "/help")
            assert await knock("/telegram", WORD, json=update) == (200, "nginx")
            await anna.sees("Что умеет")
            assert (await knock("/telegram", "wrong", json=update))[0] in (401, 403)
            assert (await knock("/healthz", WORD))[0] == 404, "open to this machine alone"
            async with http.get(site + calendar) as unknown:
                assert (unknown.status, await unknown.text()) == (404, ""), "the bot's own answer"
            large = io.BytesIO(bytes((1 << 20) + 1))
            assert (await knock("/telegram", WORD, data=large))[0] == 413
            async with http.get(site.replace("https", "http") + "/telegram") as plain:
                assert plain.status == 400
        async with http.get(site + calendar) as away:
            assert away.status == 502
        assert (await knock("/telegram", WORD))[0] == 502
    kept = "".join((tmp_path / name).read_text("utf-8") for name in ("access.log", "error.log"))
    assert "POST /telegram" in kept
    assert "/calendar/" not in kept
    assert anna.history.count(anna.history[-1]) == 1


def test_in_containers_nginx_knows_the_bots_by_one_name() -> None:
    edits = [part for edit in re.findall(r"-e '([^']+)'", COMPOSE) for part in ("-e", edit)]
    site = DEPLOY / "nginx.conf"
    done = subprocess.run(["sed", *edits, str(site)], check=True, capture_output=True, text=True)
    assert "127.0.0.1" not in done.stdout.replace("127.0.0.11", "")
    assert f"{BY_NAME} max_fails=1 fail_timeout=1s;" in done.stdout


@pytest.mark.parametrize("unit", ["sila.service", "sila@.service"])
def test_systemd_understands_the_unit(unit: str, tmp_path: Path) -> None:
    analyze = needed("systemd-analyze", "systemd", "the units cannot be verified")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    file = tmp_path / unit.replace("@", "@8081")
    written = (DEPLOY / unit).read_text("utf-8")
    file.write_text(written.replace("/srv/sila", str(tmp_path)), "utf-8")
    command = [analyze, "verify", "--man=no", str(file)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def compose() -> list[str]:
    """A part of docker itself, or a program of its own."""
    with suppress(OSError, subprocess.CalledProcessError):
        subprocess.run(["docker", "compose", "version"], check=True, capture_output=True)
        return ["docker", "compose"]
    return [needed("docker-compose", "docker-compose", "the compose file cannot be read")]


def test_what_only_containers_need_stands_commented_in_the_example() -> None:
    commented = re.findall(r"^# ([A-Z_]+)=$", ENV_EXAMPLE, re.MULTILINE)
    assert commented == list(dict.fromkeys(re.findall(r"\$\{(\w+)", COMPOSE)))


def test_compose_reads_its_file_with_the_settings(tmp_path: Path) -> None:
    [options] = re.findall(r"#   docker compose (.+) up -d --scale bot=3", COMPOSE)
    shutil.copytree(DEPLOY, tmp_path / "deploy")
    settings = ENV_EXAMPLE
    command = [*compose(), *options.split(), "config"]

    def read() -> subprocess.CompletedProcess[str]:
        (tmp_path / ".env").write_text(settings, "utf-8")
        return subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)

    assert "set it in .env" in read().stderr
    settings = settings.replace("# POSTGRES_PASSWORD=", "POSTGRES_PASSWORD=p@ss/w%rd")
    done = read()
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("PGPASSWORD: p@ss/w%rd") == 2
    [url] = set(re.findall(r"DATABASE_URL: (\S+)", done.stdout))
    assert load(_env_file=None, bot_token=TOKEN, signing_key="k" * 40, database_url=url)
    assert "p@ss" not in url, "a password may hold what an address may not"
    assert f"docker compose {options} up" in (ROOT / "README.md").read_text("utf-8")


def test_the_certificate_is_neither_committed_nor_put_into_an_image() -> None:
    [folder] = re.findall(r"\./(\w+):/etc/nginx/tls", COMPOSE)
    assert f"/deploy/{folder}/" in (ROOT / ".gitignore").read_text("utf-8").split()
    assert f"deploy/{folder}" in (ROOT / ".dockerignore").read_text("utf-8").split()
