# shellcheck shell=bash disable=SC2034,SC2154
# What the generators in conf/nginx, conf/apache and conf/systemd share: options, the list of steps, the
# template. They source this file. The caller sets `unusable`, the characters that its server does not accept in
# quotes, and adds its own options to `option`.

conf=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")

# NAME → value. An option that takes no value is `no` until it is given. Other options are unknown.
declare -A option=([sockets]=/run/portal [templates]=/usr/share/portal/templates [assets]='' [steps]=''
  [server-name]='' [hsts-subdomains]=no [hsts-preload]=no [listen]='' [certificate]='' [key]='' [redirect]='' [trusted-proxies]=''
  [scale]='' [rate]='' [access-log]='' [desk]=no [users]='' [client-ca]='' [name-in]='')
site=public       # whose steps the site file is about: a SITE of steps.list
own_names=portal  # with what each name begins that another site file on the same server must not have as well
declare -A processes=()  # step → number of processes, if --scale gives it
declare -A value=()      # NAME → text that replaces @NAME@ in the template

fail() {
  printf 'generate: %s\n' "$*" >&2
  exit 2
}

read_options() {
  local name path=' sockets templates assets steps certificate key access-log cache programs config users client-ca directives '
  while (($#)); do
    name=${1#--}
    [[ $1 != --help ]] || { sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | sed '$d'; exit 0; }
    [[ $1 == --?* && -v "option[$name]" ]] || fail "unknown option $1 (see --help)"
    if [[ ${option[$name]} == no ]]; then
      option[$name]=yes
      shift
      continue
    fi
    [[ -n ${2-} ]] || fail "$1 needs a value"
    [[ $2 != *["$unusable"]* && $2 != *$'\n'* ]] || fail "$1: the server cannot use $unusable in $2"
    case $name in
      listen | redirect | scale) option[$name]+="$2 " ;;  # may come several times
      *) option[$name]=$2 ;;
    esac
    [[ $path != *" $name "* || $2 == /* ]] || option[$name]=$PWD/$2
    shift 2
  done
}

find_steps() {
  if [[ -z ${option[steps]} ]]; then
    option[steps]=$conf/../modules/steps.list  # in the source tree
    [[ -e ${option[steps]} ]] || option[steps]=$conf/../steps.list  # where it is installed
  fi
  [[ -r ${option[steps]} ]] || fail "cannot read ${option[steps]}"
}

# The desk's site: how the web server finds out who it is. Nobody gets in without that, and no password travels in the clear.
check_desk_options() {
  local ways=0 way address
  for way in users client-ca directives; do [[ -z ${option[$way]-} ]] || ((++ways)); done
  if [[ ${option[desk]} == no ]]; then
    [[ $ways == 0 && -z ${option[name-in]} ]] || fail 'who may come in is asked on the desk only: --desk is missing'
    return 0
  fi
  site=desk own_names=desk
  [[ -n ${option[listen]} ]] || fail '--desk needs an address of its own: --listen'
  ((ways == 1)) || fail '--desk needs one way to find out who it is: --users, --client-ca or another (see --help)'
  for address in ${option[listen]}; do
    [[ -n ${option[certificate]}${option[trusted-proxies]} || $address =~ ^(127\.|\[::1\]|localhost:) ]] ||
      fail "--desk --listen $address: without TLS, only on this machine (127.0.0.1:8081) or behind --trusted-proxies that do the TLS"
  done
  [[ -z ${option[client-ca]} || -n ${option[certificate]} ]] ||
    fail '--client-ca is of TLS: --certificate and --key are needed'
  [[ ${option[name-in]:=CN} =~ ^(CN|emailAddress)$ ]] || fail "--name-in ${option[name-in]}: expected CN or emailAddress"
}

# check_options ADDRESSES TLS-ADDRESSES: the defaults of --listen without and with TLS. With TLS, the
# former are the default of --redirect, but on the desk. Sets what both servers' site files show as it was given.
check_options() {
  local scale
  find_steps
  check_desk_options
  option[assets]=${option[assets]:-${option[templates]}/assets}
  [[ $site == public ]] || : "${option[rate]:=10}"
  [[ ${option[rate]:=50} =~ ^[1-9][0-9]{0,4}$ ]] || fail "--rate ${option[rate]}: expected requests a second"

  if [[ -z ${option[certificate]}${option[key]} ]]; then
    [[ -z ${option[redirect]} ]] || fail '--redirect leads to TLS: --certificate and --key are needed'
    [[ ${option[hsts-subdomains]}${option[hsts-preload]} == nono ]] ||
      fail '--hsts-subdomains and --hsts-preload are of TLS: --certificate and --key are needed'
    option[listen]=${option[listen]:-$1}
  else
    [[ -n ${option[certificate]} && -n ${option[key]} ]] || fail '--certificate and --key go together'
    [[ -n ${option[server-name]} ]] || fail 'with TLS, --server-name must be the name in the certificate'
    option[listen]=${option[listen]:-$2}
    [[ $site != public ]] || option[redirect]=${option[redirect]:-$1}
  fi

  for scale in ${option[scale]}; do
    if [[ ! $scale =~ ^[a-z]+=[1-9][0-9]?$ ]] || ! steps "$site" | grep -q "^${scale%=*} "; then
      fail "--scale $scale: expected STEP=PROCESSES"
    fi
    processes[${scale%=*}]=${scale#*=}
  done
  value=([SITE]=$own_names [DESK]=${option[desk]#no} [USERS]=${option[users]} [CLIENT_CA]=${option[client-ca]}
    [NAME_IN]=${option[name-in]} [TLS]=${option[certificate]} [HSTS]=$(hsts) [CERTIFICATE]=${option[certificate]} [KEY]=${option[key]} [ORIGIN]=''
    [ACCESS_LOG]=${option[access-log]} [TEMPLATES]=${option[templates]} [ASSETS]=${option[assets]})
  [[ -z ${value[TLS]} ]] || value[ORIGIN]=$(https_origin)
}

# The lines of steps.list, of one site or of all: NAME THREADS SITE URL...
steps() {  # [SITE]
  awk -v site="${1-}" '/^[a-z]/ && (site == "" || $3 == site)' "${option[steps]}"
}

# What the URLs of another site begin with, one in a line and without the slash at its end: nothing below is found here.
places_of_others() {
  awk -v site="$site" '/^[a-z]/ && $3 != site { for (i = 4; i <= NF; ++i) if ($i ~ "./$") print $i }' "${option[steps]}" |
    sed 's|/$||'
}

# Prints the sockets of a step's processes, one in a line: STEP.sock, STEP-2.sock, STEP-3.sock …
sockets_of() {  # STEP
  local number
  printf '%s\n' "${option[sockets]}/$1.sock"
  for ((number = 2; number <= ${processes[$1]:-1}; ++number)); do
    printf '%s\n' "${option[sockets]}/$1-$number.sock"
  done
}

# Prints the value of Strict-Transport-Security (RFC 6797): two years; this name alone, unless it is asked for more.
# The lists of the browsers take a name only with all of its subdomains.
hsts() {
  local words='max-age=63072000'
  [[ ${option[hsts-subdomains]}${option[hsts-preload]} == nono ]] || words+='; includeSubDomains'
  [[ ${option[hsts-preload]} == no ]] || words+='; preload'
  printf '%s' "$words"
}

# Prints the origin that browsers reach by TLS. A redirect leads to it.
https_origin() {
  local first=${option[listen]%% *}
  local port=${first##*:}
  printf 'https://%s%s' "${option[server-name]}" "$([[ $port == 443 ]] || printf ':%s' "$port")"
}

# headers FORMAT: prints each header of conf/headers.list with printf's FORMAT (name, value).
headers() {
  local name text
  while read -r name text; do
    # shellcheck disable=SC2059
    printf "$1" "$name" "$text"
  done < <(grep -E '^[A-Z]' "$conf/headers.list")
}

# fill_in TEMPLATE: prints the template with value[NAME] in place of @NAME@. The lines between
# `@if NAME` and `@end` are printed if that value is not empty; with `@unless NAME`, if it is empty.
fill_in() {
  local line name kept=yes text=''
  while IFS= read -r line; do
    name=${line#@* }
    case $line in
      '@if '*) kept=${value[$name]-} ;;
      '@unless '*) [[ -z ${value[$name]-} ]] && kept=yes || kept='' ;;
      '@end') kept=yes ;;
      *) [[ -z $kept ]] || text+=$line$'\n' ;;
    esac
  done <"$1"
  for name in "${!value[@]}"; do text=${text//"@$name@"/"${value[$name]}"}; done
  printf '%s' "$text"
}
