#!/usr/bin/env bash
# Behind a load balancer that passes TCP through and says by PROXY protocol who comes: the lines that
# conf/web-servers.md shows, in the generated site file.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
start_portal
document=$root/conf/web-servers.md

# shown PATTERN: the lines of the document that match, without their comments.
shown() { sed -nE "s/^    (($1)[^#]*[^# ]).*/\1/p" "$document"; }

case ${peers[*]} in
  *apache*)
    server=apache file=$(find "$site" -name site.conf -path '*apache*')
    lines=$(shown 'RemoteIPProxyProtocol.*' | sed '/Exceptions/d')
    [[ $lines == 'RemoteIPProxyProtocol On' ]] || unexpected "the document says $lines"
    sed -i "s|^    ServerSignature Off|&\n    $lines|" "$file"
    reload() { kill -USR1 "$(<"$(dirname "$file")/apache.pid")"; }
    ;;
  *)
    server=nginx file=$(find "$site" -name site.conf -path '*nginx*')
    lines=$(shown 'set_real_ip_from|real_ip_header' | sed 's|10.0.0.0/8|127.0.0.1|' | tr '\n' ' ')
    [[ $lines == *'real_ip_header proxy_protocol;'* ]] || unexpected "the document says $lines"
    sed -i -E "s|^( *listen .*) backlog=511;|\1 proxy_protocol backlog=511; $lines|" "$file"
    reload() { kill -HUP "$(<"$(dirname "$file")/nginx.pid")"; }
    ;;
esac

# Sends a request as a load balancer does, and prints the id of the answer.
ask() {  # PROXY-LINE
  exec 3<>"/dev/tcp/127.0.0.1/${url##*:}"
  printf '%s\r\nGET /login HTTP/1.1\r\nHost: portal\r\nConnection: close\r\n\r\n' "$1" >&3
  sed -n 's/\r$//; s/^X-Request-Id: //p' <&3
  exec 3>&-
}
is_told() { grep -rqF " client=$1 request=$(ask "$2")" "$site/log"; }

reload
wait_for 10 is_told 203.0.113.7 'PROXY TCP4 203.0.113.7 10.0.0.1 51234 443' ||
  unexpected "$server does not take the client from PROXY TCP4"
wait_for 10 is_told 2001:db8::7 'PROXY TCP6 2001:db8::7 2001:db8::1 51234 443' ||
  unexpected "$server does not take the client from PROXY TCP6"
