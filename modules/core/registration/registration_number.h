// 登録記号番号: what identifies a clinic.  契0123456-7-8 (judo)  ·  01234567-8-9 (ahaki)
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace portal {

enum class Institution { kJudo, kAhaki };

// "judo", "ahaki": the form field `institution` and the database.
std::string_view code_of(Institution institution);
std::optional<Institution> institution_of(std::string_view code);
// 施術所（柔道整復） / 施術所（あん摩マッサージ指圧・はり・きゅう）
std::string_view name_of(Institution institution);

class RegistrationNumber {
 public:
  // From the parts of the form, already normalised. Nothing if a part is wrong.
  static std::optional<RegistrationNumber> judo(std::string_view agreement, std::string_view number,
                                                std::string_view suffix1, std::string_view suffix2);
  static std::optional<RegistrationNumber> ahaki(std::string_view number, std::string_view suffix1,
                                                 std::string_view suffix2);

  // From one piece of text in any usual writing: full-width, with or without hyphens, in 【】.
  static std::optional<RegistrationNumber> parse(std::string_view text);

  const std::string& text() const { return text_; }  // the standard form, as above
  Institution institution() const;

  struct Parts {
    std::string agreement;  // 協, 契 or empty
    std::string number;     // 7 or 8 digits
    std::string suffix1;
    std::string suffix2;
  };
  Parts parts() const;

  bool operator==(const RegistrationNumber&) const = default;

 private:
  explicit RegistrationNumber(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace portal
