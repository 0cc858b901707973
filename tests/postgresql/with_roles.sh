#!/usr/bin/env bash
# A scenario on PostgreSQL, where each program connects as its role of sql/roles.sql.
#
#   with_roles.sh SCENARIO PROGRAMS
#
# Exit status: the scenario's; 1 if it has not used all three roles.
set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
# shellcheck source=SCRIPTDIR/../../conf/lib.sh
. "$here/../../conf/lib.sh"
scenario=$(readlink -f "$1")
programs=$(readlink -f "$2")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/bin"

# Each program under its own name: gets its role's connection string, unless the scenario has set one.
cat >"$scratch/run" <<END
#!/usr/bin/env bash
set -euo pipefail
program=\${0##*/}
case \$program in
  portal-mailer) role=portal_mailer ;;
  portalctl) role=portal_operator ;;
  portal-desk) role=portal_desk ;;
  *) role=portal_web ;;
esac
config='' previous=''
for word; do
  [[ \$previous != --config ]] || config=\$word
  previous=\$word
done
connection=\$(sed -n 's/^database.connection = //p' "\$config")
if [[ " \$* " == *' migrate '* ]]; then
  '$programs/portalctl' "\$@"
  exec psql -X -q -v ON_ERROR_STOP=1 -1 -f '$root/sql/roles.sql' "\$connection"
fi
export PORTAL_DATABASE_CONNECTION="\${PORTAL_DATABASE_CONNECTION:-\${connection/user=portal /user=\$role }}"
echo "\$role" >>'$scratch/roles'
exec '$programs'/"\$program" "\$@"
END
chmod +x "$scratch/run"
while read -r step; do ln -s ../run "$scratch/bin/portal-$step"; done < <(all_steps)
for program in portal-mailer portalctl; do ln -s ../run "$scratch/bin/$program"; done
ln -s "$programs/portal-error-pages" "$scratch/bin/"  # it uses no database

bash "$scenario" "$scratch/bin" --database postgresql
for role in web mailer operator; do
  grep -qx "portal_$role" "$scratch/roles" || { echo "nothing ran as portal_$role" >&2; exit 1; }
done
