#!/usr/bin/env bash
# A clone may lie anywhere: in a folder whose name has blanks, an apostrophe, brackets and 施術所, what both commands of the
# README need works, on each server: the build, its tests, a registration to the end. A folder that something could not
# use is refused in one line.
# shellcheck source=SCRIPTDIR/../support/scenario.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../support/scenario.sh"
tree="$scratch/John's 施術所 (a clone) & more"
mkdir "$tree"
cp -r "$root"/{CMakeLists.txt,conf,modules,sql,templates,tests} "$tree"

# --- the build, by the function that both commands use, of a library and its tests
(
  # shellcheck source=SCRIPTDIR/../../conf/lib.sh
  . "$tree/conf/lib.sh"
  build_targets "$tree/build" unit_text >"$scratch/build.log" 2>&1
) || { tail -n 20 "$scratch/build.log" >&2; exit 1; }
ctest --test-dir "$tree/build" -R '^unit_text$' --no-tests=error >"$scratch/build.log" 2>&1 ||
  { tail -n 20 "$scratch/build.log" >&2; exit 1; }

# --- each server, with programs that lie there too
mkdir "$tree/build/all"
cp "$programs"/portal* "$tree/build/all"
cp -r "$programs/../lib" "$tree/build"
root=$tree programs=$tree/build/all
for server in nginx apache apache-fcgid; do
  peers=(--server "$server")
  site=$tree/build/$server browser=$server
  start_portal
  fill_in judo 契 0123456 7 8
  apply
  visit "$(link_to kikin01@test.example)"
  expect_text 'ユーザー登録が完了いたしました。'
  visit /assets/portal.css
  expect_status 200
  visit -H 'Accept-Encoding: gzip' /assets/portal.js
  expect_header Content-Encoding gzip
  visit --data-binary x -H 'Content-Type: text/plain' /register
  expect_status 415
  stop_portal
done

# --- what cannot be used
: >"$headers"
status=''
# shellcheck disable=SC2016,SC1003  # they stay as they are
for odd in '#' '$HOME' '%' ';' ':' '[a]' '*' $'\n' '"' '\'; do
  for command in conf/quickstart tests/run; do
    away="$scratch/a${odd}b" result=0
    mkdir -p "$away/tests"
    cp -r "$tree/conf" "$away"
    cp "$tree/tests/run" "$away/tests"
    "$away/$command" >"$page" 2>&1 || result=$?
    [[ $result == 2 && $(wc -l <"$page") == 1 && $(<"$page") == *'cannot use a path with '* ]] ||
      unexpected "$command in ${away@Q}: exit status $result"
  done
  result=0
  "$root/conf/quickstart" --programs "$programs" --dir "$scratch/b${odd}c" >"$page" 2>&1 || result=$?
  [[ $result == 2 && ! -e "$scratch/b${odd}c" ]] || unexpected "--dir ${odd@Q}: exit status $result"
done
