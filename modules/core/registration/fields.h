// The fields of the registration form: one table, in the form's order (fields.cpp), one row each
// with everything that is said of a field. Parsing, messages, the form, the confirmation screen,
// 必須情報, the draft and the order of errors follow from it.
//
// To add a field that is stored and has a rule of its own, change these eight files and no other:
//   1  fields.cpp                     its row
//   2  rules.h, 3  rules.cpp          its rule
//   4  messages.cpp                   what is said when the rule is broken
//   5  templates/faq.tpl              the answer to each of these messages
//   6  applicant.h                    its member
//   7  core/database/engine/applicant_columns.h  its column, in the tables of both
//   8  sql/NNNN_*.sql                 the columns themselves
// tests/unit/registration/fields_test.cpp finds what a row lacks.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/registration/applicant.h"
#include "core/registration/kinds.h"
#include "core/registration/rules.h"

namespace portal {

// What templates/field.tpl draws.
enum class Shape {
  kInput,     // one line of text, or a password
  kRadio,     // one of the choices, all in sight
  kSelect,    // one of the choices, or ～なし～
  kConsent,   // a box to tick, below the links to what is agreed to
  kUsername,  // not for people: tells a browser's password manager whose password is asked for
};

// The first is what is sent, the second what is shown.
struct Choice {
  std::string_view value;
  std::string_view label;
};

// The part of the clinic's number that a field asks for.
using PartOfNumber = std::string_view NumberParts::*;

struct Field {
  // What becomes of the value before it is checked.
  using Normal = std::string (*)(std::string_view);

  // What it is.
  std::string_view name;   // in the form; also the beginning of its errors' codes
  std::string_view label;  // the manual's: messages and the confirmation screen say it
  std::optional<Institution> institution = std::nullopt;  // nothing: everybody fills it in
  Normal normal = nullptr;     // null: the value stays as typed, and is never copied out of a Form,
                               // which wipes it
  rules::Rule rule = nullptr;  // null: the form that has the field checks it itself
  PartOfNumber part = nullptr;               // null: it is no part of the clinic's number
  std::string Applicant::*stored = nullptr;  // null: it is part of the number, or a secret
  std::string_view example = "";  // a right value, for what tries the form out; of parts of the
                                  // number and of choices it is known already
  bool of_application = true;     // false: it is asked for at the form alone, no draft has it

  // How it is drawn.
  Shape shape = Shape::kInput;
  std::string_view prompt = label;   // beside the field
  std::string_view listed = prompt;  // in 必須情報
  std::string_view linked = label;  // 修正する：… on the confirmation screen; empty: no such link
  std::string_view place = "FIELD";  // the {{>PLACE}} of form.tpl where it stands
  std::string_view type = "";        // of <input>; empty: text
  std::string_view inputmode = "";
  std::string_view autocomplete = "";
  std::string_view css_class = "";  // how wide it is
  std::string_view help = "";
  std::span<const std::string_view> help_items = {};
  std::span<const Choice> choices = {};
  bool required = true;
  bool focus = false;          // the page begins there
  std::string_view id = name;  // in the page: other forms ask for the same thing twice
  std::string_view form = "";  // the id of its form, if it stands outside

  // Never shown again, and masked on the confirmation screen.
  constexpr bool is_secret() const { return type == "password"; }
};

std::span<const Field> fields();

// Precondition: there is one.
const Field& field_named(std::string_view name);

// The rules for a password: help, and its items.
inline constexpr std::string_view kPasswordPolicyHelp =
    "以下パスワードポリシーに従ってご入力ください。";
inline constexpr auto kPasswordPolicy =
    std::to_array<std::string_view>({"大文字/小文字/数字をそれぞれ1文字以上ご入力ください。",
                                     "パスワードの長さは、8文字以上100文字です。"});

}  // namespace portal
