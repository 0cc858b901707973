#!/usr/bin/env bash
# Sites that are broken, really, one after another, and what portalctl check says of each: the probes that
# fail are exactly those that the fault is about, and their words name the cause and the command that
# comes next. portalctl status says it too. Prints a table of them.
#
#   broken_sites.sh PROGRAMS
#
# Nginx, the responders, the mailer, a relay and the database are real. Those of PostgreSQL are in
# check_postgresql.sh. Only root can make such a network and such disks.
# shellcheck source=SCRIPTDIR/../support/own_site.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/own_site.sh"
# shellcheck disable=SC2034  # unexpected() shows it
headers=/dev/null

# --- an authority, and certificates
ca() {  # NAME
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 900 -subj "/CN=$1" \
    -keyout "$scratch/$1.key" -out "$scratch/$1.crt" 2>/dev/null
}
sign() {  # AUTHORITY HOST FILE [FROM TO]: $scratch/FILE.crt and .key
  "$root/tests/support/sign_certificate.sh" "$scratch/$1" "DNS:$2" "$scratch/$3" "${@:4}"
}
ca authority
ca stranger
export SSL_CERT_FILE=$scratch/authority.crt
serve_certificate() {  # AUTHORITY HOST [FROM TO]
  sign "$1" "$2" site "${@:3}"
  cp "$scratch/site.crt" "$scratch/crt"
  cp "$scratch/site.key" "$scratch/key"
  serve
}

# --- the relay, a resolver, the mailer, a backup
start_relay() {  # CERTIFICATE: in the place of the one that runs
  if [[ -n ${relay-} ]]; then
    kill "$relay"
    wait "$relay" 2>/dev/null || true
  fi
  rm -f "$scratch/relay.log"
  PYTHONPATH=$root/tests/mail python3 - "$scratch/$1" "$scratch/faults" 2525 >"$scratch/relay.log" <<'END' &
import pathlib, ssl, sys, threading
from fault_server import FaultServer
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1] + ".crt", sys.argv[1] + ".key")
faults = pathlib.Path(sys.argv[2])
def fault(word, argument, count):
    wrong, _, reply = faults.read_text().strip().partition(" ") if faults.exists() else ("", "", "")
    return reply if word == wrong else None
with FaultServer(fault, tls=context, port=int(sys.argv[3])):
    print("ready", flush=True)
    threading.Event().wait()
END
  relay=$!
  started+=("$relay")
  wait_for 20 test -s "$scratch/relay.log"
}
sign authority relay.test relay
printf '127.0.0.1 relay.test\n' >>"$scratch/hosts"
start_relay relay
printf '%s\n' 'portal.test MX mail.portal.test' 'portal.test A 192.0.2.10' 'portal.test TXT v=spf1 mx -all' \
  '_dmarc.portal.test TXT v=DMARC1; p=reject' >"$scratch/zone"
python3 "$root/tests/support/dns_server.py" "$scratch/zone" >"$scratch/dns.log" &
started+=($!)
wait_for 20 test -s "$scratch/dns.log"
cat >>"$scratch/portal.conf" <<END
mail.transport = smtp
mail.smtp.host = relay.test
mail.smtp.port = 2525
mail.smtp.security = starttls
mail.smtp.ca_file = $scratch/authority.crt
mail.from = no-reply@portal.test
END
start_mailer() {
  "$programs/portal-mailer" --config "$scratch/portal.conf" 2>>"$scratch/mailer.log" &
  mailer=$!
  started+=("$mailer")
}
rows() { sqlite3 -cmd '.timeout 10000' "$disk/portal.db" "$1"; }
beats() { [[ $(rows 'SELECT COUNT(*) FROM mailer_heartbeat') == 1 ]]; }
start_mailer
wait_for 20 beats
portalctl backup "$scratch/backups/portal.db" >/dev/null
serve_certificate authority portal.test

# --- what is told
# shellcheck disable=SC2154  # scenario.sh sets page, behind the exec of own_site.sh
bad_probes() { sed -nE 's/^(FAULT|warning|unknown) +([a-z ]+): .*/\2/p' "$page" | sort -u | paste -sd, | sed 's/,/, /g'; }
check() {
  status=0
  portalctl check --sockets "$sockets" --web-user root --resolver "127.0.0.1:$(head -n 1 "$scratch/dns.log")" \
    --timeout 60 >"$page" || status=$?
}
usual=''
only() {  # PROBES: those that are bad, but for those that are bad on this machine anyway
  check
  [[ $(bad_probes | tr ',' '\n' | sed 's/^ //' | grep -vxF -f <(echo "$usual") | paste -sd, | sed 's/,/, /g') == "$1" ]]
}
# broken SITE PROBES WORDS NEXT: waits until it shows, in check and in status.
broken() {
  wait_for 60 only "$2" || unexpected "$1: bad is '$(bad_probes)', and not '$2'"
  [[ $status == 1 ]] || unexpected "$1: status $status"
  local line
  line=$(grep -E "^FAULT .*$3" "$page") || unexpected "$1: no words '$3'"
  [[ $line == *"$4"*'`'* ]] || unexpected "$1: no command '$4' in: $line"
  printf '%-34s %s\n' "$1" "${line/FAULT   /}" | sed "s|$scratch|…|g" >>"$scratch/table"
  [[ $2 != integrity ]] || return 0  # status does not read the whole database
  portalctl status --sockets "$sockets" >"$scratch/status" || true
  grep -q "next: .*${4%% *}" "$scratch/status" || {
    cat "$scratch/status" >&2
    unexpected "$1: status names no command '$4'"
  }
}
well() {  # everything is as before
  wait_for 60 only '' || unexpected 'it does not get well again'
}

check
usual=$(bad_probes | tr ',' '\n' | sed 's/^ //')  # a container's clock, the disk of this machine
! grep -q '^FAULT' "$page" || unexpected 'the site is bad before anything is broken'

# --- broken sites
kill "$mailer"
wait "$mailer" || true
rows "INSERT INTO outbox (id, kind, registration_id, recipient, created_at, next_attempt_at, attempts, account_id, network,
  state, lease_owner, leased_until, done_at, last_reply) VALUES ('old', 'activation', '', 'a@test.example',
  strftime('%s', 'now') - 90000, strftime('%s', 'now') - 90000, 0, '', '', 'queued', '', 0, 0, '');
  UPDATE mailer_heartbeat SET at = at - 90000"
broken 'the mailer is stopped' 'mail queue, mailer' 'mailer: no mailer runs, .* was heard of 25 h ago' \
  'systemctl start portal-mailer'
grep -qE '^FAULT +mail queue: 1 mail waits, one for 25 h after its time' "$page" || unexpected 'the queue is not late'
rows "DELETE FROM outbox WHERE id = 'old'"
start_mailer
well

used() { df -k --output="$1" "$disk" | tail -n 1 | tr -d ' '; }
mount -o "remount,size=$(used used)k" "$disk"
broken 'the disk is full' 'database, disk, sockets' 'database: .*the disk is full, so nothing can be stored' 'df -h'
grep -qE '^FAULT +disk: .* .database and -wal. has 0 MB left of .*make room: .df -h ' "$page" || unexpected 'the disk has room'
grep -qE '^FAULT +sockets: .*form.sock cannot serve: .*the disk is full' "$page" || unexpected '/healthz/form says it is well'
! grep -qE '^FAULT +sockets: .*pages.sock' "$page" || unexpected 'a step that writes nothing is blamed'
mount -o remount,size=20g "$disk"
well

mount -o "remount,nr_inodes=$(used iused)" "$disk"
broken 'there are no inodes' 'disk, sqlite' 'disk: .* has 0 inodes left of .*no file can be made' "df -i $disk"
mount -o remount,nr_inodes=1000000 "$disk"
well

page_size=$(rows 'PRAGMA page_size')
damaged=$(rows "SELECT rootpage FROM sqlite_master WHERE name = 'event'")
rows 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
put() { dd if="$1" of="$disk/portal.db" bs="$page_size" seek=$((damaged - 1)) count=1 conv=notrunc status=none; }
dd if="$disk/portal.db" of="$scratch/page.kept" bs="$page_size" skip=$((damaged - 1)) count=1 status=none
put /dev/urandom
broken 'the database is damaged' integrity 'integrity: .*portal.db is damaged: .*restore a backup' 'portalctl restore'
put "$scratch/page.kept"
well

echo 'RCPT 554 5.7.1 Relay access denied' >"$scratch/faults"
broken 'the relay refuses at RCPT' mail 'mail: relay.test:2525: RCPT TO: 554 5.7.1 Relay access denied' 'portalctl mail list'
rm "$scratch/faults"
well

sign authority relay.test expired '-90 days' '-3 days'
start_relay expired
broken "the relay's certificate expired" mail 'mail: relay.test:2525: its certificate expired on .*, 3 days ago .certificate has expired.' \
  'openssl s_client -showcerts -connect relay.test:2525 -starttls smtp'
sign authority other.test other
start_relay other
broken "the relay's is another's" mail 'mail: .*is for other.test and not for relay.test .hostname mismatch.' 'openssl s_client'
start_relay relay
well

serve_certificate authority portal.test '-90 days' '-2 days'
broken "the site's certificate expired" certificate 'certificate: https://portal.test: its certificate expired on .*, 2 days ago' 'certbot renew'
serve_certificate authority elsewhere.test
broken "the site's is another's" certificate 'certificate: .*is for elsewhere.test and not for portal.test' 'openssl s_client'
serve_certificate stranger portal.test
broken 'of an unknown authority' certificate 'certificate: .*is signed by stranger, whose certificate is missing' 'openssl s_client'
serve_certificate authority portal.test '+2 days' '+90 days'
broken 'not valid yet' certificate 'certificate: .*is not valid before .*unless this machine' 'timedatectl'
serve_certificate authority portal.test '-80 days' '+3 days'
broken 'it ends in three days' certificate 'certificate: .* ends in [23] days' 'certbot renew'
serve_certificate authority portal.test
well

touch -d '-3 days' "$scratch/backups/portal.db"
broken 'the backup is old' backup 'backup: the newest backup, .* is 3 days old' 'systemctl status portal-backup.timer'
rm "$scratch/backups/portal.db"
check
grep -qE '^warning backup: no backup is in ' "$page" || unexpected 'a new portal that has no backup yet is not warned'
rows 'UPDATE schema_migration SET applied_at = applied_at - 200000'
broken 'there is no backup' backup 'backup: no backup is in ' 'portalctl backup'
portalctl backup "$scratch/backups/portal.db" >/dev/null
well

kill -STOP "${responder[confirm]}"
check_quickly() { portalctl check --sockets "$sockets" --timeout 5 >"$page" || true; }
check_quickly
grep -qE '^FAULT +sockets: .*confirm.sock: no answer within 2000 ms: .systemctl restart portal-confirm' "$page" ||
  unexpected 'a step that stands still is not told'
kill -CONT "${responder[confirm]}"
well

# --- the screen of status: every line, no wider than a terminal, its commands whole; and one object a line
COLUMNS=80 portalctl status --sockets "$sockets" >"$page" || unexpected 'status is bad'
for subject in steps queue mailer relay database wal disk backup certificate roster errors; do
  grep -qE "^(ok|n/a|unknown|warning) +$subject +[^ ]" "$page" || unexpected "no line $subject"
done
! grep -v 'next: ' "$page" | grep -E '.{81}' || unexpected 'a line is wider than 80 columns'
grep -q '^unknown errors' "$page" || unexpected 'nothing is known of errors here'
portalctl status --sockets "$sockets" --json | python3 -c '
import json, sys
lines = [json.loads(line) for line in sys.stdin]
assert len(lines) >= 11 and all(set(line) == {"level", "subject", "text", "next"} for line in lines), lines
assert all(line["next"] for line in lines if line["level"] in ("unknown", "warning", "FAULT")), lines'

cat "$scratch/table"
