#!/usr/bin/env bash
# Who it is, a responder hears from the web server alone, and only on the desk's site: after a password or a certificate
# that the web server has checked, and never because a client says so. A responder that tells what it heard stands in
# for a step of each site.
# shellcheck source=SCRIPTDIR/lib.sh
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

mkdir "$scratch/programs"
cp "$programs"/portal* "$scratch/programs"
cp -r "$programs/../lib" "$scratch"
programs=$scratch/programs
for step in form desk; do cp "$support/echo_parameters.py" "$programs/portal-$step"; done
start_tls_portal() { start_portal --desk -- --certificate "$scratch/public.pem" --key "$scratch/key.pem" --redirect "127.0.0.1:$(free_port)"; }

# --- certificates: an authority of ours, and one that calls itself the same
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1 \
  -addext subjectAltName=IP:127.0.0.1 -keyout "$scratch/key.pem" -out "$scratch/public.pem" 2>/dev/null
export CURL_CA_BUNDLE=$scratch/public.pem
for authority in ours theirs; do
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj '/O=Portal/CN=Desk authority' \
    -keyout "$scratch/$authority.key" -out "$scratch/$authority.pem" 2>/dev/null
done
issue() {  # NAME AUTHORITY SUBJECT
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -utf8 -subj "$3" -keyout "$scratch/$1.key" \
    -out "$scratch/$1.csr" 2>/dev/null
  openssl x509 -req -in "$scratch/$1.csr" -CA "$scratch/$2.pem" -CAkey "$scratch/$2.key" -days 2 \
    -out "$scratch/$1.crt" 2>/dev/null
}
issue suzuki ours /O=Portal/CN=suzuki/emailAddress=suzuki@portal.example
issue stranger theirs /O=Portal/CN=suzuki/emailAddress=suzuki@portal.example
issue trick ours '/O=Portal,CN=supervisor/CN=suzuki'
issue nameless ours /O=Portal/OU=supervisor

scheme=https
start_tls_portal
read -r _ desk user password_of_desk <<<"$(grep '^desk: ' "$scratch/quickstart.log")"
desk=${desk%/desk/}

heard() { sed -n "s/^$1=//p" "$page"; }
expect_heard() {  # NAME VALUE
  expect_status 200
  [[ $(heard "$1") == "$2" ]] || unexpected "$1 is '$(heard "$1")' instead of '$2'"
}
# What somebody sends who would like to be somebody else.
claims=(-H 'Remote-User: supervisor' -H 'REMOTE_USER: supervisor' -H 'HTTP_REMOTE_USER: supervisor' -H 'X-Remote-User: supervisor'
  -H 'X-Forwarded-User: supervisor' -H 'Auth-Type: Basic' -H 'X-SSL-Client-S-DN: CN=supervisor' -H 'Ssl-Client-S-Dn-Cn: supervisor')
told_no_name() { ! grep -q '^REMOTE_USER=\|^AUTHORIZATION=' "$page" || unexpected 'it was told a name'; }

# --- the public site: nobody is known, whatever is sent
for way in '' '-u supervisor:a' "-u $user:$password_of_desk"; do
  # shellcheck disable=SC2086
  visit $way "${claims[@]}" /register
  expect_heard REQUEST_URI /register
  told_no_name
done

# --- the desk by a password
for claim in '' yes; do
  sent=()
  [[ -z $claim ]] || sent=("${claims[@]}")
  visit "${sent[@]}" "$desk/desk/"
  expect_status 401
  expect_header WWW-Authenticate 'Basic realm="Portal desk".*'
  expect_text 'ログインが必要です'
  visit -u "$user:wrong" "${sent[@]}" "$desk/desk/"
  expect_status 401
  visit -u "supervisor2:$password_of_desk" "${sent[@]}" "$desk/desk/"
  expect_status 401
  visit -u "$user:$password_of_desk" "${sent[@]}" "$desk/desk/"
  expect_heard REMOTE_USER "$user"
  [[ -z $(heard HTTP_AUTHORIZATION) ]] || unexpected 'the responder was told the password'
  # A name that nobody has checked, where no password is asked.
  visit -u "supervisor:wrong" "${sent[@]}" "$desk/healthz/desk"
  expect_heard REQUEST_URI /healthz/desk
  told_no_name
done
# However it is spelled, it asks for the password; what asks for none (the health, by this machine) is told no name.
for path in /desk /DESK/ //desk/ /%64esk/ /desk/../desk/ /register / /healthz/desk/ /healthz//desk /static/../desk/ /assets/../desk/ \
  '/assets/..%2fdesk/' /nothing; do
  visit "${claims[@]}" "$desk$path"
  if [[ $status == 200 && ${path,,} == /healthz/* ]]; then told_no_name; else expect_status '401|404|301'; fi
done
visit "$desk/assets/portal.css"
expect_status 200

# --- the desk by a certificate: its site is made again, and the web server reads it
where=nginx
served_by apache && where=apache
served_by apache-fcgid && where=apache-fcgid
file=$site/$where/desk.conf
part() { sed -nE "s,.*$1.*,\\1,p" "$file" | head -n 1; }
case $where in
  apache-fcgid) responders=(--fcgid --programs "$(part 'FcgidCmdOptions "(.*)/portal-desk"')" --config "$(part 'PORTAL_CONFIG=([^"]*)"')") ;;
  *) responders=(--sockets "$(part 'unix:([^"|]*)/desk\.sock')") ;;
esac
serve_certificates() {  # GENERATE-OPTION...
  local listen=()
  [[ $where == nginx ]] || listen=(--with-listen --no-limit)
  "$root/conf/${where%-fcgid}/generate" --desk "${responders[@]}" "${listen[@]}" --templates "$site/web" --assets "$site/assets" \
    --listen "${desk#*//}" --server-name 127.0.0.1 --certificate "$scratch/public.pem" --key "$scratch/key.pem" \
    --access-log "$site/log/desk.log" --client-ca "$scratch/ours.pem" "$@" >"$file"
  if [[ $where == nginx ]]; then kill -HUP "$(<"$site/nginx/nginx.pid")"; else kill -USR1 "$(<"$site/$where/apache.pid")"; fi
}
visit_with() { visit --cert "$scratch/$1.crt" --key "$scratch/$1.key" "${@:2}" 2>"$scratch/said"; }
is_told() { visit_with suzuki "$desk/desk/" && [[ $(heard REMOTE_USER) == "$1" ]]; }

serve_certificates
desk=https://${desk#*//}
wait_for 20 is_told suzuki || unexpected "REMOTE_USER is '$(heard REMOTE_USER)'"
visit_with suzuki "${claims[@]}" -u supervisor:a "$desk/desk/"
expect_heard REMOTE_USER suzuki
# Nobody's certificate, one that names nobody, one whose other fields look like a name.
visit "${claims[@]}" -u supervisor:a "$desk/desk/"
expect_status 200
told_no_name
visit_with nameless "$desk/desk/"
expect_status 200
told_no_name
visit_with trick "$desk/desk/"
[[ $(heard REMOTE_USER) =~ ^(suzuki|)$ ]] || unexpected "REMOTE_USER is '$(heard REMOTE_USER)'"
# Another authority's is refused, by a page or at the handshake.
: >"$page"
if visit_with stranger "$desk/desk/"; then
  expect_status 403
  expect_text 'お使いの方を確認できませんでした'
fi
[[ -z $(heard REMOTE_USER) ]] || unexpected 'a stranger comes in'
visit "$desk/healthz/desk"
expect_status 200

serve_certificates --name-in emailAddress
wait_for 20 is_told suzuki@portal.example || unexpected "REMOTE_USER is '$(heard REMOTE_USER)'"
