#!/usr/bin/env bash
# Monitoring as conf/monitoring.md sets it up, on a machine that runs: its own commands open the sandbox for
# the metrics, node_exporter serves them, and the journal knows each line's priority.
# shellcheck source=SCRIPTDIR/portal.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/portal.sh"

install_portal prometheus-node-exporter </dev/null
boot "$bare"
as_operator portalctl migrate >/dev/null
as_operator portalctl roster import /usr/share/portal/sql/sample_roster.csv >/dev/null
in_machine systemctl enable --quiet --now portal.target
wait_for 10 each_step_is_healthy || unexpected 'a step is not well'

# What the page says, but for the installation.
commands=$(sed -n '/^### For Prometheus/,/^### /s/^    //p' "$root/conf/monitoring.md" | grep -v '^apt-get ')
in_machine sh -ec "$commands"
wait_for 10 each_step_is_healthy || unexpected 'a step is not well with metrics'

exported() { curl -sS --max-time 10 -o "$page" http://127.0.0.1:9100/metrics; }
has_sample() { exported && grep -qE -- "$1" "$page"; }
expect_sample() { wait_for 30 has_sample "$1" || unexpected "node_exporter does not say $1"; }
while read -r step; do
  expect_sample "^portal_build_info\{process=\"1\",step=\"$step\",version="
done < <(steps; echo mailer)
expect_sample '^node_textfile_scrape_error 0$'

visit -d '' -H 'Origin: https://evil.example' /logout
expect_status 403
expect_sample '^portal_events_total\{event="cross_site_refused",process="1",step="login"\} 1$'

# The journal has taken the priority off, and filters by it.
in_machine journalctl -q -o cat -u portal-login -p warning >"$page"
expect_text ' warning cross_site_refused '
expect_no_text ' info '
in_machine journalctl -q -o cat -u portal-login >"$page"
expect_text ' info request step=login status=403 '
expect_no_text '<6>'

# One more process has a file of its own; stopped, it has none, and a restart changes no name.
in_machine systemctl start portal-complete@2
expect_sample '^portal_build_info\{process="2",step="complete",'
in_machine systemctl stop portal-complete@2
in_machine systemctl restart portal-complete
wait_for 10 each_step_is_healthy
exported
[[ $(grep -c '^portal_build_info{.*step="complete"' "$page") == 1 ]] || unexpected 'complete is there twice'
expect_sample '^portal_build_info\{process="1",step="complete",'
expect_no_failure
