#!/usr/bin/env bash
# While people register, a backup is moved to the place of SQLite's file, whose log lies beside it, and later it is
# copied over the file. Nobody is accepted meanwhile, each program says why, and neither the backup nor the log is
# changed. The right file is put back, and people go on without a restart; only after the copying all programs are
# stopped first.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

portalctl() { "$programs/portalctl" --config "$site/portal.conf" "$@"; }
refusals() { cat "$site"/log/{form,complete}.log | grep -c "unavailable error=.*$1" || true; }
are_refused() { (($(refusals "$1") >= 20)); }

start_portal
portalctl backup "$scratch/backup.db" >"$page"
offer 4 "$url"
wait_for_accepted 20

it_happens
mv "$site/portal.db" "$scratch/right.db"
cp "$scratch/backup.db" "$site/portal.db"
wait_for 60 are_refused 'belongs to another database' || unexpected 'nobody is refused'
for step in form complete lookup; do
  visit "/healthz/$step"
  expect_status 503
  expect_text 'portal.db-wal beside it belongs to another database'
done
! portalctl account show kikin01@test.example 2>"$page" || unexpected 'portalctl uses the file'
expect_text 'belongs to another database'
cmp "$scratch/backup.db" "$site/portal.db" || unexpected 'the backup was changed'
mv "$scratch/right.db" "$site/portal.db"
wait_for_accepted 20
it_cost

# --- copied over the file: the same inode. What was accepted is in a backup of just before and in the log.
portalctl backup "$scratch/newest.db" >"$page"
cp "$scratch/backup.db" "$scratch/over.db"
dd if="$scratch/over.db" of="$site/portal.db" status=none
visit /healthz/form
expect_status 503
expect_text 'stop all programs'
stop_portal
cmp "$scratch/backup.db" "$site/portal.db" || unexpected 'a program has written into the backup'
before=$(find "$site" -name 'portal.db.before-restore-*' | wc -l)
portalctl restore "$scratch/newest.db" --yes --reason 'copied over' >"$page"
(($(find "$site" -name 'portal.db.before-restore-*' | wc -l) > before)) || unexpected 'the old files are not kept'
portalctl audit verify >"$page"
start_portal
browser=afterwards
fill_in judo 協 0123456 7 8
entries[email]=afterwards@test.example
apply
