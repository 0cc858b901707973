#!/usr/bin/env bash
# A machine that boots with the portal and PostgreSQL: each program as a user and in a role of its own, by
# peer on the socket, then by password and TLS as with a server elsewhere. All as conf/systemd.md has it.
# shellcheck source=SCRIPTDIR/portal.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/portal.sh"

install_portal postgresql <<'CONF'
database.connector = PostgreSQL
database.connection = host=/run/postgresql dbname=portal
CONF
settings=$bare/etc/portal/portal.conf
server=$(echo "$bare"/etc/postgresql/*/main)
cluster=postgresql@$(basename "${server%/main}")-main
rules=$(<"$server/pg_hba.conf")
# conf/systemd.md has what belongs into the two files.
shown() { sed -nE "s/^    ($1 .*)/\1/p" "$root/conf/systemd.md"; }
printf '%s\n' "$(shown local)" "$rules" >"$server/pg_hba.conf"
shown portal >>"$server/pg_ident.conf"
[[ $(shown local) && $(shown portal | wc -l) == 5 ]] || fail 1 'conf/systemd.md shows other lines for PostgreSQL'
boot "$bare"

as_postgres() { in_machine runuser -u postgres -- "$@"; }
sql() { as_postgres psql -XAtq -d portal -c "$1"; }
roles() {  # [CONDITION]: of the sessions with the portal's database
  sql "SELECT DISTINCT usename FROM pg_stat_activity JOIN pg_stat_ssl USING (pid)
       WHERE application_name ~ '^portal' AND ${1-true} ORDER BY 1" | tr '\n' ' '
}

as_postgres createuser portal
as_postgres createdb -O portal portal
as_operator env PGUSER=portal portalctl migrate >/dev/null
as_postgres psql -Xq -v ON_ERROR_STOP=1 -1 -f /usr/share/portal/sql/roles.sql portal
as_operator env PGUSER=portal_operator portalctl roster import /usr/share/portal/sql/sample_roster.csv >/dev/null
in_machine systemctl enable --quiet --now portal.target
wait_for 10 each_step_is_healthy || unexpected 'a step does not find its database'

# --- the whole way, each in its role
fill_in judo 契 0123456 7 8
apply
visit "$(link_to kikin01@test.example)"
expect_text 'ユーザー登録が完了いたしました。'
expect_count 1 'SELECT count(*) FROM account'
[[ $(roles) == 'portal_mailer portal_web ' ]] || fail 1 "the programs are there as: $(roles)"
in_machine systemctl start portal-purge

# --- the server restarts: 503 meanwhile, nothing of the portal ends or fails
in_machine systemctl stop "$cluster"
visit /healthz/form
expect_status 503
expect_no_failure
in_machine systemctl start "$cluster"
wait_for 20 each_step_is_healthy || unexpected 'a step does not find its database again'
for unit in portal-form portal-complete portal-mailer; do
  [[ $(restarts_of "$unit") == 0 ]] || fail 1 "$unit was restarted"
done

# --- as with a server elsewhere: TCP, TLS, and passwords that each gets from root
declare -A role_of=([portal]=portal_operator [portal-web]=portal_web [portal-mailer]=portal_mailer)
for user in "${!role_of[@]}"; do
  role=${role_of[$user]}
  sql "ALTER ROLE $role PASSWORD 'of-$role'"
  install -D -m 600 <(echo "127.0.0.1:5432:portal:$role:of-$role") "$bare/etc/credstore/$user.pgpass"
done
printf '%s\n' 'hostssl portal portal_web,portal_mailer,portal_operator 127.0.0.1/32 scram-sha-256' "$rules" \
  >"$server/pg_hba.conf"
in_machine systemctl reload "$cluster"
sed -i 's|^database.connection = .*|database.connection = host=127.0.0.1 dbname=portal sslmode=require|' "$settings"
install -D -m 644 <(sed -n '/^    \[Service\]$/,/^$/s/^    //p' "$root/conf/systemd.md" | sed '/^IPAddressAllow/q' |
  sed 's/^IPAddressAllow=.*/IPAddressAllow=127.0.0.1/') "$bare/etc/systemd/system/portal-.service.d/postgresql.conf"
in_machine systemctl daemon-reload
in_machine systemctl restart portal.target
wait_for 20 each_step_is_healthy || unexpected 'a step does not reach PostgreSQL by TCP'
mailer_is_there() { [[ $(roles ssl) == 'portal_mailer portal_web ' && -z $(roles 'NOT ssl') ]]; }
wait_for 10 mailer_is_there || fail 1 "with TLS: $(roles ssl), without: $(roles 'NOT ssl')"
in_machine systemctl start portal-purge
visit -d email=kikin01@test.example -d "password=$password" /login
expect_redirect /account
expect_no_failure
