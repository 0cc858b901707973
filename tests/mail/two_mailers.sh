#!/usr/bin/env bash
# Two mailers at the same time on one outbox: each mail is sent once, and both work.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
tests=$root/tests/mail mails=600
started=()
trap 'kill "${started[@]}" 2>/dev/null || true; end_scenario' EXIT
start_portal

old=$(process_of portal-mailer)
gone() { ! kill -0 "$old" 2>/dev/null; }
kill -TERM "$old"
wait_for 20 gone
python3 "$tests/fault_server.py" >"$scratch/server.log" &
started+=($!)
wait_for 20 test -s "$scratch/server.log"
cp "$site/portal.conf" "$scratch/smtp.conf"
cat >>"$scratch/smtp.conf" <<END
mail.transport = smtp
mail.smtp.host = 127.0.0.1
mail.smtp.port = $(head -n 1 "$scratch/server.log")
mail.from = no-reply@portal.test
END
sql "$(sed "/^--/d; s/:first/0/g; s/:number/$mails/g; s/:now/$(date +%s)/g" "$tests/queue.sql")"
for name in one two; do
  "$programs/portal-mailer" --config "$scratch/smtp.conf" 2>"$scratch/$name.log" &
  started+=($!)
done
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
