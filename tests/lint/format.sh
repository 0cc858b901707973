#!/usr/bin/env bash
# C++ as .clang-format says; scripts as shellcheck likes them. Run in the tree's root.
set -euo pipefail

find modules tests \( -name '*.h' -o -name '*.cpp' \) -exec clang-format --dry-run -Werror {} +
grep -rlE '^#!/usr/bin/env bash|^#!/bin/sh$|^# shellcheck shell=bash' conf tests .ci | xargs -d '\n' shellcheck
