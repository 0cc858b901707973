#!/usr/bin/env bash
# A whole registration by way of a real Postfix: STARTTLS, a Maildir, the mail as Python's email package
# reads it, the link; and what Postfix accepts and cannot deliver comes back as bounced.
#
# The Postfix is one of this test's own: settings, queue and mails in a folder of its own, loopback only,
# no DNS. Its master must be root: as another user this test is skipped (exit status 77).
if ((EUID != 0)); then
  echo 'skipped: Postfix can only be started by root' >&2
  exit 77
fi
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
tests=$root/tests/mail
post=$(mktemp -d)  # its user must be able to enter, and its settings know no spaces
chmod 755 "$post"
mailer=''

end_postfix() {
  local result=$?
  [[ -z $mailer ]] || kill "$mailer" 2>/dev/null || true
  [[ ! -e $post/queue/pid/master.pid ]] || postfix -c "$post/etc" stop 2>/dev/null || true
  ((result == 0)) || tail -n 20 "$post/mail.log" "$scratch/mailer.log" >&2 || true
  rm -rf "$post"
  end_scenario "$result"
}
trap end_postfix EXIT

make_certificate() {
  local key=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)
  openssl req -x509 "${key[@]}" -days 2 -subj /CN=authority -keyout "$post/ca.key" -out "$post/ca.crt"
  openssl req "${key[@]}" -subj /CN=localhost -keyout "$post/key.pem" -out "$post/request.pem"
  openssl x509 -req -in "$post/request.pem" -CA "$post/ca.crt" -CAkey "$post/ca.key" -CAcreateserial \
    -days 2 -extfile <(echo 'subjectAltName=DNS:localhost') -out "$post/certificate.pem"
} 2>"$scratch/openssl.log"

# configure_postfix PORT
configure_postfix() {
  cat >"$post/etc/main.cf" <<END
compatibility_level = 3.6
queue_directory = $post/queue
data_directory = $post/data
maillog_file = $post/mail.log
maillog_file_prefixes = $post
myhostname = mail.test
mydestination = portal.test
local_recipient_maps =
alias_maps = hash:$post/aliases
mynetworks = 127.0.0.0/8
inet_interfaces = loopback-only
inet_protocols = ipv4
disable_dns_lookups = yes
smtpd_peername_lookup = no
smtpd_relay_restrictions = reject_unauth_destination
smtpd_reject_unlisted_recipient = no
smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = $post/certificate.pem
smtpd_tls_key_file = $post/key.pem
smtpd_tls_received_header = yes
recipient_delimiter = +
virtual_mailbox_domains = test.example
virtual_mailbox_base = $post/boxes
virtual_mailbox_maps = inline:{{kikin01@test.example = kikin01/}}
virtual_uid_maps = static:$(id -u nobody)
virtual_gid_maps = static:$(id -g nobody)
END
  cat >"$post/etc/master.cf" <<END
127.0.0.1:$1 inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
pickup unix n - n 60 1 pickup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
virtual unix - n n - - virtual
local unix - n n - - local
postlog unix-dgram n - n - 1 postlogd
END
}

listens() { (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

start_postfix() {
  local port
  mkdir "$post"/{etc,queue,data,boxes}
  chown postfix: "$post/data"
  chown nobody: "$post/boxes"
  : >"$post/mail.log"
  make_certificate
  for _ in 1 2 3 4 5; do  # another process may take the free port meanwhile
    port=$(free_port)
    configure_postfix "$port"
    postfix -c "$post/etc" start >"$scratch/postfix.log" 2>&1 && wait_for 20 listens "$port" && break
    postfix -c "$post/etc" stop >/dev/null 2>&1 || true
  done
  listens "$port" || { cat "$scratch/postfix.log" >&2; return 1; }
  smtp_port=$port
}

gone() { ! kill -0 "$1" 2>/dev/null; }

# Quickstart's mailer is replaced by one that mails by SMTP.
mail_by_smtp() {
  local old
  old=$(process_of portal-mailer)
  kill -TERM "$old"
  wait_for 20 gone "$old"
  cp "$site/portal.conf" "$scratch/smtp.conf"
  cat >>"$scratch/smtp.conf" <<END
mail.transport = smtp
mail.smtp.host = localhost
mail.smtp.port = $smtp_port
mail.smtp.security = starttls
mail.smtp.ca_file = $post/ca.crt
mail.from = $(fact PORTAL_NAME) <no-reply@portal.test>
mail.bounces = bounces@portal.test
END
  "$programs/portal-mailer" --config "$scratch/smtp.conf" 2>"$scratch/mailer.log" &
  mailer=$!
}

boxed() { compgen -G "$post/boxes/$1/new/*" >"$scratch/boxed"; }

start_postfix
start_portal
mail_by_smtp

# What comes to mail.bounces is handed to the program by the alias of conf/mail.md; the address has the mail's id.
# In place of the journal stands a file.
hand_over_bounces() {
  mkdir "$post/bin"  # the programs may lie behind a folder that is root's only
  cp "$programs/portal-mailer" "$post/bin"
  cp -r "$programs/../lib" "$post"
  printf '#!/bin/sh\nexec "%s" --config "%s" "$@"\n' "$post/bin/portal-mailer" "$scratch/smtp.conf" >"$post/mailer"
  printf '#!/bin/sh\n[ ! -e "%s" ] || exit 1\nshift 2\nexec "$@" 2>>"%s"\n' "$post/no-journal" "$post/bounce.log" \
    >"$post/systemd-cat"
  chmod 755 "$post/mailer" "$post/systemd-cat"
  sed -n "s|^ *echo '\(bounces: .*\)' >>/etc/aliases.*|\1|p" "$root/conf/mail.md" |
    sed "s|/usr/bin/systemd-cat|$post/systemd-cat|; s|/usr/bin/portal-mailer|$post/mailer|" >"$post/aliases"
  [[ $(<"$post/aliases") == *"$post/systemd-cat"*"$post/mailer --bounce"* ]] || unexpected 'conf/mail.md has no such alias'
  postalias "hash:$post/aliases"
  : >"$post/bounce.log"
  # Its user may read the settings and write the database.
  chown nobody: "$post/bounce.log"
  chmod 711 "$scratch" "$site"
  chown -R nobody: "$scratch/smtp.conf" "$site"
}

state_of() { sql "SELECT state FROM outbox WHERE recipient = '$1'"; }
is_bounced() { [[ $(state_of "$1") == bounced ]]; }

hand_over_bounces

# --- a mail that arrives
long=$(printf '髙﨑%.0s' {1..20})  # 40 characters
fill_in judo 契 0123456 7 8
entries[family_name]=髙﨑 entries[given_name]=$long
apply
wait_for 30 boxed kikin01 || unexpected 'no mail arrives'
link=$(python3 "$tests/read_mail.py" "$(<"$scratch/boxed")" "髙﨑 $long 様" "$url") || unexpected 'the mail is not right'
expect_count sent 'SELECT state FROM outbox'
expect_count '' "SELECT state FROM outbox WHERE last_reply NOT LIKE '250 2.0.0 Ok: queued as %'"
visit "${link#"$url"}"
expect_status 200
expect_text 'ユーザー登録が完了いたしました。'

# --- one that Postfix accepts, and then cannot deliver
browser=second
fill_in ahaki 01234567 8 9
entries[email]=nobody@test.example
apply
wait_for 30 is_bounced nobody@test.example || { cat "$post/bounce.log" >&2; unexpected 'no report comes back'; }
row=$(sql "SELECT id FROM outbox WHERE recipient = 'nobody@test.example'")
expect_count 1 "SELECT count(*) FROM mail_attempt WHERE outbox_id = '$row' AND outcome = 'bounced'"
"$programs/portalctl" --config "$scratch/smtp.conf" timeline nobody@test.example >"$page"
expect_text 'mail_bounced         activation: 5.1.1'
is_logged() { grep -q 'mail_bounced' "$post/bounce.log"; }
wait_for 30 is_logged || unexpected 'the log does not tell'

# --- without a journal the command fails: Postfix keeps what came back, and returns nothing to anybody
touch "$post/no-journal"
is_kept() { grep -q 'orig_to=<bounces+.*status=deferred\|to=<bounces+.*status=deferred' "$post/mail.log"; }
browser=third
fill_in judo 協 0123456 7 8
entries[email]=noone@test.example
apply
wait_for 30 is_kept || unexpected 'Postfix does not keep the report'
[[ $(state_of noone@test.example) == sent ]] || unexpected "the mail is $(state_of noone@test.example)"
rm "$post/no-journal"
postfix -c "$post/etc" flush
wait_for 30 is_bounced noone@test.example || { cat "$post/bounce.log" >&2; unexpected 'the report is lost'; }
