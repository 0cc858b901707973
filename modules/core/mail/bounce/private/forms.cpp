#include "core/mail/bounce/private/forms.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/mail/bounce/private/decoding.h"
#include "core/mail/bounce/private/form_table.h"

namespace portal::mail::bounce {
namespace {

constexpr std::array<std::string_view, 6> kNobodys = {
    "mailer-daemon@", "postmaster@", "mail-daemon@", "mailer_daemon@", "abuse@", "double-bounce@"};

bool is_recipient(std::string_view address, std::string_view bounces) {
  const std::string folded = lower(address);
  const std::string ours = lower(bounces.substr(0, bounces.rfind('@')));
  const bool returned_to =
      !ours.empty() && (folded.starts_with(ours + "+") || folded.starts_with(ours + "@"));
  return !returned_to &&
         std::ranges::none_of(kNobodys, [&](auto name) { return folded.starts_with(name); });
}

struct Recipient {
  std::string address;
  std::size_t end = 0;  // where it ends in the text
};

// The first address of a recipient from a position on.
std::optional<Recipient> recipient_from(const std::string& text, std::size_t from,
                                        std::string_view bounces) {
  constexpr int kMostTried = 20;
  for (int tried = 0; tried < kMostTried && from < text.size(); ++tried) {
    const std::string_view rest = std::string_view(text).substr(from);
    std::string address = address_in(rest);
    if (address.empty()) return std::nullopt;
    const std::string domain = address.substr(address.rfind('@'));
    const auto end = from + rest.find(domain) + domain.size();
    if (is_recipient(address, bounces)) return Recipient{std::move(address), end};
    from = end;
  }
  return std::nullopt;
}

// What separates an address from the reason behind it.
std::size_t behind_marks(std::string_view text, std::size_t at) {
  constexpr std::string_view kMarks = " \t>:;,.)]'\"*=-|";
  return std::min(text.find_first_not_of(kMarks, at), text.size());
}

// The rest of the paragraph in which `at` is. `at` may be at the end of a line.
std::string_view paragraph_behind(std::string_view text, std::size_t at) {
  at = behind_marks(text, at);
  if (at < text.size() && text[at] == '\n') at = behind_marks(text, at + 1);
  std::size_t end = at;
  while (end < text.size()) {
    const auto line_end = std::min(text.find('\n', end), text.size());
    if (trimmed(text.substr(end, line_end - end)).empty()) break;
    end = std::min(line_end + 1, text.size());
  }
  return trimmed(text.substr(at, end - at));
}

// The same, or the next paragraph if nothing is left of it.
std::string_view next_paragraph(std::string_view text, std::size_t at) {
  const auto rest = paragraph_behind(text, at);
  if (!rest.empty()) return rest;
  const auto next = text.find_first_not_of(" \t\n", behind_marks(text, at));
  return next == std::string_view::npos ? rest : paragraph_behind(text, next);
}

// The paragraph in which `at` is, from its own line on.
std::string_view paragraph_of(std::string_view text, std::size_t at) {
  const auto before = text.substr(0, at).rfind('\n');
  return paragraph_behind(text, before == std::string_view::npos ? 0 : before + 1);
}

// The first line with a mail server's reply, from there on.
std::string_view reply_line(std::string_view text, std::size_t from) {
  while (from < text.size()) {
    const auto end = std::min(text.find('\n', from), text.size());
    const std::string_view line = text.substr(from, end - from);
    if (reply_code_in(line) != 0 || !status_in(line).empty()) return paragraph_behind(text, from);
    from = end + 1;
  }
  return {};
}

// The form by which to read a text; one of any program has the family's name "".
Form find_form(const Fields& header, const Prose& text) {
  const auto* form = std::ranges::find_if(kForms, [&](const Form& row) {
    if (row.field.empty()) return text.has(row.opening);
    return lower(words_decoded(header.get(row.field))).find(row.opening) != std::string::npos;
  });
  if (form != kForms.end()) return *form;
  const auto* words =
      std::ranges::find_if(kFailureWords, [&](auto phrase) { return text.has(phrase); });
  const bool found = words != kFailureWords.end();
  return {"", "", found ? *words : std::string_view(), "", Reason::kReply};
}

Certainty certainty_of(const Form& form, const Fields& header) {
  if (!form.family.empty()) return Certainty::kFamily;
  if (!form.opening.empty()) return Certainty::kWords;
  const std::string subject = lower(words_decoded(header.get("subject")));
  const bool tells = std::ranges::any_of(
      kFailureSubjects, [&](auto words) { return subject.find(words) != std::string::npos; });
  return tells ? Certainty::kWords : Certainty::kNone;
}

// What stands behind the words that the row says come before the reason.
std::string_view reason_behind_words(std::string_view words, const Prose& prose) {
  while (!words.empty()) {
    const auto bar = std::min(words.find('|'), words.size());
    if (const auto found = prose.find(words.substr(0, bar))) {
      const auto reason = next_paragraph(prose.text(), found->end);
      if (!reason.empty()) return reason;
    }
    words.remove_prefix(std::min(bar + 1, words.size()));
  }
  return {};
}

std::string_view reason_of(const Form& form, const Prose& prose, std::size_t opening,
                           const std::optional<Recipient>& recipient) {
  const auto reason = reason_behind_words(form.words, prose);
  if (!reason.empty()) return reason;
  const std::string_view text = prose.text();
  if (form.reason == Reason::kOpening) return paragraph_of(text, opening);
  const auto reply = reply_line(text, opening);
  const auto rest = recipient ? paragraph_behind(text, recipient->end) : std::string_view();
  const bool reply_first = form.reason == Reason::kReply;
  const auto& first = reply_first ? reply : rest;
  return first.empty() ? (reply_first ? rest : reply) : first;
}

}  // namespace

Reading read_by_form(const Fields& header, const Prose& prose, std::string_view bounces) {
  const std::string& text = prose.text();
  const Form form = find_form(header, prose);
  const auto opening = prose.find(form.opening).value_or(Prose::Range{});
  const auto before = prose.find(form.recipient, opening.begin);
  auto recipient = recipient_from(text, before ? before->end : opening.end, bounces);
  if (!recipient) recipient = recipient_from(text, 0, bounces);
  Reading reading;
  reading.certainty = certainty_of(form, header);
  reading.family = form.family.empty() ? "a mail system" : form.family;
  reading.recipient =
      recipient ? recipient->address : address_in(header.get("x-failed-recipients"));
  reading.words = one_line(reason_of(form, prose, opening.begin, recipient));
  reading.opening = one_line(opening.end == 0 ? text : paragraph_of(text, opening.begin));
  return reading;
}

std::size_t copy_begins(const Prose& prose) {
  std::size_t begin = prose.text().size();
  for (const auto& words : kCopyBegins) {
    if (const auto found = prose.find(words)) begin = std::min(begin, found->begin);
  }
  const std::string folded = lower(prose.text());
  for (const auto* field : {"\nreturn-path:", "\nreceived:"})
    begin = std::min(begin, folded.find(field));
  return begin;
}

}  // namespace portal::mail::bounce
