#!/usr/bin/env bash
# Two mailers on one outbox obey one pause: while the relay refuses us after DATA, they send one probe
# together; when it takes the probe, both go on; portalctl ends a pause at once.
# shellcheck source=SCRIPTDIR/../support/relay.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/relay.sh"
tests=$root/tests/mail mails=60

echo 'MESSAGE 554 Message rejected: Email address is not verified.' >"$scratch/refuse"
start_portal_with_relay "$scratch/refuse"
refused() { grep -c '^refused$' "$scratch/server.log" || true; }
is() { [[ $(sql "$1") == "$2" ]]; }
at_rest() { is "SELECT count(*) FROM outbox WHERE leased_until > 0" 0; }

sql "$(sed "/^--/d; s/:first/0/g; s/:number/$mails/g; s/:now/$(date +%s)/g" "$tests/queue.sql")"
for name in one two; do
  "$programs/portal-mailer" --config "$smtp_conf" 2>"$scratch/$name.log" &
  started+=($!)
done
wait_for 60 is 'SELECT count(*) FROM mail_pause' 1 || unexpected 'the queue is not paused'
sql 'UPDATE mail_pause SET until = until + 3600'  # no probe yet, however slow this machine is
wait_for 60 at_rest || unexpected 'a mail is still leased'
is_noted() { is "SELECT count(*) FROM outbox WHERE fault = 'ours'" "$(refused)"; }
wait_for 60 is_noted || unexpected 'the server has not noted what it refused'
first=$(refused)
# Each mailer may have had one mail under way when the queue was paused.
((first == 1 || first == 2)) || unexpected "$first mails were tried before the pause"
expect_count 0 "SELECT count(*) FROM outbox WHERE state <> 'queued'"
shouts() { cat "$scratch"/{one,two}.log | grep -c ' error mail_paused ' || true; }
shouted() { (($(shouts) > 0)); }
wait_for 60 shouted || unexpected 'it was not shouted'  # a mailer shouts when it has committed

# The pause is over, for the queue: one probe, of one of them.
sql "UPDATE mail_pause SET until = $(date +%s)"
probed() { (($(refused) > first)); }
wait_for 60 probed || unexpected 'there was no probe'
sql 'UPDATE mail_pause SET until = until + 3600'
wait_for 60 at_rest
is "SELECT count(*) FROM mail_pause WHERE until > $(date +%s)" 1 || unexpected 'the pause did not go on'
[[ $(refused) == $((first + 1)) ]] || unexpected 'there was more than one probe'

ctl() { "$programs/portalctl" --config "$site/portal.conf" "$@"; }
ctl mail status | grep -q '^queue=paused .*not verified' || unexpected 'mail status does not tell'

[[ $(shouts) == 1 ]] || unexpected "it was shouted $(shouts) times"

# The relay is mended, and the administrator says so.
rm "$scratch/refuse"
ctl mail retry all-waiting | grep -q 'no longer paused' || unexpected 'the pause did not end'
wait_for 90 is "SELECT count(*) FROM outbox WHERE state = 'sent'" "$mails" || unexpected 'not all are sent'
expect_count 0 'SELECT count(*) FROM mail_pause'
expect_count "$mails" "SELECT count(*) FROM mail_attempt WHERE outcome = 'delivered'"
ctl mail status | grep -qx 'queue=open' || unexpected 'mail status does not tell that it is open'
