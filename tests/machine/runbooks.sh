#!/usr/bin/env bash
# The commands that the documents of conf/ show, as they stand there, on a machine with the package, nginx,
# PostgreSQL and Postfix, and no sudo, no sqlite3: a minimal installation has neither. Whatever a document shows is run here, or said here why it is not.
# shellcheck source=SCRIPTDIR/portal.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/portal.sh"
needs_root_and debootstrap systemd-nspawn nsenter cpack
url=https://portal.example.jp

curl() {  # from the machine itself
  nsenter --net="/proc/$machine/ns/net" curl --cacert "$bare/etc/ssl/portal/fullchain.pem" \
    --resolve portal.example.jp:443:127.0.0.1 "$@"
}

# --- what documents show

shown() { python3 "$machine_tests/shown.py" "$root/conf/$1.md" "${@:2}"; }
seen=()

# runs_as USER DOCUMENT PHRASE [SED-SCRIPT]: the block with that phrase; the script puts this machine's names
# in place of an example's.
runs_as() {
  local block
  block=$(shown "$2" "$3")
  seen+=("$2.md: ${block%%$'\n'*}")
  block=$(sed -E "${4-}" <<<"$block")
  in_machine runuser -u "$1" -- bash -euo pipefail -c "$block" >"$scratch/said" 2>&1 </dev/null ||
    fail 1 "$2.md: $block: $(tail -n 25 "$scratch/said")"
  printf '%s.md: %s\n' "$2" "${block%%$'\n'*}"
}
runs() { runs_as root "$@"; }

# is_file DOCUMENT PHRASE FILE: the block is what that file is to hold.
is_file() {
  local block
  block=$(shown "$1" "$2")
  seen+=("$1.md: ${block%%$'\n'*}")
  install -d "$bare${3%/*}"
  printf '%s\n' "$block" >"$bare$3"
}

# is_not_run REASON DOCUMENT PHRASE...
is_not_run() {
  local phrase block
  for phrase in "${@:3}"; do
    block=$(shown "$2" "$phrase")
    seen+=("$2.md: ${block%%$'\n'*}")
  done
}

said() { grep -qF -- "$1" "$scratch/said" || fail 1 "'$1' is missing: $(tail -n 25 "$scratch/said")"; }

# --- the machine

package_machine() {
  local package
  bare_root systemd-sysv nginx postgresql postfix openssl procps "$@"
  package=$(package_of "$suite")
  cp "$package" "$bare/srv/"
  in_root "$bare" apt-get -q -y install --no-install-recommends "/srv/${package##*/}" >"$scratch/said" 2>&1 ||
    fail 1 "apt-get: $(tail -n 25 "$scratch/said")"
  rm "$bare/usr/sbin/policy-rc.d"
  site=$bare/var/lib/portal
}

package_machine
cat >>"$bare/etc/portal/portal.conf" <<END
site.base_url = $url
mail.from = no-reply@portal.example.jp
mail.transport = smtp
database.connector = SQLite
database.connection = /var/lib/portal/portal.db
END
install -d "$bare/etc/ssl/portal"
openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj /CN=portal.example.jp \
  -addext subjectAltName=DNS:portal.example.jp -keyout "$bare/etc/ssl/portal/key.pem" \
  -out "$bare/etc/ssl/portal/fullchain.pem" 2>"$scratch/said" || fail 1 "$(<"$scratch/said")"
cp "$bare/etc/ssl/portal/fullchain.pem" "$bare/usr/local/share/ca-certificates/portal.crt"
in_root "$bare" update-ca-certificates >"$scratch/said" 2>&1
printf '127.0.0.1 portal.example.jp %s\n' "$(uname -n)" >>"$bare/etc/hosts"
rm -f "$bare/etc/nginx/sites-enabled/default"
boot "$bare"

# --- systemd, the web server, the roster
runs systemd 'systemctl enable --now portal.target' 's/ -f$//'
runs web-servers 'apt install nginx' '/^apt install/d; s/--certificate/--rate 10000 &/'
runs install 'systemctl restart portal.target'
runs install 'portalctl roster import'
runs roster 'FILE --dry-run' 's|FILE|/usr/share/portal/sql/sample_roster.csv|'
runs roster '--complete judo ' 's|judo.csv\|oita.xlsx|/usr/share/portal/sql/sample_roster.csv|'
wait_for 30 each_step_is_healthy || unexpected 'a step is not healthy'
fill_in judo 契 0123456 7 8
apply
runs install 'portalctl check' 's/$/ || true/'
said 'ok      site: '
is_file systemd 'THREADS=8' /etc/systemd/system/portal-complete.service.d/threads.conf
in_machine systemctl daemon-reload
runs systemd 'portal-complete@2'
in_machine systemctl disable --quiet --now portal-complete@2
runs scaling 'portal-complete@2'
runs scaling 'pgrep -d, portal-complete' 's/^top /top -b -n 1 /'
runs systemd 'if sql/ has a new file'
wait_for 30 each_step_is_healthy || unexpected 'a step is not healthy'
request=$(header X-Request-Id)
runs monitoring 'grep request=1a2b3c4d' "s/1a2b3c4d/${request:0:8}/"
runs systemd 'journalctl -u portal-complete -p err' "s/REQUEST_ID/$request/; s/^journalctl .*(-p err|try_later)/& || true/"
said "request=$request"
runs monitoring "-p warning" "s/41f0c0ffee/$request/"

# --- the desk
desk=http://127.0.0.1:8081
is_file desk 'desk.base_url = ' /srv/desk.conf
cat "$bare/srv/desk.conf" >>"$bare/etc/portal/portal.conf"
runs desk 'install -m 640 -g www-data' 's/passwd -6/& geheim/'
runs desk 'systemctl enable --now portal-desk.socket'
runs desk 'nginx/generate --desk --listen 127.0.0.1:8081'
desk_answers() { visit -u sato:geheim "$desk/desk/" && [[ $status == 200 ]]; }
wait_for 30 desk_answers || unexpected 'no desk'
expect_text 'sato さん（担当者）'
visit -u tanaka:geheim "$desk/desk/"
expect_text 'tanaka さん（責任者）'
visit -u tanaka:other "$desk/desk/"
expect_status 401
visit -u tanaka:geheim /desk/
expect_status 404
runs desk 'curl -u sato' 's/^portalctl check$/& || true/; /^curl /d'
said 'ok      desk: 2 staff, 1 supervisors at http://127.0.0.1:8081'
runs desk '/CN=Desk' 's|^|cd /srv; |; s|-export|& -passout pass:geheim|'
runs desk 'systemctl disable --now portal-desk.socket'
is_away() { ! visit "$desk/desk/" 2>/dev/null; }
wait_for 30 is_away || unexpected 'the desk is still there'
! in_machine test -e /run/portal/desk.sock || fail 1 'its socket is still there'

# --- mail
runs mail 'recipient_delimiter'
in_machine postalias -q bounces /etc/aliases >"$scratch/said"
said 'portal-mailer --bounce'
runs mail 'retry all-waiting'
said 'queue=open'

# --- what is kept
runs retention 'storage_bounded|throttled' 's/$/ || true/'
runs retention 'audit archive --before' 's/$/ || true/'
said 'nothing was archived'
is_not_run 'nothing is old enough on a new machine; tests/portalctl/archive_test.cpp runs it' retention \
  'audit verify --archive' "grep '\"account\""

# --- certificates
runs certificates 'nginx -t'
runs certificates 'openssl s_client' 's/\.jp:443/&/; s/-connect portal.example.jp/-connect 127.0.0.1/'
sed -i 's/ = /=/g' "$scratch/said"  # OpenSSL 3.0 writes CN = NAME
said 'CN=portal.example.jp'
runs certificates 'restart portal-mailer'
printf 'one\n' >"$bare/srv/old-ca.crt"
printf 'two\n' >"$bare/srv/new-ca.crt"
runs certificates 'old-ca.crt' 's|^|cd /srv; |'
[[ $(<"$bare/etc/portal/ca.crt") == $'one\ntwo' ]] || fail 1 'ca.crt has not both'

# --- metrics
install -d "$bare/var/lib/prometheus/node-exporter"
runs monitoring 'prometheus-node-exporter' '/^apt-get/d'
runs monitoring 'portal-.service.d'
runs monitoring 'portalctl status' 's/$/ || true/'
said 'mailer '
runs monitoring 'enable --now portal-status.timer'
metrics_of() { grep -qs portal_build_info "$bare/var/lib/prometheus/node-exporter/portal-$1"*; }
wait_for 30 metrics_of form || fail 1 'no metrics'
wait_for 30 metrics_of mailer || fail 1 'no metrics of the mailer'

# --- backup and restore on SQLite
is_file backup 'Type=oneshot' /etc/systemd/system/portal-backup.service
is_file backup 'OnCalendar=03:30' /etc/systemd/system/portal-backup.timer
in_machine bash -euc 'install -d -m 700 -o portal -g portal /var/backups/portal
  systemctl daemon-reload; systemctl enable --quiet --now portal-backup.timer; systemctl start portal-backup.service'
saved=$(cd "$bare/var/backups/portal" && ls)
rm "$bare/var/backups/portal/$saved"
# shellcheck disable=SC2016
runs backup 'portalctl backup /var/backups/portal/portal-$(date +%F)'
runs backup 'portalctl restore /var' "s/portal-2026-04-01.db/$saved/"
wait_for 30 each_step_is_healthy || unexpected 'a step is not healthy'
expect_count 1 'SELECT count(*) FROM registration'

# --- to PostgreSQL
in_machine systemctl is-active --quiet postgresql || in_machine systemctl start postgresql
is_file systemd 'local  portal  portal,' /srv/hba
is_file systemd 'portal  portal         portal_operator' /srv/ident
in_machine bash -euc 'cd /etc/postgresql/*/main; cat pg_hba.conf >>/srv/hba; cat /srv/hba >pg_hba.conf; cat /srv/ident >>pg_ident.conf
  systemctl reload postgresql'
runs moving-to-postgresql 'createuser portal'
runs moving-to-postgresql 'cd /etc/portal'
runs moving-to-postgresql 'before-moving.db'
runs moving-to-postgresql 'migrate --from sqlite:'
runs moving-to-postgresql 'roles.sql portal'
runs moving-to-postgresql '--finish'
wait_for 30 each_step_is_healthy || unexpected 'a step is not healthy'
runs moving-to-postgresql '--event moved_to_postgresql'
said moved_to_postgresql

# --- backup and restore on PostgreSQL
connection=$(sed -n 's/^database.connection = //p' "$bare/etc/portal/portal.conf")
here="s|host=db2.example.jp user=portal dbname=portal( …)?|$connection|"
in_machine bash -euc 'cd /var/backups/portal; rm -f portal.dump'
runs_as portal backup 'pg_dump' "$here"
runs backup 'pg_restore' "$here; s|^pg_restore|runuser -u portal -- &|; s|portal.dump|/var/backups/portal/&|"
in_machine runuser -u postgres -- psql -Xq1 -v ON_ERROR_STOP=1 -f /usr/share/portal/sql/roles.sql portal >"$scratch/said"
runs backup 'portalctl audit verify' 's/check --stopped/& || true/'
wait_for 30 each_step_is_healthy || unexpected 'a step is not healthy'
runs postgresql 'install -m 600' 's/^ +//'

# --- what is not run here, and why
is_not_run 'the life of the package: package_life.sh' install 'apt-get install ./portal_1.0.0' 'generate --server-name' \
  'apt-get install ./portal_1.1.0' '-- portalctl migrate' 'debconf-set-selections' 'cpack -G DEB' 'dpkg-buildpackage'
is_not_run 'two releases: debian_upgrade.sh' upgrading-debian 'apt-get update' 'without-new-pkgs' 'nginx -t' \
  'pg_upgradecluster' 'pg_lsclusters' 'pg_dropcluster 15' 'autoremove'
is_not_run 'before it: as in install.md' upgrading-debian 'list-units --failed'
# shellcheck disable=SC2016
is_not_run 'from source: source_booted.sh' install '$1 == "build"' 'systemd-sysusers'
is_not_run 'no command' postgresql 'database.connector' 'connect_timeout=2' 'connecting, for each host' \
  'synchronous_standby_names' 'server away'
is_not_run 'needs three machines: tests/postgresql/patroni.sh' postgresql 'systemctl disable --now postgresql' \
  'softdog' '192.0.2.11,192.0.2.12' 'switchover (patronictl'
is_not_run 'as in backup.md' postgresql 'pg_dump'
is_not_run 'needs a read-only server: tests/postgresql/read_only.sh' postgresql 'pg_is_in_recovery'
is_not_run 'the command is the one above' backup '30 3 * * *'
is_not_run 'needs a TCP server: tests/postgresql/tls.sh' systemd 'PrivateNetwork=no'
is_not_run 'needs a resolver: tests/integration/mail_domain.sh' mail 'PrivateNetwork=no'
is_not_run 'Apache: tests/webservers/debian.sh' web-servers 'apt install apache2'
is_not_run 'Apache: tests/webservers/debian.sh' desk 'apache/generate --desk'
is_not_run 'of another network: tests/webservers/desk_names.sh' desk '192.0.2.20:443'
is_not_run 'of a file of Apache' desk 'AuthBasicProvider ldap' 'OIDCProviderMetadataURL' 'AuthType openid-connect'
is_not_run 'Apache, as nginx' certificates 'apachectl configtest'
is_not_run 'of a site file: tests/webservers/scaled.sh' web-servers 'upstream portal_complete' '<Proxy'
is_not_run 'an option: tests/webservers/client_address.sh' web-servers '--trusted-proxies'
is_not_run 'of a site file: tests/webservers/proxy_protocol.sh' web-servers 'proxy_protocol' 'RemoteIPProxyProtocol'
is_not_run 'no command' web-servers '198.51.100.7'
is_not_run 'no command' monitoring '2026-11-24T10:02:30'
is_not_run 'without systemd: tests/integration/scaled.sh' scaling '--listen unix:' 'upstream portal_complete' '<Proxy'
is_not_run 'no command' scaling '/register/complete  /register/resend'
is_not_run 'no command' capacity 'average   78,000' '5,000,000 /' '5,000,000 a week'
is_not_run 'needs two servers: tests/postgresql' capacity 'target_session_attrs=prefer-standby'

for document in "$root"/conf/*.md; do
  python3 "$machine_tests/shown.py" "$document" | sed "s/^/${document##*/}: /"
done | grep -v ': $' | sort >"$scratch/all"
printf '%s\n' "${seen[@]}" | sort | diff "$scratch/all" - || fail 1 'documents show (<) what is neither run nor accounted for'
