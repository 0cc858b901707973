#!/usr/bin/env bash
# Scripts of the pages make elements and texts, and never HTML or code out of text; they fetch nothing from elsewhere,
# and talk to no other window. Run in the tree's root.
set -euo pipefail

found=0
refuses() {  # WHY PATTERN
  local lines
  if lines=$(grep -nP -- "$2" templates/assets/*.js); then
    printf '%s:\n%s\n' "$1" "$lines" >&2
    found=1
  fi
}
refuses 'text that becomes HTML' '\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write(ln)?|setHTMLUnsafe|srcdoc|DOMParser|createContextualFragment)\b'
refuses 'text that becomes code' '\beval\s*\(|\bFunction\s*\(|\b(setTimeout|setInterval)\s*\(\s*["'"'"'`]|javascript:|\bimport\s*\('
refuses 'a name that reaches a prototype' '__proto__|\bprototype\b|\bsetPrototypeOf\b'
refuses 'a message to or from another window' '\b(postMessage|BroadcastChannel|window\.open|opener)\b|["'"'"']message["'"'"']'
refuses 'something from elsewhere' '(["'"'"'`])(https?:)?//|\b(XMLHttpRequest|WebSocket|EventSource|sendBeacon)\b'
exit "$found"
