#!/usr/bin/env bash
# From source on a machine that runs: `cmake --install` into /usr/local, and then what install.md says.
# shellcheck source=SCRIPTDIR/portal.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/portal.sh"
needs_root_and debootstrap systemd-nspawn nsenter cmake

mapfile -t packages < <(libraries)
bare_root systemd-sysv nginx "${packages[@]}"
rm "$bare/etc/nginx/sites-enabled/default" "$bare/usr/sbin/policy-rc.d"
DESTDIR=$bare cmake --install "$programs/.." --prefix /usr/local >"$page"
boot "$bare"

commands=0
while read -r line <&3; do
  in_machine bash -c "$line" >"$page" 2>&1 || unexpected "$line"
  commands=$((commands + 1))
done 3< <(sed -n '/^The programs find/,/^and then/s/^    //p' "$root/conf/install.md")
((commands == 6)) || fail 1 "$commands commands in install.md, not 6"
in_machine /usr/local/share/portal/conf/nginx/generate --listen 127.0.0.1:80 \
  --templates /usr/local/share/portal/templates >"$bare/etc/nginx/conf.d/portal.conf"
in_machine systemctl reload nginx
as_operator /usr/local/bin/portalctl roster import /usr/local/share/portal/sql/sample_roster.csv >"$page"

wait_for 20 each_step_is_healthy || unexpected 'a step is not healthy'
visit /register
expect_status 200
visit /assets/portal.css
expect_status 200
expect_no_failure

# The sandbox lets the connector's module in: it is the server that is missed.
printf '%s\n' 'database.connector = PostgreSQL' 'database.connection = host=/nowhere' >>"$bare/etc/portal/portal.conf"
in_machine systemctl restart portal.target
visit /healthz/form
expect_status 503
expect_text '/nowhere'
