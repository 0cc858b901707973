#!/usr/bin/env bash
# A responder or a mailer that hangs on a machine that runs is restarted within 10 seconds, and nobody waits longer for an
# answer: one that stands still, and one of whose threads does not come back. What is only slow stays.
# shellcheck source=SCRIPTDIR/portal.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/portal.sh"
limit=10  # seconds

install_portal </dev/null
boot "$bare"
in_machine systemctl enable --quiet --now portal.target
as_operator portalctl migrate >/dev/null
as_operator portalctl roster import /usr/share/portal/sql/sample_roster.csv >/dev/null
wait_for 10 each_step_is_healthy || unexpected 'a step does not find its database'

stop() { in_machine systemctl kill --kill-whom=main --signal=STOP "$1"; }
was_restarted() { (($(restarts_of "$1") > $2)); }
# within_limit START WHAT: fails if more than the limit has passed.
within_limit() {
  local tenths=$(((${EPOCHREALTIME/./} - $1) / 100000))
  printf '%s: %s.%s s\n' "$2" $((tenths / 10)) $((tenths % 10))
  ((tenths <= limit * 10)) || fail 1 "$2 took longer than $limit s"
}

# --- they stand still; who comes meanwhile is answered by the new process
for step in form complete; do
  before=$(restarts_of "portal-$step")
  stop "portal-$step"
  start=${EPOCHREALTIME/./}
  visit "/healthz/$step"
  expect_status 200
  within_limit "$start" "$step stood still, a client"
  was_restarted "portal-$step" "$before" || fail 1 'who has answered?'
done
in_machine journalctl -q -u portal-form >"$page"
expect_text 'Watchdog timeout'

before=$(restarts_of portal-mailer)
stop portal-mailer
start=${EPOCHREALTIME/./}
wait_for 30 was_restarted portal-mailer "$before" || fail 1 'the mailer was not restarted'
within_limit "$start" 'the mailer stood still'

# --- one process of two
in_machine systemctl start portal-complete@2
before=$(restarts_of portal-complete@2)
stop portal-complete@2
start=${EPOCHREALTIME/./}
wait_for 30 was_restarted portal-complete@2 "$before" || fail 1 'the second process was not restarted'
within_limit "$start" 'one of two processes stood still'

# --- the loop of a responder never comes back from a library that reads news. Its threads serve meanwhile
cat >"$scratch/hang.c" <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <string.h>
#include <unistd.h>
char *cmark_markdown_to_html(const char *text, size_t size, int options) {
  volatile int for_ever = 1;
  while (for_ever && memmem(text, size, "Sleep4Ever", 10)) pause();
  char *(*real)(const char *, size_t, int) = dlsym(RTLD_NEXT, "cmark_markdown_to_html");
  return real(text, size, options);
}
END
preload() {  # STEP: what hang.c is now
  cc -shared -fPIC -o "$bare/usr/lib/hang-$1.so" "$scratch/hang.c"
  mkdir -p "$bare/etc/systemd/system/portal-$1.service.d"
  printf '[Service]\nEnvironment=LD_PRELOAD=/usr/lib/hang-%s.so\n' "$1" >"$bare/etc/systemd/system/portal-$1.service.d/hang.conf"
  in_machine systemctl daemon-reload
  in_machine systemctl restart "portal-$1"
}
preload pages
before=$(restarts_of portal-pages)
stuck=$bare/usr/share/portal/templates/news/2026-11-26-stuck.md
printf '# Stuck\nSleep4Ever\n' >"$stuck"
process=$(in_machine systemctl show --value -p MainPID portal-pages)
sleeps() { in_machine grep -q '^34 ' "/proc/$process/syscall"; }  # pause(2)
wait_for 10 sleeps || fail 1 'the news are not read'
start=${EPOCHREALTIME/./}
rm "$stuck"  # it hangs all the same, and the next process does not
visit /news
expect_status 200
wait_for 30 was_restarted portal-pages "$before" || fail 1 'pages was not restarted'
within_limit "$start" 'a loop did not come back'
in_machine journalctl -q -o cat -u portal-pages >"$page"
expect_text ' error stuck thread=main phase=other '

# --- a thread never comes back from a library, asleep or in a loop. Who asked gets the page 503, and reloads
cat >"$scratch/hang.c" <<'END'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <string.h>
#include <unistd.h>
int crypto_pwhash_str_alg(char *out, const char *password, unsigned long long size, unsigned long long passes,
                          size_t memory, int algorithm) {
  volatile int for_ever = 1;
  while (for_ever && size == 10 && memcmp(password, "Sleep4Ever", size) == 0) pause();
  while (for_ever && size == 10 && memcmp(password, "Loops4Ever", size) == 0) continue;
  int (*real)(char *, const char *, unsigned long long, unsigned long long, size_t, int) =
      dlsym(RTLD_NEXT, "crypto_pwhash_str_alg");
  return real(out, password, size, passes, memory, algorithm);
}
END
in_machine systemctl stop portal-complete@2
preload complete
for word in Sleep4Ever Loops4Ever; do
  browser=$word
  fill_in judo 契 0123456 7 8
  entries[password]=$word entries[password_confirmation]=$word
  before=$(restarts_of portal-complete)
  send_form
  expect_redirect /register/confirm
  visit /register/confirm
  start=${EPOCHREALTIME/./}
  visit --data-urlencode "draft=$(shown_draft)" /register/complete
  within_limit "$start" "a thread did not come back ($word), its client"
  expect_status 503
  expect_text 'lang="ja"'
  visit /healthz/complete
  expect_status 200
  within_limit "$start" 'another client'
  was_restarted portal-complete "$before" || fail 1 'complete was not restarted'
done
in_machine journalctl -q -o cat -u portal-complete >"$page"
expect_text ' error stuck thread="worker '
expect_text ' phase=hash seconds='
rm -r "$bare/etc/systemd/system/portal-complete.service.d"
in_machine systemctl daemon-reload
in_machine systemctl restart portal-complete
browser=first

# --- what is slow within its time is not disturbed: a writer that holds SQLite's lock for longer than anybody waits
declare -A restarts
for unit in form complete login mailer; do restarts[$unit]=$(restarts_of "portal-$unit"); done
sqlite3 "$site/portal.db" <<<"BEGIN IMMEDIATE;
.shell sleep 12
COMMIT;" &
holder=$!
fill_in judo 契 0123456 7 8
send_form
expect_status 503
wait "$holder"
apply
mail_to kikin01@test.example >/dev/null
for unit in "${!restarts[@]}"; do
  [[ $(restarts_of "portal-$unit") == "${restarts[$unit]}" ]] || fail 1 "$unit was restarted though it was only slow"
done
expect_no_failure
