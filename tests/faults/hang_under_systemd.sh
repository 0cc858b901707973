#!/usr/bin/env bash
# complete, and then the mailer, stand still while people register on a machine that runs: systemd restarts them. Nobody
# is refused for longer than 10 seconds, and every mail leaves.
# shellcheck source=SCRIPTDIR/../machine/portal.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../machine/portal.sh"
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
# The browsers, too, are on that machine's network.
python3() {
  local there=(nsenter --net="/proc/$machine/ns/net" python3 "$@")
  ((BASHPID == $$)) || exec "${there[@]}"  # so that its process id is the one that the caller gets
  "${there[@]}"
}

install_portal </dev/null
boot "$bare"
in_machine systemctl enable --quiet --now portal.target
as_operator portalctl migrate >/dev/null
as_operator portalctl roster import /usr/share/portal/sql/sample_roster.csv >/dev/null
wait_for 10 each_step_is_healthy || unexpected 'a step does not find its database'
offer 4 "$url"
wait_for_accepted 20

it_happens
for unit in portal-complete portal-mailer; do
  before=$(restarts_of "$unit")
  in_machine systemctl kill --kill-whom=main --signal=STOP "$unit"
  was_restarted() { (($(restarts_of "$unit") > before)); }
  wait_for 30 was_restarted || fail 1 "$unit was not restarted"
  wait_for_accepted 20
done
all_have_left() { [[ $(sql "SELECT count(*) FROM outbox WHERE state <> 'sent'") == 0 ]]; }
it_cost
wait_for 120 all_have_left || fail 1 'a mail has not left'
