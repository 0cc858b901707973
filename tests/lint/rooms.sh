#!/usr/bin/env bash
# A third-party header is included in its room only (design.md, "The tree"). Run in the tree's root.
set -euo pipefail

# HEADER (extended regular expression)     WHERE IT MAY STAND, below modules/
rooms='fcgi.*\.h                           core/fastcgi/
Poco/Data/.*|sqlite3\.h                    core/database/
Poco/Crypto/.*|openssl/.*|sodium\.h        core/security/
Poco/Net/.*                                core/(http|mail|probe|responder)/
ctemplate/.*                               core/view/
resolv\.h|arpa/nameser\.h              core/probe/
utf8proc\.h                                core/text/
csv\.h                                     portalctl/
prometheus/.*                              core/metrics/
cmark\.h                                   pages/'

found=0
while read -r header room; do
  if grep -rnE "#include <($header)>" modules | grep -vE "^modules/$room"; then found=1; fi
done <<<"$rooms"
# The rules of registration are pure: the standard library and the core only.
if grep -rnE '#include <[^>]*[/.]' modules/core/registration; then found=1; fi
((found == 0)) || { echo 'included outside its room: see above' >&2; exit 1; }
