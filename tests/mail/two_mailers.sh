#!/usr/bin/env bash
# Two mailers at the same time on one outbox: each mail is sent once, and both work.
# shellcheck source=SCRIPTDIR/../support/relay.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/relay.sh"
tests=$root/tests/mail mails=600

start_portal_with_relay
sql "$(sed "/^--/d; s/:first/0/g; s/:number/$mails/g; s/:now/$(date +%s)/g" "$tests/queue.sql")"
sql 'UPDATE outbox SET next_attempt_at = next_attempt_at + 3600'  # until both are there
for name in one two; do
  "$programs/portal-mailer" --config "$smtp_conf" 2>"$scratch/$name.log" &
  started+=($!)
done
is_there() { grep -q ' info started' "$scratch/$1.log"; }
for name in one two; do wait_for 60 is_there "$name" || unexpected "mailer $name does not start"; done
sql 'UPDATE outbox SET next_attempt_at = next_attempt_at - 3600'
all_sent() { [[ $(sql "SELECT count(*) FROM outbox WHERE state = 'sent'") == "$mails" ]]; }
wait_for 90 all_sent || unexpected 'not all are sent'

for name in one two; do
  count=$(grep -c 'outcome=delivered' "$scratch/$name.log" || true)
  echo "mailer $name sent $count"
  ((count > 0)) || unexpected "mailer $name sent nothing"
done
[[ $(sed 1d "$scratch/server.log" | wc -l) == "$mails" ]] || unexpected 'a mail was sent twice, or is lost'
[[ $(sed 1d "$scratch/server.log" | sort -u | wc -l) == "$mails" ]] || unexpected 'a mail was sent twice'
expect_count "$mails" "SELECT count(*) FROM mail_attempt WHERE outcome = 'delivered'"
