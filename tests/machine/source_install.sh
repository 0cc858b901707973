#!/usr/bin/env bash
# `cmake --install` into /usr/local: programs, units and settings name each other where they lie.
#
#   source_install.sh PROGRAMS
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
staged=$scratch/root
install_it() { DESTDIR=$staged cmake --install "$programs/.." --prefix /usr/local >"$page" || unexpected 'cmake --install failed'; }
install_it
local=$staged/usr/local

while read -r step; do
  [[ $("$local/bin/portal-$step" --version) == portal\ * ]] || unexpected "no portal-$step"
  grep -q "^ExecStart=/usr/local/bin/portal-$step " "$local/lib/systemd/system/portal-$step.service" ||
    unexpected "portal-$step.service names another program"
done < <(all_steps)
! grep -rlE '/usr/bin/portal' "$local/lib/systemd" || unexpected 'units name programs that are not there'

# The settings, once: what an operator has written stays.
conf=$staged/etc/portal/portal.conf
grep -qx 'templates.directory = /usr/local/share/portal/templates' "$conf" || unexpected 'no templates.directory'
list=$(sed -n 's/^password\.blocklist = //p' "$conf")
[[ $list == /usr/local/share/portal/conf/* && -r $staged$list ]] || unexpected "password.blocklist = $list"
[[ $(stat -c %a "$conf") == 640 ]] || unexpected 'the settings are for everybody'
echo 'site.base_url = https://portal.example.jp' >>"$conf"
install_it
grep -q '^site.base_url' "$conf" || unexpected 'the settings were overwritten'
[[ $(grep -c '^password\.blocklist = ' "$conf") == 1 ]] || unexpected 'a setting was added twice'
# Those of a version that knew no such list.
sed -i '/^password\.blocklist/d' "$conf"
install_it
grep -qx "password.blocklist = $list" "$conf" || unexpected 'the list is not found after an upgrade'
# The settings that it has now name folders below this one.
export PORTAL_PASSWORD_BLOCKLIST=$staged$list

# The migrations are found beside the program, and so is the connector.
PORTAL_DATABASE_CONNECTION=$scratch/portal.db "$local/bin/portalctl" --config "$conf" migrate >"$page"
expect_text ' migrations applied'
! PORTAL_DATABASE_CONNECTOR=PostgreSQL PORTAL_DATABASE_CONNECTION=host=/nowhere \
  "$local/bin/portalctl" --config "$conf" migrate >"$page" 2>&1 || unexpected 'migrated a database that is nowhere'
expect_text '/nowhere'

# What a web server needs.
for file in portal.css portal.js icons/portal.svg; do
  gzip -dc "$local/share/portal/templates/assets/$file.gz" | cmp - "$root/templates/assets/$file"
done
"$local/share/portal/conf/nginx/generate" --sockets /run/portal --listen 80 --templates /usr/local/share/portal/templates >"$page"
expect_text 'portal_form'
# A prefix may have a space and a %: systemd finds the programs there.
staged="$scratch/another root"
DESTDIR=$staged cmake --install "$programs/.." --prefix '/opt/a 100% portal' >"$page" || unexpected 'cmake --install failed'
units="$staged/opt/a 100% portal/lib/systemd/system"
grep -qx 'ExecStart="/opt/a 100%% portal/bin/portal-form" .*' "$units/portal-form.service" || unexpected 'the unit names no program'
! grep -rlE '/usr/bin/portal' "$units" || unexpected 'units name programs that are not there'
if command -v systemd-analyze >/dev/null; then
  mkdir -p "$staged"/usr/{bin,lib/systemd} "$staged/etc/systemd/system"
  cp /bin/sh "$staged/usr/bin"
  ln -s usr/bin "$staged/bin"
  cp -r /usr/lib/systemd/system "$staged/usr/lib/systemd"
  cp "$units"/portal-form.* "$units/portal.target" "$staged/etc/systemd/system"
  systemd-analyze verify --man=no --root="$staged" portal-form.service >"$page" 2>&1 || unexpected 'the unit is not right'
  ! grep -F portal-form "$page" || unexpected 'the unit is not quite right'
fi

MANPATH=$local/share/man man -w 8 portal-form >"$page" || unexpected 'no manual page'
