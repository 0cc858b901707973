#include "core/database/roster/row_reason.h"

namespace portal {
namespace {

constexpr char kEndOfValue = '\t';  // in stored(), after the name and between the values

}  // namespace

// No value of a roster needs a tab: a space is as good, and stored() needs no escapes.
RowReason::RowReason(RowFault fault, std::vector<std::string> values)
    : fault_(fault), values_(std::move(values)) {
  for (std::string& value : values_) std::ranges::replace(value, kEndOfValue, ' ');
}

RowReason RowReason::from_stored(std::string_view text) {
  const auto end = std::min(text.find(kEndOfValue), text.size());
  const auto* const row = std::ranges::find(kRowFaultRows, text.substr(0, end), &RowFaultRow::name);
  if (row == kRowFaultRows.end()) return {RowFault::kOther, {std::string(text)}};
  std::vector<std::string> values;
  for (text.remove_prefix(end); !text.empty();) {
    text.remove_prefix(1);
    values.emplace_back(text.substr(0, text.find(kEndOfValue)));
    text.remove_prefix(values.back().size());
  }
  return {row->fault, std::move(values)};
}

std::string RowReason::stored() const {
  std::string text(row_of(fault_).name);
  for (const std::string& value : values_) text.append(1, kEndOfValue).append(value);
  return text;
}

std::string RowReason::in(Language language) const {
  const std::string_view sentence = row_of(fault_).words.in(language);
  std::string said;
  for (std::size_t at = 0; at < sentence.size(); ++at) {
    const std::size_t value = value_at(sentence, at);
    if (value == 0) {
      said += sentence[at];
    } else {
      // Another program may have stored fewer.
      if (value <= values_.size()) said += values_[value - 1];
      at += std::string_view("{1}").size() - 1;
    }
  }
  return said;
}

}  // namespace portal
