// Each field's rule: a right form, and one value changed in it.
#include "rule_cases.h"

namespace portal {
namespace {

TEST(Rules, Names) {
  for (const std::string field : {"family_name", "given_name"}) {
    const Codes missing = {field + "_missing"};
    const Codes too_long = {field + "_too_long"};
    const Codes control = {field + "_control"};
    const Codes unshowable = {field + "_unshowable"};
    const Codes link = {field + "_link"};
    expect_codes(judo_form(), field,
                 {
                     {"1 character", "林", {}},
                     {"40 characters", repeated("髙", 40), {}},
                     {"40 surrogate pairs", repeated("𠮷", 40), {}},
                     {"40 after trimming", "\u3000" + repeated("髙", 40) + " ", {}},
                     {"40 after NFC", repeated("か\u3099", 40), {}},
                     {"compatibility ideograph", "\uFA19", {}},
                     {"ideographic variation", "葛\U000E0100", {}},
                     {"space within", "ヴァン　ダイク", {}},
                     {"foreign", "O'Brien-Müller", {}},
                     {"髙﨑 and 𠮷", "髙﨑𠮷", {}},
                     {"iteration marks", "佐々木々〻ゝゞヽヾ", {}},
                     {"small ke and middle dots", "槇ヶ原・ヴァン･ダイク·", {}},
                     {"kanji newer than the tables", "\U0002EBF0\U00031350", {}},
                     {"initials", "J.R. Smith", {}},
                     {"an initial and a short name", "K.To", {}},
                     {"full-width initials", "Ｊ．Ｓｍｉｔｈ", {}},
                     {"a title and a long name", "Ma.Teresa", {}},
                     {"ordinal", "Smith 3rd", {}},
                     {"www without a dot", "Awww", {}},
                     {"ends with a dot", "Jr.", {}},
                     {"empty", "", missing},
                     {"spaces", " \u3000\t\u00A0", missing},
                     {"zero-width space", "\u200B", missing},
                     {"41 characters", repeated("髙", 41), too_long},
                     {"41 ASCII", repeated("a", 41), too_long},
                     {"line break within", "田\n中", control},
                     {"tab within", "田\t中", control},
                     {"right-to-left override", "田\u202E中", control},
                     {"escape", "\x1B[31m田", control},
                     {"外字, first", "\uE000", unshowable},
                     {"外字, last of the plane", "田\uF8FF", unshowable},
                     {"外字 of plane 15", "田\U000F0000", unshowable},
                     {"外字 of plane 16", "田\U0010FFFD", unshowable},
                     {"replacement character", "田\uFFFD", unshowable},
                     {"object replacement character", "\uFFFC田", unshowable},
                     {"geta mark", "〓田", unshowable},
                     {"noncharacter", "田\uFDD0", unshowable},
                     {"noncharacter of the ideographs", "田\U0002FFFE", unshowable},
                     {"unassigned", "田\u0378", unshowable},
                     {"slash", "a/b", link},
                     {"full-width slash", "山田／太郎", link},
                     {"at", "a@b", link},
                     {"full-width at", "山田＠整骨院", link},
                     {"www", "www.example", link},
                     {"www in capitals", "WwW.example", link},
                     {"full-width www", "ｗｗＷ．ｅｘａｍｐｌｅ", link},
                     {"scheme", "http:", link},
                     {"full-width scheme", "ｍａｉｌｔｏ：ａ", link},
                     {"domain", "今すぐ example.com へ", link},
                     {"full-width domain in capitals", "ＥＸＡＭＰＬＥ．ＮＥＴ", link},
                     {"Japanese domain", "日本.jp", link},
                     {"subdomain", "a.bc.co.jp", link},
                     {"telephone number", "03-1234-5678", link},
                     {"full-width telephone number", "０１２０１２３４５６", link},
                     {"外字 and a link", "\uE000/", {field + "_unshowable", field + "_link"}},
                     {"41 with a tab",
                      "\u3042\t" + repeated("髙", 39),
                      {field + "_too_long", field + "_control"}},
                 });
  }
}

TEST(Rules, Agreement) {
  expect_codes(judo_form(), "judo_agreement",
               {
                   {"契", "契", {}},
                   {"協", "協", {}},
                   {"～なし～", "", {"judo_agreement_missing"}},
                   {"～なし～ as text", "～なし～", {"judo_agreement_unknown"}},
                   {"another", "約", {"judo_agreement_unknown"}},
                   {"契 as U+F909", "\uF909", {"judo_agreement_unknown"}},
                   {"both", "協契", {"judo_agreement_unknown"}},
               });
}

std::vector<Case> digit_cases(const std::string& field, std::size_t count) {
  const Codes missing = {field + "_missing"};
  const Codes format = {field + "_format"};
  return {
      {"zeros", repeated("0", count), {}},
      {"full-width", repeated("９", count), {}},
      {"hyphens between", repeated("1-", count), {}},
      {"full-width with long-vowel marks", repeated("１ー", count), {}},
      {"spaces around", " \u3000" + repeated("1", count) + "\u00A0\t", {}},
      {"empty", "", missing},
      {"spaces", "\u3000 ", missing},
      {"hyphen only", "-", missing},
      {"one more", repeated("1", count + 1), format},
      {"one less, with a letter", repeated("1", count - 1) + "a", format},
      {"twice as many", repeated("1", 2 * count), format},
      {"kanji digits", repeated("一", count), format},
      {"circled digits", repeated("①", count), format},
      {"sign", "+" + repeated("1", count), format},
      {"control character", repeated("1", count) + "\x01", format},
  };
}

TEST(Rules, NumberFields) {
  expect_codes(judo_form(), "judo_number", digit_cases("judo_number", 7));
  expect_codes(judo_form(), "judo_number", {{"6 digits", "012345", {"judo_number_format"}}});
  expect_codes(judo_form(), "judo_suffix1", digit_cases("judo_suffix1", 1));
  expect_codes(judo_form(), "judo_suffix2", digit_cases("judo_suffix2", 1));
  expect_codes(ahaki_form(), "ahaki_number", digit_cases("ahaki_number", 8));
  expect_codes(ahaki_form(), "ahaki_number", {{"7 digits", "0123456", {"ahaki_number_format"}}});
  expect_codes(ahaki_form(), "ahaki_suffix1", digit_cases("ahaki_suffix1", 1));
  expect_codes(ahaki_form(), "ahaki_suffix2", digit_cases("ahaki_suffix2", 1));
}

TEST(Rules, Phone) {
  const Codes format = {"phone_format"};
  expect_codes(judo_form(), "phone",
               {
                   {"10 digits", "0312345678", {}},
                   {"11 digits", "09012345678", {}},
                   {"hyphens", "03-1234-5678", {}},
                   {"full-width", "０９０－１２３４－５６７８", {}},
                   {"long-vowel marks", "０３ー１２３４ー５６７８", {}},
                   {"spaces", "03 1234\u30005678", {}},
                   {"copied from an address book",
                    "\u202A"
                    "03-1234-5678\u202C",
                    {}},
                   {"empty", "", {"phone_missing"}},
                   {"hyphens only", "－ー-", {"phone_missing"}},
                   {"brackets", "03(1234)5678", {}},
                   {"full-width brackets", "（03）1234-5678", {}},
                   {"tortoise-shell and square ones", "〔０３〕［１２３４］【5678】", {}},
                   {"dots", "03.1234.5678", {}},
                   {"full-width and middle dots", "03．1234・5678", {}},
                   {"dots of an input method", "03。1234｡5678", {}},
                   {"superscript minus", "03⁻1234⁻5678", {}},
                   {"country code", "+81312345678", {}},
                   {"country code, full-width", "＋８１－９０－１２３４－５６７８", {}},
                   {"country code and trunk zero", "+81 (0)3-1234-5678", {}},
                   {"country code in brackets", "(+81) 90 1234 5678", {}},
                   {"invisible, then country code", "\u202A+81 3 1234 5678\u202C", {}},
                   {"country code as dialled abroad", "0081-3-1234-5678", {}},
                   {"the same with the zero", "0081(0)90-1234-5678", {}},
                   {"another country", "+8201012345678", format},
                   {"country code twice", "+81+81312345678", format},
                   {"country code, one digit short", "+8131234567", format},
                   {"country code within", "03+811234567", format},
                   {"without its plus", "81312345678", format},
                   {"9 digits", "031234567", format},
                   {"12 digits", "090123456789", format},
                   {"does not begin with 0", "1312345678", format},
                   {"extension", "0312345678x9", format},
                   {"several numbers", "03-1234-5678～9", format},
                   {"words", "でんわ", format},
               });
}

TEST(Rules, Email) {
  const Codes format = {"email_format"};
  const Codes no_at = {"email_no_at"};
  const Codes two_ats = {"email_two_ats"};
  const Codes space = {"email_space"};
  const Codes character = {"email_character"};
  const Codes of_domain = {"email_character_of_domain"};
  const Codes no_dot = {"email_no_dot"};
  const Codes domain = {"email_domain"};
  const std::string label63 = repeated("a", 63);
  const std::string longest =
      repeated("x", 59) + "@" + label63 + "." + label63 + "." + label63 + ".jp";
  ASSERT_EQ(longest.size(), 254U);
  expect_codes(judo_form(), "email",
               {
                   {"usual", "kikin01@test.kikin.example", {}},
                   {"upper case", "Taro@Example.JP", {}},
                   {"every sign", "a.!#$%&'*+/=?^_`{|}~-9@example.jp", {}},
                   {"dots anywhere (docomo's)", ".a..b.@docomo.example", {}},
                   {"one label", "a@localhost", no_dot},
                   {"label of digits", "a@123.45", {}},
                   {"hyphens within", "a@xn--wgv71a.ex-am--ple.jp", {}},
                   {"label of one letter", "a@b.c", {}},
                   {"label of 63", "a@" + label63 + ".jp", {}},
                   {"spaces around", " \u3000a@example.jp\t\n", {}},
                   {"full-width everywhere", "Ｔａｒｏ．９＋ａ＠ｅｘａｍｐｌｅ．ｊｐ", {}},
                   {"zero-width space", "taro\u200B@example.jp", {}},
                   {"byte order mark in front", "\uFEFFtaro@example.jp", {}},
                   {"marks of direction", "\u200Etaro\u200F@example.jp\u200E", {}},
                   {"soft hyphen", "taro@exam\u00ADple.jp", {}},
                   {"word joiner", "taro@\u2060example.jp", {}},
                   {"embedding and isolate", "\u202Ataro@example.jp\u202C\u2066\u2069", {}},
                   {"override", "\u202Etaro@example.jp", {}},
                   {"Hangul filler", "taro\u3164@example.jp", {}},
                   {"invisible around spaces", "\u200B \u200Btaro@example.jp \u200B", {}},
                   {"invisible only", "\u200B\uFEFF", {"email_missing"}},
                   {"blank braille", "taro\u2800@example.jp", character},
                   {"Japanese local part", "太郎@example.jp", character},
                   {"ideographic full stop", "taro@example。jp", of_domain},
                   {"full-width space within", "taro＠　example.jp", space},
                   {"words around", "メール:taro@example.jp", character},
                   {"two addresses", "a@example.jp;b@example.jp", two_ats},
                   {"254 characters", longest, {}},
                   {"254 and spaces around", "  " + longest + "  ", {}},
                   {"empty", "", {"email_missing"}},
                   {"spaces", " \u3000", {"email_missing"}},
                   {"255 characters", "x" + longest, {"email_too_long"}},
                   {"60,000 characters", repeated("a", 60000) + "@example.jp", {"email_too_long"}},
                   {"60,000 dots", "a@" + repeated("a.", 30000), {"email_too_long"}},
                   {"254 Japanese characters", repeated("髙", 254), character},
                   {"no at", "example.jp", no_at},
                   {"two ats", "a@b@example.jp", two_ats},
                   {"no local part", "@example.jp", format},
                   {"no domain", "a@", format},
                   {"at only", "@", format},
                   {"dot at the end", "a@example.jp.", domain},
                   {"dot at the beginning", "a@.example.jp", domain},
                   {"two dots", "a@example..jp", domain},
                   {"hyphen begins a label", "a@-example.jp", domain},
                   {"hyphen ends a label", "a@example-.jp", domain},
                   {"hyphen alone", "a@-", no_dot},
                   {"label of 64", "a@" + label63 + "a.jp", domain},
                   {"underscore in the domain", "a@ex_ample.jp", of_domain},
                   {"space within", "a b@example.jp", space},
                   {"line break within", "a@example.jp\nBcc:b@example.jp", space},
                   {"comma", "a,b@example.jp", character},
                   {"quoted", "\"a b\"@example.jp", space},
                   {"angle brackets", "<a@example.jp>", character},
                   {"literal", "a@[127.0.0.1]", of_domain},
                   {"full-width at", "a＠example.jp", {}},
                   {"full-width letters", "ａ@example.jp", {}},
                   {"Kelvin sign, a K under NFC", "\u212A@example.jp", character},
                   {"Japanese domain", "a@日本語.jp", of_domain},
               });
}

// What stands in the message is what the reader has to look for.
TEST(Rules, SayWhichCharacterIsWrong) {
  const struct {
    const char* field;
    std::string value;
    const char* said;
  } cases[] = {
      {"email", "あ@example.jp", "「あ」"},
      {"email", "<a@example.jp>", "「<」"},
      {"email", "a@{b.jp", "「{」"},
      {"email", "a@b_c.jp", "「_」"},
      {"email", "a\u2800@example.jp", "「U+2800」"},
      {"email", "a@b\u0301.jp", "「U+0301」"},
      {"family_name", "田\uE000中", "姓の2文字目"},
      {"given_name", "𠮷髙\uFFFD", "名の3文字目"},
      {"family_name", "Www.example", "「www.」"},
      {"family_name", "example.COM", "「.com」"},
  };
  for (const auto& c : cases) {
    const auto errors = check_application(with(judo_form(), {{c.field, c.value}})).errors;
    ASSERT_EQ(errors.size(), 1U) << c.value;
    EXPECT_NE(errors.front().message.find(c.said), std::string::npos) << errors.front().message;
    EXPECT_EQ(errors.front().message.find("{}"), std::string::npos) << errors.front().message;
  }
}

TEST(Rules, NormaliseBeforeTheyAreKept) {
  const auto checked =
      check_application(with(judo_form(), {{"judo_number", "〔０１２．３４５・６〕"},
                                           {"phone", "＋81 (0)3.1234.5678"},
                                           {"email", "\uFEFFＴａｒｏ＠Example．jp\u200B "}}));
  ASSERT_TRUE(checked.application);
  EXPECT_EQ(checked.application->number.text(), "契0123456-7-8");
  EXPECT_EQ(checked.application->phone, "0312345678");
  EXPECT_EQ(checked.application->email, "Taro@Example.jp") << "the case is kept as typed";
}

TEST(Rules, Terms) {
  const Codes missing = {"terms_missing"};
  expect_codes(judo_form(), "terms",
               {{"agreed", "agreed", {}}, {"empty", "", missing}, {"on", "on", missing}});
}

TEST(Rules, Institution) {
  const std::vector<Case> cases = {
      {"missing", "", {"institution_missing"}},
      {"unknown", "hospital", {"institution_unknown"}},
      {"another case", "JUDO", {"institution_unknown"}},
  };
  expect_codes(judo_form(), "institution", cases);
  expect_codes(ahaki_form(), "institution", cases);
}

}  // namespace
}  // namespace portal
