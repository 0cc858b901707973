#!/usr/bin/env bash
# The life of the Debian package on a machine that was set up a minute ago: installed, configured,
# upgraded while it is asked, removed, purged. Prints a log of it.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
needs_root_and debootstrap systemd-nspawn nsenter cpack dpkg-shlibdeps lintian

step() { printf '== %s\n' "$*"; }
# holds WHAT COMMAND...: what must be true now; the last output is shown if it is not.
holds() {
  "${@:2}" || { tail -n 20 "$scratch/said" >&2; fail 1 "not so: $1"; }
  printf '   %s\n' "$1"
}
says() { # TEXT COMMAND...: succeeds, and says it
  "${@:2}" >"$scratch/said" 2>&1 && grep -qF -- "$1" "$scratch/said"
}

release_number() { # of the machine's Debian
  declare -A numbers=([bookworm]=12 [trixie]=13)
  echo "${numbers[$suite]}"
}

# In the machine, whether it runs or not. The folder with the packages is /srv/packages.
inside() { if [[ -n $machine ]]; then in_machine "$@"; else in_root "$bare" "$@"; fi; }
apt_get() { # what would be asked is an error: nobody answers
  inside env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends "$@" \
    >"$scratch/said" 2>&1 </dev/null
}
answer_purge() { # true|false: what postrm asks, answered before
  inside debconf-set-selections <<<"portal portal/purge-registrations boolean $1"
}
install_version() { apt_get install "/srv/packages/portal_$1.deb"; }
modes_are() { # 'OWNER:GROUP MODE' FILE
  says "$1" inside stat -c '%U:%G %a' "$2"
}
schema_is() { # NUMBER: of the database
  says "$1" sqlite3 "$bare/var/lib/portal/portal.db" 'SELECT max(version) FROM schema_migration'
}
is_active() { says active inside systemctl is-active "$@"; }
is_gone() { ! inside systemctl is-active --quiet "$@"; }
processes() { inside systemctl show --property MainPID --value "${units[@]}" | grep -v '^$' >"$scratch/$1"; }
none_is_the_same() { ! grep -qxFf "$scratch/before" "$scratch/after"; }
url=https://portal.example.jp
answers() { # STATUS PATH
  visit "$2" && [[ $status == "$1" ]]
}
curl() { # from the machine itself
  nsenter --target "$machine" --net curl --cacert "$bare/etc/ssl/portal.pem" \
    --resolve portal.example.jp:443:127.0.0.1 "$@"
}
clinic='/register/clinic?institution=ahaki&ahaki_number=01234567&ahaki_suffix1=8&ahaki_suffix2=9'
# The commands of install.md's numbered steps, a line each. Test clients ask more than --rate lets.
runbook() {
  sed -n '/^## From the package/,/^##* Upgrades/s/^       //p' "$root/conf/install.md" |
    sed 's| --certificate| --rate 10000&|'
}

# --- this version, one before it, whose database lacks the newest change, and one after it

if is_other_release; then
  step "the package of $suite"
  package=$(package_of "$suite")
  this=$(dpkg-deb -f "$package" Version)
else
  step 'cpack and lintian'
  for folder in packages again; do
    cpack -G DEB --config "$programs/../CPackConfig.cmake" -B "$scratch/$folder" >"$scratch/said" 2>&1 ||
      fail 1 "cpack: $(tail -n 5 "$scratch/said")"
  done
  package=$(ls "$scratch"/packages/*.deb)
  this=$(dpkg-deb -f "$package" Version)
  holds "${package##*/}" [ "${package##*/}" = "portal_${this}_$(dpkg --print-architecture).deb" ]
  holds 'made twice, it is the same' cmp "$package" "$scratch/again/${package##*/}"
  lintian --allow-root "$package" >"$scratch/said" 2>&1 || true
  holds 'lintian says nothing' [ ! -s "$scratch/said" ]
fi
holds "the version names the release: $this" [ "${this##*+}" = "deb$(release_number)" ]

bare_root systemd-sysv nginx
mkdir "$bare/srv/packages"
cp "$package" "$bare/srv/packages/portal_$this.deb"
other_version() { # VERSION [FILE]: without that file
  rm -rf "$scratch/unpacked"
  dpkg-deb -R "$package" "$scratch/unpacked"
  sed -i "s/^Version: .*/Version: $1/" "$scratch/unpacked/DEBIAN/control"
  rm "$scratch/unpacked/DEBIAN/md5sums" ${2:+"$scratch/unpacked$2"}
  dpkg-deb --root-owner-group -b "$scratch/unpacked" "$bare/srv/packages/portal_$1.deb" >/dev/null
}
changes=("$root"/sql/[0-9]*.sql)
other_version 0.9.0 "/usr/share/portal/sql/${changes[-1]##*/}"
other_version 99.0.0

# --- nothing runs yet, as when an image is made

step "apt-get install portal $this, into an image"
holds 'apt finds all that it needs' install_version "$this"
holds 'settings are not for everybody' modes_are 'root:portal 640' /etc/portal/portal.conf
holds 'the folder is the group'\''s' modes_are 'portal:portal 2770' /var/lib/portal
holds 'so is the database' modes_are 'portal:portal 660' /var/lib/portal/portal.db
holds 'the database is complete' schema_is ${#changes[@]}
holds 'manual pages can be read' inside test -r /usr/share/man/man8/portal-form.8.gz
holds 'purged, and nobody is there to answer' apt_get purge portal
holds 'it says what is kept' grep -q 'the registrations were kept, in /var/lib/portal$' "$scratch/said"
holds 'installed again' install_version "$this"
answer_purge true
apt_get purge portal || fail 1 'purge failed'
holds 'purge deletes the registrations of who wants it' [ ! -e "$bare/var/lib/portal" ]
# Every file but those that any use of a machine changes.
files() {
  (cd "$bare" && find . -xdev | grep -vE '^\./((proc|run|dev|sys|tmp|var/(cache|log|tmp|lib/(apt|dpkg|nginx)))(/|$)|etc/.*-$|(etc|var)/\.updated$|var/lib/systemd/timers(/stamp-[^p].*)?$)' |
    sort)
}
files >"$scratch/files"

# --- it runs

rm "$bare/usr/sbin/policy-rc.d"
boot "$bare"
step 'apt-get install portal 0.9.0, on the running machine'
holds 'installed' install_version 0.9.0
mapfile -t units < <(steps | sed 's/.*/portal-&.service/')
units+=(portal-mailer.service)
holds "${#units[@]} services run" is_active "${units[@]}"
holds 'at the next boot too' says enabled inside systemctl is-enabled portal.target
holds 'the database lacks the newest change' schema_is $((${#changes[@]} - 1))

step "configured, then upgraded to $this"
printf '%s\n' 'site.base_url = https://portal.example.jp' 'roster.most_removals_percent = 7' >>"$bare/etc/portal/portal.conf"
chmod 644 "$bare/etc/portal/portal.conf"
processes before
holds 'upgraded, and nothing is asked' install_version "$this"
holds 'settings are as the operator left them' says 'percent = 7' inside tail -n 1 /etc/portal/portal.conf
holds 'and may be read by whom he let' modes_are 'root:portal 644' /etc/portal/portal.conf
holds 'the database is up to date' schema_is ${#changes[@]}
backups=("$bare"/var/backups/portal/upgrade-from-0.9.0*.db)
holds 'and as it was before, it is kept' [ -s "${backups[0]}" -a "${#backups[@]}" = 1 ]
holds 'for nobody else' modes_are 'portal:portal 600' "${backups[0]#"$bare"}"
holds 'all services run' is_active "${units[@]}"
processes after
holds 'from the new programs' none_is_the_same

step 'what install.md says'
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=portal.example.jp \
  -addext subjectAltName=DNS:portal.example.jp -keyout "$bare/etc/ssl/private/portal.key" \
  -out "$bare/etc/ssl/portal.pem" 2>"$scratch/said" || fail 1 "$(<"$scratch/said")"
commands=0
while read -r line <&3; do
  inside bash -c "$line" >"$scratch/said" 2>&1 || [[ $line == 'portalctl check' ]] || fail 1 "$line: $(<"$scratch/said")"
  commands=$((commands + 1))
done 3< <(runbook)
holds "its $commands commands work" [ "$commands" -ge 6 ]
grep -vE 'mail\.transport = maildir|portal\.example\.jp' "$scratch/said" >"$scratch/checked" || true
holds 'portalctl check finds no fault but in the mails and the name' \
  [ "$(grep -c '^ok ' "$scratch/checked")" -gt 8 -a "$(grep -c '^FAULT' "$scratch/checked")" = 0 ]
holds 'nginx serves the form' answers 200 /register
holds 'the roster is there' answers 200 "$clinic"

# --- asked without a pause by four clients, until the upgrade is over

step 'upgraded to 99.0.0 while it is asked'
ask() { # until $scratch/enough is there; a status a line
  while [[ ! -e $scratch/enough ]]; do
    curl -s --noproxy '*' --max-time 60 -w '%{http_code}\n' -o /dev/null "$url$clinic" -o /dev/null "$url/register" ||
      true # its status is 000 then
  done
}
clients=()
for client in 1 2 3 4; do
  ask >"$scratch/statuses.$client" &
  clients+=($!)
done
asked() { (($(cat "$scratch"/statuses.* | wc -l) >= $1)); }
wait_for 60 asked 100 || fail 1 'nobody asks'
processes before
holds 'upgraded' install_version 99.0.0
processes after
wait_for 60 asked $(($(cat "$scratch"/statuses.* | wc -l) + 100)) || fail 1 'nobody asks any more'
touch "$scratch/enough"
wait "${clients[@]}"
holds 'all services were restarted' none_is_the_same
sort "$scratch"/statuses.* | uniq -c >"$scratch/said"
holds "$(cat "$scratch"/statuses.* | wc -l) requests meanwhile, all were answered" \
  [ "$(cut -c 9- "$scratch/said")" = 200 ]

step 'the portal is stopped and disabled, the mailer masked, then upgraded'
inside systemctl disable --quiet --now portal.target
inside systemctl mask --quiet portal-mailer
holds 'reinstalled' apt_get install --reinstall /srv/packages/portal_99.0.0.deb
holds 'it stays off' is_gone portal.target "${units[@]}"
inside systemctl enable --quiet --now portal.target
holds 'on again' answers 200 /healthz/form
holds 'but for the mailer' is_gone portal-mailer
inside systemctl unmask --quiet portal-mailer
inside systemctl start portal-mailer

step 'PostgreSQL in the settings'
cp "$bare/etc/portal/portal.conf" "$scratch/portal.conf"
printf '%s\n' 'database.connector = PostgreSQL' 'database.connection = host=/nowhere' >>"$bare/etc/portal/portal.conf"
processes before
holds 'reinstalled' apt_get install --reinstall /srv/packages/portal_99.0.0.deb
holds 'the administrator is told what to do' grep -q 'PostgreSQL was not touched.*run once: portalctl migrate' "$scratch/said"
processes after
holds 'all services were restarted' none_is_the_same
cp "$scratch/portal.conf" "$bare/etc/portal/portal.conf"

step 'the desk is set up, then upgraded'
holds 'it was off' is_gone portal-desk.socket portal-desk.service
printf 'sato:%s\n' "$(openssl passwd -6 geheim)" >"$bare/etc/portal/desk.users"
sed -i '1i desk.staff = sato' "$bare/etc/portal/portal.conf"
inside systemctl enable --quiet --now portal-desk.socket
inside bash -c '/usr/share/portal/conf/nginx/generate --desk --listen 127.0.0.1:8081 --users /etc/portal/desk.users \
  >/etc/nginx/conf.d/portal-desk.conf && nginx -t -q && systemctl reload nginx'
desk_answers() { visit -u sato:geheim http://127.0.0.1:8081/desk/ && [[ $status == 200 ]]; }
wait_for 30 desk_answers || fail 1 'no desk'
old_desk=$(inside systemctl show --property MainPID --value portal-desk)
holds 'reinstalled' apt_get install --reinstall /srv/packages/portal_99.0.0.deb
holds 'it answers' desk_answers
holds 'from a new process' [ "$(inside systemctl show --property MainPID --value portal-desk)" != "$old_desk" ]

step 'apt-get remove'
holds 'removed' apt_get remove portal
holds 'nothing runs' is_gone portal.target portal-desk.socket portal-desk.service "${units[@]}"
holds 'no socket is left' [ ! -e "$bare/run/portal/form.sock" ]
holds 'settings and database are kept' inside test -s /etc/portal/portal.conf -a -s /var/lib/portal/portal.db

step 'installed again'
holds 'installed' install_version 99.0.0
holds 'with the same settings' says 'percent = 7' inside tail -n 1 /etc/portal/portal.conf
holds 'and the same roster' answers 200 "$clinic"

step 'apt-get purge'
echo 'a backup' >"$bare/var/lib/portal/of-the-operator"
holds 'purged, and nobody is there to answer' apt_get purge portal
holds 'it says where the registrations are' grep -q 'the registrations were kept, in /var/lib/portal, and older ones in /var/backups' "$scratch/said"
holds 'the registrations are kept' schema_is ${#changes[@]}
holds 'nginx runs on without the site' is_active nginx
holds 'whose file is gone' [ ! -e "$bare/etc/nginx/conf.d/portal.conf" -a ! -e "$bare/var/log/nginx/portal.log" ]
holds 'and the desk'\''s, with its log' [ ! -e "$bare/etc/nginx/conf.d/portal-desk.conf" -a ! -e "$bare/var/log/nginx/portal-desk.log" ]
holds 'installed again' install_version 99.0.0
holds 'with the same roster' says 'みなと整骨院' inside portalctl roster show 契0123456-7-8
answer_purge true
holds 'purged with its registrations' apt_get purge portal
files | comm -13 "$scratch/files" - >"$scratch/left"
cat >"$scratch/expected" <<'END'
./etc/portal
./etc/portal/desk.users
./etc/ssl/portal.pem
./etc/ssl/private/portal.key
./var/lib/portal
./var/lib/portal/of-the-operator
END
holds 'only what the operator has put there is left' diff "$scratch/left" "$scratch/expected"
holds 'and the users' says portal-web inside getent passwd portal-web
