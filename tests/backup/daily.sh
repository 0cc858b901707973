#!/usr/bin/env bash
# The daily backup as conf/backup.md shows it, for systemd and for cron: systemd accepts the units, the
# commands make today's backup, and old ones go.
#
#   daily.sh PROGRAMS
set -euo pipefail
programs=$(readlink -f "$1")
root=$(dirname "$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() { printf '%s\n' "$*" >&2; exit 1; }
command -v systemd-analyze >"$scratch/which" || { echo 'there is no systemd-analyze'; exit 77; }

printf 'database.connection = %s/portal.db\n' "$scratch" >"$scratch/portal.conf"
export PORTAL_CONFIG=$scratch/portal.conf PATH=$programs:$PATH
portalctl migrate --directory "$root/sql" >"$scratch/migrated"

# block HEADING: the example that begins with that line, for folders of the test's own.
block() { sed -n "/^    \[$1\]\$/,/^\$/s/^    //p" "$root/conf/backup.md" | sed "s|/var/backups/portal|$scratch/backups|g"; }

block Service >"$scratch/portal-backup.service"
block Timer >"$scratch/portal-backup.timer"
sed 's/^User=.*//' -i "$scratch/portal-backup.service"  # this machine may have no such user
systemd-analyze verify --man=no "$scratch/portal-backup.service" "$scratch/portal-backup.timer"
systemd-analyze calendar "$(sed -n 's/^OnCalendar=//p' "$scratch/portal-backup.timer")" >"$scratch/calendar"

# run COMMAND: as systemd or cron would, after their own characters were taken out.
run() { PATH=$PATH sh -c "$1"; }
of_unit() { sed -n "s/^$1=//p" "$scratch/portal-backup.service" | sed 's/\$\$/$/g; s/%%/%/g'; }
made() { [[ -s $scratch/backups/portal-2026-02-03.db ]]; }

# It is always the same day, so that no midnight comes between two steps.
mkdir "$scratch/day"
# shellcheck disable=SC2016
printf '#!/bin/sh\n[ "$1" = +%%F ] && echo 2026-02-03\n' >"$scratch/day/date"
chmod 755 "$scratch/day/date"
PATH=$scratch/day:$PATH

mkdir -m 700 "$scratch/backups"
touch -d '15 days ago' "$scratch/backups/portal-2026-01-01.db" "$scratch/backups/portal-2026-01-01.db.partial-aaaaaa"
run "$(of_unit ExecStart)" >"$scratch/said"
made || fail 'the service makes no backup'
run "$(of_unit ExecStartPost)"
[[ $(find "$scratch/backups" -type f | wc -l) == 1 ]] || fail 'old backups stay'
made || fail 'the new backup goes with the old ones'

rm "$scratch"/backups/*
cron=$(sed -n 's/^    30 3 \* \* \* portal //p' "$root/conf/backup.md" | sed "s|/var/backups/portal|$scratch/backups|; s/\\\\%/%/g")
run "$cron" 2>"$scratch/said"
made || fail 'cron makes no backup'
[[ ! -s $scratch/said ]] || fail 'cron would send a mail of success'
! run "$cron" 2>"$scratch/said" || fail 'a backup was replaced'
grep -q 'is there already' "$scratch/said"
