#!/usr/bin/env bash
# Every mail passes one gate (core/queue/mail_limits.h). Run in the tree's root.
set -euo pipefail

found=0
# PATTERN (extended regular expression) @ WHERE IT MAY STAND, below modules/ @ why
rules='Outbox\([a-z]+\)\.add\(@core/queue/queue_mail\.cpp@only queue_mail.h queues a mail: it notes who causes it
INSERT INTO outbox@core/database/mail/outbox\.cpp@only Outbox adds a row to the outbox
\.deliver(_all)?\(@mailer/mailer\.cpp@only the mailer sends a mail, after choose_letter()
 write_letter\(@mailer/(mailer|letter)\.cpp@only the mailer writes a letter, after choose_letter()
 add_(own|stop)_link\(@(mailer/letter_choice|core/queue/mail_limits)\.cpp@only choose_letter() makes links, after the gate
 apply_limits\(@(mailer/letter_choice|core/queue/mail_limits)\.cpp@the gate is choose_letter()'
while IFS='@' read -r pattern room why; do
  if grep -rnE --include='*.cpp' "$pattern" modules | grep -vE "^modules/($room):"; then
    echo "$why" >&2
    found=1
  fi
done <<<"$rules"
gates=$(grep -cE ' apply_limits\(' modules/mailer/letter_choice.cpp)
((gates == 1)) || { echo "letter_choice.cpp has $gates gates; each letter passes one" >&2; found=1; }
((found == 0))
