// See fields.h.
#include "core/registration/fields.h"

#include <algorithm>
#include <cassert>

#include "core/registration/application.h"
#include "core/text/text.h"

namespace portal {
namespace {

constexpr auto kJudo = Institution::kJudo;
constexpr auto kAhaki = Institution::kAhaki;

// The digits that one dials within Japan: of +81 3-…, +81 (0)3-… and ＋81… the country's code
// becomes the 0 that stands in its place. So does 0081, the same code as one dials it abroad, where
// the number is too long to be one without it.
std::string dialled(std::string_view value) {
  constexpr std::string_view kDialledAbroad = "0081";
  constexpr std::size_t kLongestWithout = 11;
  std::string digits = text::fold_number(value);
  std::size_t code = 0;  // its length
  for (const std::string_view written : {"+81", "＋81", "﹢81"}) {
    if (digits.starts_with(written)) code = written.size();
  }
  if (digits.starts_with(kDialledAbroad) && digits.size() > kLongestWithout) {
    code = kDialledAbroad.size();
  }
  if (code == 0) return digits;
  digits.erase(0, code);
  return digits.starts_with('0') ? digits : "0" + digits;
}

constexpr auto kInstitutions = [] {
  std::array<Choice, kClinicKinds.size()> choices;
  std::ranges::transform(kClinicKinds, choices.begin(), [](const ClinicKind& kind) {
    return Choice{kind.code, kind.name};
  });
  return choices;
}();

constexpr auto kAgreements = [] {
  std::array<Choice, kJudoAgreements.size()> choices;
  std::ranges::transform(kJudoAgreements, choices.begin(), [](std::string_view agreement) {
    return Choice{agreement, agreement};
  });
  return choices;
}();

constexpr auto kConsent = std::to_array<Choice>({{"agreed", "上記の利用規約に同意します。"}});

constexpr auto kFields = std::to_array<Field>({
    {.name = "family_name",
     .label = "姓",
     .normal = text::tidy,
     .rule = rules::name,
     .stored = &Applicant::family_name,
     .example = "基金",
     .place = "NAME_FIELD",
     .autocomplete = "family-name"},
    {.name = "given_name",
     .label = "名",
     .normal = text::tidy,
     .rule = rules::name,
     .stored = &Applicant::given_name,
     .example = "太郎",
     .place = "NAME_FIELD",
     .autocomplete = "given-name"},
    {.name = "institution",
     .label = "所属機関",
     .rule = rules::institution,
     .shape = Shape::kRadio,
     .prompt = "所属機関選択",
     .place = "INSTITUTION_FIELD",
     .choices = kInstitutions},

    {.name = "judo_agreement",
     .label = "① 入力項目",
     .institution = kJudo,
     .rule = rules::agreement<kJudo>,
     .part = &NumberParts::agreement,
     .shape = Shape::kSelect,
     .autocomplete = "off",
     .help = "上記例【契0123456-7-8】の「契」に該当する箇所から、協または契をお選びください。",
     .choices = kAgreements},
    {.name = "judo_number",
     .label = "② 入力項目 (※柔整師番号)",
     .institution = kJudo,
     .normal = text::fold_number,
     .rule = rules::number<kJudo>,
     .part = &NumberParts::number,
     .linked = "② 入力項目",
     .inputmode = "numeric",
     .autocomplete = "off",
     .css_class = "digits",
     .help = "上記例【契0123456-7-8】の「0123456」部分に該当する数字7桁をご入力ください。"},
    {.name = "judo_suffix1",
     .label = "③ 入力項目",
     .institution = kJudo,
     .normal = text::fold_number,
     .rule = rules::digits<1>,
     .part = &NumberParts::suffix1,
     .inputmode = "numeric",
     .autocomplete = "off",
     .css_class = "digit",
     .help = "上記例【契0123456-7-8】の「7」部分に該当する数字1桁をご入力ください。"},
    {.name = "judo_suffix2",
     .label = "④ 入力項目",
     .institution = kJudo,
     .normal = text::fold_number,
     .rule = rules::digits<1>,
     .part = &NumberParts::suffix2,
     .inputmode = "numeric",
     .autocomplete = "off",
     .css_class = "digit",
     .help = "上記例【契0123456-7-8】の「8」部分に該当する数字1桁をご入力ください。"},

    {.name = "ahaki_number",
     .label = "① 入力項目(※施術管理者番号)",
     .institution = kAhaki,
     .normal = text::fold_number,
     .rule = rules::number<kAhaki>,
     .part = &NumberParts::number,
     .linked = "① 入力項目",
     .inputmode = "numeric",
     .autocomplete = "off",
     .css_class = "digits",
     .help = "上記例【01234567-8-9】の「01234567」部分に該当する数字8桁をご入力ください。"},
    {.name = "ahaki_suffix1",
     .label = "② 入力項目",
     .institution = kAhaki,
     .normal = text::fold_number,
     .rule = rules::digits<1>,
     .part = &NumberParts::suffix1,
     .inputmode = "numeric",
     .autocomplete = "off",
     .css_class = "digit",
     .help = "上記例【01234567-8-9】の「8」部分に該当する数字1桁をご入力ください。"},
    {.name = "ahaki_suffix2",
     .label = "③ 入力項目",
     .institution = kAhaki,
     .normal = text::fold_number,
     .rule = rules::digits<1>,
     .part = &NumberParts::suffix2,
     .inputmode = "numeric",
     .autocomplete = "off",
     .css_class = "digit",
     .help = "上記例【01234567-8-9】の「9」部分に該当する数字1桁をご入力ください。"},

    {.name = "phone",
     .label = "電話番号",
     .normal = dialled,
     .rule = rules::phone,
     .stored = &Applicant::phone,
     .example = "01201234567",
     .type = "tel",
     .autocomplete = "tel",
     .help = "半角数字をご入力ください(ハイフン無し)。例) 01201234567"},
    {.name = "email",
     .label = "メールアドレス",
     .normal = text::fold_address,
     .rule = rules::email,
     .stored = &Applicant::email,
     .example = "name@check.invalid",
     .type = "email",
     .autocomplete = "email",
     .css_class = "wide",
     .help = "登録を完了するためのメールが届きます。"},
    {.name = "password",
     .label = "パスワード",
     .rule = rules::password,
     .example = "Example0",
     .type = "password",
     .autocomplete = "new-password",
     .css_class = "wide",
     .help = kPasswordPolicyHelp,
     .help_items = kPasswordPolicy},
    {.name = "password_confirmation",
     .label = "パスワード（確認用）",
     .rule = rules::confirmation,
     .example = "Example0",
     .of_application = false,
     .linked = "",
     .type = "password",
     .autocomplete = "new-password",
     .css_class = "wide"},
    {.name = "terms",
     .label = "利用規約",
     .rule = rules::terms,
     .of_application = false,
     .shape = Shape::kConsent,
     .listed = "利用規約への同意",
     .choices = kConsent},
});

}  // namespace

std::span<const Field> fields() {
  return kFields;
}

const Field& field_named(std::string_view name) {
  const auto* const found = std::ranges::find(kFields, name, &Field::name);
  assert(found != kFields.end() && "no such field");
  return *found;
}

}  // namespace portal
