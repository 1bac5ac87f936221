#!/bin/sh
# The suite uses a real browser, a real QR reader and a real nginx. As root on a Debian they are installed here;
# elsewhere what is missing is named, and those tests are skipped (never under CI=true).
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
command -v zbarimg >/dev/null 2>&1 || missing="$missing zbar-tools"
PATH="$PATH:/usr/sbin" command -v nginx >/dev/null 2>&1 || missing="$missing nginx-light"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Ставлю для тестов: $missing"
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null
else
    echo "Здесь нет: $missing. Тесты, которым это нужно, пропускаются; чтобы шли: apt-get install $missing"
fi
