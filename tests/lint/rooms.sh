#!/usr/bin/env bash
# A third-party header is included in its room only (design.md, "The tree"). Run in the tree's root.
set -euo pipefail

# HEADER (extended regular expression)     WHERE IT MAY STAND, below modules/
rooms='fcgi.*\.h                           core/fastcgi/
Poco/Data/.*|sqlite3\.h                    core/database/
sodium\.h                                  core/security/
openssl/.*                                 core/(draft|tls)/
Poco/Net/.*                                core/(mail|probe|tls)/
zlib\.h                                    core/http/
ctemplate/.*                               core/view/
resolv\.h|arpa/nameser\.h              core/probe/
utf8proc\.h                                core/text/
csv\.h                                     portalctl/roster/
Poco/(Zip|XML)/.*                          portalctl/roster/reading/xlsx/
prometheus/.*                              core/metrics/
cmark\.h                                   pages/'

found=0
while read -r header room; do
  if grep -rnE "#include <($header)>" modules | grep -vE "^modules/$room"; then found=1; fi
done <<<"$rooms"
# The rules of registration are pure: the standard library and the core only.
if grep -rnE '#include <[^>]*[/.]' modules/core/registration; then found=1; fi
# Private headers: a folder private/ belongs to the folder around it, and the database's engine/ to
# core/database. The unit tests of a room may look inside.
while IFS=: read -r file _ include; do
  header=${include#*\"} header=${header%\"*}
  owner=${header%%/private/*}
  [[ $header != core/database/engine/* ]] || owner=core/database
  case $file in "modules/$owner/"*) continue ;; esac
  echo "$file: $header is private to $owner" >&2
  found=1
done < <(grep -rnE '#include "core/[^"]*/(private|engine)/' modules)
# Neither they nor the form that they read know how it came: no HTTP.
if grep -rnE '#include "core/http/|#include <Poco/Net/' modules/core/registration modules/core/form; then
  found=1
fi
((found == 0)) || { echo 'included outside its room: see above' >&2; exit 1; }
