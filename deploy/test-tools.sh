#!/bin/sh
# The suite uses a real browser, QR reader, nginx, systemd, compose and office. As root on a Debian they are installed here;
# elsewhere what is missing is named, and those tests are skipped (never under CI=true).
set -eu
missing="" lean=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
command -v zbarimg >/dev/null 2>&1 || missing="$missing zbar-tools"
PATH="$PATH:/usr/sbin" command -v nginx >/dev/null 2>&1 || missing="$missing nginx-light"
# These without what they recommend: a whole docker, a whole init, a whole desktop.
command -v systemd-analyze >/dev/null 2>&1 || lean="systemd"
docker compose version >/dev/null 2>&1 || command -v docker-compose >/dev/null 2>&1 || lean="$lean docker-compose"
command -v soffice >/dev/null 2>&1 || lean="$lean libreoffice-calc-nogui"
[ -n "$missing$lean" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Ставлю для тестов: $missing $lean"
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $lean >/dev/null
else
    echo "Здесь нет: $missing $lean. Тесты, которым это нужно, пропускаются; чтобы шли: apt-get install $missing $lean"
fi
