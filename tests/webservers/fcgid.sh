#!/usr/bin/env bash
# mod_fcgid starts the responders itself: as many processes as steps.list has threads, a dead one again
# at the next request; the static 503 page for a step that does not start; an orderly end.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
# Programs of its own, to take one away.
mkdir "$scratch/programs"
cp "$programs"/portal* "$scratch/programs"
cp -r "$programs/../lib" "$scratch"
programs=$scratch/programs
start_portal
visit '/activate?token=secret'
expect_status 404
old=$(process_of portal-activate)
kill -KILL "$old"
visit '/activate?token=secret'
expect_status 404
[[ $(process_of portal-activate) != "$old" ]] || unexpected 'it was not started again'

# Many at once: never more processes than steps.list says.
threads=$(sed -nE 's/^activate +([0-9]+) .*/\1/p' "$root/modules/steps.list")
urls=()
for _ in {1..30}; do urls+=(-o /dev/null "$url/activate?token=a"); done
curl -sS --noproxy "*" --no-progress-meter --parallel --parallel-max 30 "${urls[@]}"
[[ $(process_of portal-activate | wc -l) -le $threads ]] || unexpected 'too many processes'

# It does not start any more.
mv "$programs/portal-activate" "$scratch/away"
printf '#!/bin/sh\nexit 2\n' >"$programs/portal-activate"
chmod 755 "$programs/portal-activate"
process_of portal-activate | xargs -r kill -KILL
visit '/activate?token=secret'
expect_status '500|503'
expect_header Retry-After 30
expect_header Content-Security-Policy "default-src 'none'; .*"
expect_text 'ただいまご利用いただけません'
id=$(header X-Request-Id)
expect_text "お問い合わせ番号：<code>${id:0:4}-${id:4:4}</code>"
visit /register
expect_status 200
! grep -rl secret "$site/log" || unexpected 'a log tells the token'

mv "$scratch/away" "$programs/portal-activate"
comes_back() { visit '/activate?token=secret' && [[ $status == 404 ]]; }
wait_for 60 comes_back || unexpected 'it does not come back'

stop_portal
grep -q 'portal-activate info stopping signal=SIGTERM' "$site/log/apache-fcgid.log" ||
  unexpected 'the responders were not asked to stop'
