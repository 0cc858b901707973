// The kinds of mail that table outbox may hold: what each is about, what it carries, and whether
// the limits count it.
//
// A newer program may have queued a kind that is not in this table: its row waits until a newer
// mailer takes it.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/base/language.h"

namespace portal {

enum class MailKind {
  kActivation,
  kRegistered,
  kListed,
  kReset,
  kEmailChange,
  kEmailChanged,
  kPasswordChanged,
  kAccountAttacked,
  kAccountLeft,
  kAccountReleased,
  kLast = kAccountReleased,
};

struct MailKindRow {
  MailKind kind;
  std::string_view name;  // in the outbox; names the templates, too (mailer/letter.h)
  Words words;            // for operators and the call centre
  // Where the link of the mail's own token leads to; empty: it has none.
  std::string_view link;
  // Anyone can cause it by entering an address: the limits count it, 「心当たりがない」 stops it,
  // and it carries that link (core/queue/mail_limits.h).
  bool limited;
};

std::span<const MailKindRow> mail_kinds();
const MailKindRow& row_of(MailKind kind);
std::string_view name_of(MailKind kind);
// Nothing: this version knows no such kind.
std::optional<MailKind> find_mail_kind(std::string_view name);

}  // namespace portal
