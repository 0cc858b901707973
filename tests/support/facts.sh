# shellcheck shell=bash disable=SC2154
# The facts about the operator, those of templates/operator.conf. To be sourced; needs `root`.

# fact NAME: prints its value, in which other facts stand in place of ${NAME}.
fact() {
  local value inner
  value=$(sed -n "s/^$1 = //p" "$root/templates/operator.conf")
  while [[ $value =~ \$\{([A-Z_]+)\} ]]; do
    inner=$(fact "${BASH_REMATCH[1]}")
    value=${value/"${BASH_REMATCH[0]}"/"$inner"}
  done
  printf '%s\n' "$value"
}
