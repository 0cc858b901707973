#!/usr/bin/env bash
# Templates escape by themselves, and nowhere use what ctemplate does not make safe; field.tpl and
# summary.tpl alone draw errors. Run in the tree's root.
set -euo pipefail

found=0
complain() {
  printf '%s\n' "$1" >&2
  found=1
}

while read -r file; do
  case $file in
    *.txt.tpl | *subject.tpl | templates/mail/*subject*) continue ;;  # plain text
  esac
  [[ $(head -c 33 "$file") == '{{%AUTOESCAPE context="HTML"}}'* ]] ||
    complain "$file does not begin with {{%AUTOESCAPE context=\"HTML\"}}"
done < <(find templates -name '*.tpl')

# The text of a news item is HTML that cmark made from our own file.
made_by_us='^templates/news_item\.tpl:[0-9]+:\{\{BODY:none\}\}$'
# The report is a file that is handed on, not a page of the portal: its style sheet is within it, and
# no value is within the style sheet.
one_file='^templates/report\.tpl:[0-9]+:<style>$'
if sed -n '/^<style>$/,/^<\/style>$/p' templates/report.tpl | grep -nE '\{\{|url\(|@import'; then
  complain 'templates/report.tpl: a value, or something to fetch, in the style sheet: see above'
fi

# The style sheet of the first screenful: View puts assets/first.css there, without any value, and the
# page's policy allows it by its hash.
first_style='^templates/layout\.tpl:[0-9]+:\{\{#SERVED\}\}<style>\{\{FIRST_STYLE\}\}</style>$'

# A mail carries its styles within it, because mail programs drop style sheets: without any value.
mail_style='^templates/mail/[a-z_]+\.html\.tpl:[0-9]+:(?!.*(<script|<style|\son[a-z]+=|style="[^"]*(\{\{|url\()))'

unsafe() {  # WHY PATTERN
  local lines
  if lines=$(grep -rnP --include='*.tpl' --exclude='*.txt.tpl' -- "$2" templates |
    grep -vE "$made_by_us|$one_file|$first_style" | grep -vP "${3-^$}"); then
    complain "$1:"$'\n'"$lines"
  fi
}
unsafe 'a modifier that switches escaping off' '\{\{[A-Z_0-9]+:none'
unsafe 'an attribute whose value ctemplate does not check as a URL' \
  '(formaction|srcset|xlink:href|ping|poster)\s*=\s*"?[^">]*\{\{'
unsafe 'a value that chooses the host' '(href|src|action)\s*=\s*"?//[^">]*\{\{'
unsafe 'a value in a query without :url_query_escape' '\?[^"\s>]*=\{\{[A-Z_0-9]+\}\}'
unsafe 'a value as the name of a tag or an attribute' '</?\{\{[A-Z_0-9]+|<[a-z][^">]*\s\{\{[A-Z_0-9]+\}\}'
unsafe 'an attribute without quotes' '=\{\{[A-Z_0-9]+[^}]*\}\}[\s>]'
unsafe 'an inline script, style or handler' '<script(?![^>]*\ssrc=)|<style|\s(style|on[a-z]+)="' "$mail_style"

# What is wrong is drawn in one way, for every field of every form.
if lines=$(grep -rnE --include='*.tpl' 'class="(error|summary)"|aria-invalid' templates |
  grep -vE '^templates/(field|summary)\.tpl:'); then
  complain "an error that neither field.tpl nor summary.tpl draws:"$'\n'"$lines"
fi
exit "$found"
