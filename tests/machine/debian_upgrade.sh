#!/usr/bin/env bash
# Debian 12 becomes Debian 13 under a running portal with PostgreSQL: the commands of conf/upgrading-debian.md
# as they stand there, on a machine that is asked meanwhile. Prints what was answered.
export MACHINE_SUITE=bookworm
# shellcheck source=SCRIPTDIR/portal.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/portal.sh"
needs_root_and debootstrap systemd-nspawn nsenter cpack
url=https://portal.example.jp

curl() {  # from the machine itself
  nsenter --net="/proc/$machine/ns/net" curl --cacert "$bare/etc/ssl/portal/fullchain.pem" \
    --resolve portal.example.jp:443:127.0.0.1 "$@"
}
old=$(package_of bookworm)
new=$(package_of trixie)

# doc PHRASE [SED-SCRIPT]: runs the document's block with that phrase. Nobody answers apt's questions.
doc() {
  local block
  block=$(python3 "$machine_tests/shown.py" "$root/conf/upgrading-debian.md" "$1" | sed -E "${2-}" |
    sed -E "s|^apt-get |&-q -y -o Dpkg::Options::=--force-confold |; s|/srv/portal_[^ ]*|/srv/${new##*/}|")
  inside bash -euo pipefail -c "export DEBIAN_FRONTEND=noninteractive; $block" >"$scratch/said" 2>&1 </dev/null ||
    fail 1 "$block: $(tail -n 25 "$scratch/said")"
  printf '%4s s  %s\n' "$SECONDS" "${block%%$'\n'*}"
}
inside() { if [[ -n $machine ]]; then in_machine "$@"; else in_root "$bare" "$@"; fi; }
# shellcheck disable=SC2016
version_is() { [[ $(inside dpkg-query -W -f '${Version}' portal) == *"+$1" ]] || fail 1 "not the package for $1"; }

# --- Debian 12 with the portal; what Debian 13 brings is fetched before, because the machine has no network
bare_root systemd-sysv nginx postgresql procps
cp "$old" "$new" "$bare/srv/"
inside apt-get -q -y install --no-install-recommends "/srv/${old##*/}" >"$scratch/said" 2>&1 ||
  fail 1 "apt-get: $(tail -n 25 "$scratch/said")"
version_is deb12
doc 'apt-get update'
inside bash -euc "export DEBIAN_FRONTEND=noninteractive; apt-get -q -y -d full-upgrade /srv/${new##*/}; apt-get -q -y -d install postgresql-17" \
  >"$scratch/said" 2>&1 || fail 1 "fetching Debian 13: $(tail -n 25 "$scratch/said")"

cat >>"$bare/etc/portal/portal.conf" <<END
site.base_url = $url
mail.from = no-reply@portal.example.jp
database.connector = PostgreSQL
database.connection = host=/run/postgresql dbname=portal
END
server=$(echo "$bare"/etc/postgresql/*/main)
shown() { sed -nE "s/^    ($1 .*)/\1/p" "$root/conf/systemd.md"; }
printf '%s\n' "$(shown local)" "$(<"$server/pg_hba.conf")" >"$scratch/hba"
cat "$scratch/hba" >"$server/pg_hba.conf"
shown portal >>"$server/pg_ident.conf"
install -d "$bare/etc/ssl/portal"
openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj /CN=portal.example.jp -addext subjectAltName=DNS:portal.example.jp \
  -keyout "$bare/etc/ssl/portal/key.pem" -out "$bare/etc/ssl/portal/fullchain.pem" 2>"$scratch/said" || fail 1 "$(<"$scratch/said")"
rm -f "$bare/etc/nginx/sites-enabled/default" "$bare/usr/sbin/policy-rc.d"
boot "$bare"

as_postgres() { in_machine runuser -u postgres -- "$@"; }
as_postgres createuser portal
as_postgres createdb -O portal portal
as_operator env PGUSER=portal portalctl migrate >/dev/null
as_postgres psql -Xq -v ON_ERROR_STOP=1 -1 -f /usr/share/portal/sql/roles.sql portal
as_operator env PGUSER=portal_operator portalctl roster import /usr/share/portal/sql/sample_roster.csv >/dev/null
doc 'nginx -t' 's/--certificate/--rate 10000 &/'
in_machine systemctl restart portal.target
wait_for 30 each_step_is_healthy || unexpected 'a step is not healthy'
sql() { as_postgres psql -XAtq -d portal -c "$1"; }
site=$bare/var/lib/portal
fill_in judo 契 0123456 7 8
apply
visit "$(link_to kikin01@test.example)"
expect_status 200

ask() {  # WHAT PATH: until $scratch/enough is there; a status a line
  while [[ ! -e $scratch/enough ]]; do
    curl -s --max-time 60 -o /dev/null -w '%{http_code}\n' "$url$2" >>"$scratch/asked.$1" || true  # 000 then
  done
}
ask 'with the database' "$(clinic_path)" &
asking=($!)
ask 'without' /register &
asking+=($!)
answered() {  # SINCE WHEN: what was answered since the last call
  local what
  for what in 'with the database' without; do
    printf '        %-18s' "$what:"
    sort "$scratch/asked.$what" | uniq -c | awk '{ printf " %s × %s", $1, $2 }'
    echo
    : >"$scratch/asked.$what"
  done
}

# --- Debian 13
doc '--without-new-pkgs'
version_is deb13
[[ $(<"$bare/etc/debian_version") == 13* ]] || fail 1 'this is not Debian 13'
wait_for 30 each_step_is_healthy || unexpected 'a step is not healthy on Debian 13'
expect_no_failure
answered
doc 'nginx -t' 's/--certificate/--rate 10000 &/'
grep -qx '    http2 on;' "$bare/etc/nginx/conf.d/portal.conf" || fail 1 'the site file is not for nginx 1.26'

# --- PostgreSQL 17
doc 'pg_upgradecluster'
wait_for 30 each_step_is_healthy || unexpected 'a step does not find PostgreSQL 17'
[[ $(sql 'SHOW server_version') == 17.* ]] || fail 1 "the portal uses PostgreSQL $(sql 'SHOW server_version')"
answered
touch "$scratch/enough"
wait "${asking[@]}"
visit -d email=kikin01@test.example -d "password=$password" /login
expect_redirect /account
doc 'pg_lsclusters' 's/^portalctl check/& || true/'
! grep -i collation "$scratch/said" || fail 1 'the collation is another one'
doc 'pg_dropcluster 15'

# --- and the next boot
doc 'autoremove' '/reboot/d'
shut_down
boot "$bare"
wait_for 60 each_step_is_healthy || unexpected 'a step is not healthy after the boot'
visit -d email=kikin01@test.example -d "password=$password" /login
expect_redirect /account
expect_no_failure
