#!/usr/bin/env bash
# The metrics of a running portal: what Prometheus's own tools say of the files, whether they count what
# happened, and whether rules, dashboard and conf/monitoring.md name what is really exported.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
start_portal
metrics=$site/metrics

# value_of SAMPLE: the sum of those that begin so, of all processes; nothing if there is none.
value_of() { grep -hF "$1" "$metrics"/*.prom | awk '{ sum += $2 } END { if (NR) print sum }'; }
has() { [[ $(value_of "$1") == "$2" ]]; }
# expect_metric VALUE SAMPLE: waits for the next writing, which is in ten seconds at most.
expect_metric() { wait_for 30 has "$2" "$1" || unexpected "$2 is $(value_of "$2") instead of $1"; }

# One of each: mistakes, a registration, its activation, a wrong password, another site.
fill_in judo 契 0123456 7 8
entries[phone]=123
send_form
expect_status 422
entries[phone]=01201234567
apply
visit "$(link_to kikin01@test.example)"
expect_text 'ユーザー登録が完了いたしました。'
visit --data-urlencode email=kikin01@test.example -d password=Chigau123 /login
expect_status 422
visit -d '' -H 'Origin: https://evil.example' /logout
expect_status 403
visit /assets/none
visit /none
expect_status 404

expect_metric 1 'portal_http_requests_total{status="422",step="form",'
expect_metric 1 'portal_http_requests_total{status="303",step="form",'
expect_metric 1 'portal_http_requests_total{status="303",step="complete",'
expect_metric 1 'portal_http_requests_total{status="403",step="login",'
expect_metric 0 'portal_http_requests_total{status="500",step="form",'
expect_metric 1 'portal_events_total{event="form_refused",step="form",'
expect_metric 1 'portal_events_total{event="form_accepted",step="form",'
expect_metric 1 'portal_events_total{event="registered",step="complete",'
expect_metric 1 'portal_events_total{event="activated",step="activate",'
expect_metric 1 'portal_events_total{event="login_refused",step="login",'
expect_metric 1 'portal_events_total{event="cross_site_refused",step="login",'
expect_metric 1 'portal_password_hashes_total{step="complete",'
expect_metric 1 'portal_mail_attempts_total{outcome="delivered",step="mailer",'
expect_metric 1 'portal_mail_delivery_delay_seconds_count{step="mailer",'
expect_metric 0 'portal_outbox_mails{state="queued",step="mailer",'
expect_metric 0 'portal_outbox_oldest_due_age_seconds{step="mailer",'
requests=$(value_of 'portal_events_total{event="request",step="form",')
expect_metric "$requests" 'portal_http_request_duration_seconds_count{step="form",'

# Each step and the mailer has its file; promtool finds nothing to say of any.
while read -r step; do
  promtool check metrics <"$metrics/portal-$step-1.prom" >"$page" 2>&1 || unexpected "portal-$step-1.prom"
  [[ ! -s $page ]] || unexpected "promtool has something to say of portal-$step-1.prom"
done < <(steps; echo mailer)

# What status finds is written too. The certificate is of a server beside the portal.
certificate_port=$(free_port)
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=localhost \
  -addext subjectAltName=DNS:localhost -keyout "$scratch/key" -out "$scratch/crt" 2>/dev/null
openssl s_server -accept "127.0.0.1:$certificate_port" -key "$scratch/key" -cert "$scratch/crt" -www -quiet >/dev/null 2>&1 &
tls_server=$!
trap 'kill "$tls_server" 2>/dev/null || true; end_scenario' EXIT
shows_certificate() { (: <>"/dev/tcp/127.0.0.1/$certificate_port") 2>/dev/null; }
wait_for 20 shows_certificate
mkdir "$scratch/backups"
echo content >"$scratch/backups/portal.db"
PORTAL_SITE_BASE_URL=https://localhost:$certificate_port PORTAL_BACKUP_DIRECTORY=$scratch/backups \
  SSL_CERT_FILE=$scratch/crt "$programs/portalctl" --config "$site/portal.conf" status --metrics --sockets "$site/run"
kill "$tls_server"
promtool check metrics <"$metrics/portal-status-1.prom"
has_about() {  # SAMPLE SECONDS MOST: the time of that sample, minus now, is between them
  local at
  at=$(value_of "$1{")
  awk -v at="$at" -v now="$EPOCHSECONDS" -v least="$2" -v most="$3" \
    'BEGIN { exit !(at - now >= least && at - now <= most) }' || unexpected "$1 is $at"
}
has_about portal_mailer_heartbeat_timestamp_seconds -300 1
has_about portal_backup_timestamp_seconds -300 1
has_about portal_certificate_expiry_timestamp_seconds $((29 * 86400)) $((30 * 86400))
has_about portal_roster_imported_timestamp_seconds -900 1
expect_metric 1 'portal_certificate_accepted{of="site",'
expect_metric 0 'portal_status_level{subject="mailer",step="status",'
grep -qE '^portal_disk_free_bytes\{folder="/.*\} [1-9]' "$metrics/portal-status-1.prom" || unexpected 'no disk is free'

# node_exporter reads them all together.
port=$(free_port)
prometheus-node-exporter --web.listen-address="127.0.0.1:$port" --collector.disable-defaults \
  --collector.textfile --collector.textfile.directory="$metrics" 2>"$scratch/exporter.log" &
exporter=$!
trap 'kill "$exporter" 2>/dev/null || true; end_scenario' EXIT
scraped() {
  curl -sS --noproxy '*' --max-time 10 -o "$page" "http://127.0.0.1:$port/metrics" 2>/dev/null &&
    grep -q '^node_textfile_scrape_error ' "$page"
}
wait_for 20 scraped || unexpected "node_exporter: $(tail -n 1 "$scratch/exporter.log")"
grep -qx 'node_textfile_scrape_error 0' "$page" || unexpected "$(grep -m 1 -i error "$scratch/exporter.log")"
grep -qx 'portal_events_total{event="registered",process="1",step="complete"} 1' "$page" ||
  unexpected 'the registration is not in what node_exporter says'
kill "$exporter"

# What is exported is what the operators' page says, in name, kind and meaning; rules and dashboard
# name nothing else.
python3 "$root/tests/integration/metrics_named.py" "$root/conf" "$metrics"

# A process that is killed leaves its file, with the time of its last writing; the next one has the same
# name. An orderly end leaves none.
mailer=$(process_of portal-mailer)
kill -KILL "$mailer"
gone() { ! kill -0 "$mailer" 2>/dev/null; }
wait_for 10 gone
[[ -e $metrics/portal-mailer-1.prom ]] || unexpected 'the file of a killed process is gone'
stop_portal
rm "$metrics"/portal-status-1.prom "$metrics"/.portal-status-1.lock
rest=$(cd "$metrics" && ls -A)
[[ $rest == $'.portal-mailer-1.lock\nportal-mailer-1.prom' ]] || unexpected "left behind: $rest"
