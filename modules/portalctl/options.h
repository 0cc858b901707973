// Options that several verbs take. Those of one verb stand in its file; --yes and --reason, of
// verbs that ask first, in core/command/consent.h.
#pragma once

#include "core/command/option.h"

namespace portalctl {

inline constexpr portal::Option kConfig = {
    "config", "FILE", "settings (default: $PORTAL_CONFIG, else /etc/portal/portal.conf)"};
inline constexpr portal::Option kDirectory = {
    "directory", "DIR", "migrate, check: the folder of the numbered SQL files"};
inline constexpr portal::Option kSince = {
    "since", "TIME", "audit list, report: from 2026-04-01 or 2026-04-01T09:30 on, Japan's time"};
inline constexpr portal::Option kState = {
    "state", "STATE",
    "registration list: only pending, activated, expired or cancelled ones; mail list: only "
    "queued, sent, failed, bounced or withheld ones"};
inline constexpr portal::Option kJson = {"json", "", "one JSON object a line"};
inline constexpr portal::Option kLang = {
    "lang", "LANG",
    "in ja (Japanese) or en (English); default: as LC_ALL, LC_MESSAGES or LANG say"};
inline constexpr portal::Option kFull = {"full", "",
                                         "shows the whole address, which the audit notes"};

}  // namespace portalctl
