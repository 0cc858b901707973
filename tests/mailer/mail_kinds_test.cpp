// The table of mail kinds against the templates, which are what a row promises.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "core/database/mail/mail_kind.h"
#include "core/database/mail/mail_state.h"
#include "mailer/letter.h"

namespace portal {
namespace {

std::string text_template(std::string_view kind) {
  std::ifstream in(std::string(PORTAL_SOURCE_DIR "/templates/mail/").append(kind) + ".txt.tpl");
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

TEST(MailKinds, HaveEachANameAndWords) {
  std::set<std::string_view> names;
  for (const MailKindRow& row : mail_kinds()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_TRUE(row.words.complete()) << row.name;
    EXPECT_EQ(find_mail_kind(row.name), row.kind);
    EXPECT_EQ(name_of(row.kind), row.name);
    EXPECT_EQ(&row_of(row.kind), &row);
  }
  EXPECT_FALSE(find_mail_kind("anniversary"));
  EXPECT_FALSE(find_mail_kind(""));
}

TEST(MailStates, HaveEachANameAndWords) {
  std::set<std::string_view> names;
  for (const MailStateRow& row : kMailStateRows) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_TRUE(row.words.complete()) << row.name;
    EXPECT_EQ(name_of(row.state), row.name);
  }
  for (const std::string_view state : kMailStates) {
    const bool unsent = std::ranges::find(kUnsentStates, state) != kUnsentStates.end();
    EXPECT_EQ(unsent, state != "sent") << state;
  }
}

TEST(MailOutcomes, HaveEachANameAndWords) {
  std::set<std::string_view> names;
  for (const MailOutcomeRow& row : kMailOutcomeRows) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_TRUE(row.words.complete()) << row.name;
    EXPECT_EQ(name_of(row.outcome), row.name);
  }
}

TEST(MailKinds, HaveTheirTemplates) {
  const auto files = letter_templates();
  for (const MailKindRow& row : mail_kinds()) {
    for (const char* part : {"subject", "txt", "html"}) {
      const std::string file = "mail/" + std::string(row.name) + "." + part + ".tpl";
      EXPECT_EQ(std::ranges::count(files, file), 1) << file;
      EXPECT_TRUE(std::ifstream(PORTAL_SOURCE_DIR "/templates/" + file).good()) << file;
    }
  }
}

// The link 「心当たりがない」 is the layout's: letter_test.cpp.
TEST(MailKinds, CarryTheLinksOfTheirRow) {
  for (const MailKindRow& row : mail_kinds()) {
    const std::string text = text_template(row.name);
    // The link of `listed` has no token: it leads to the form.
    const bool link = text.find("{{LINK}}") != std::string::npos;
    EXPECT_EQ(link, !row.link.empty() || row.kind == MailKind::kListed) << row.name;
  }
}

}  // namespace
}  // namespace portal
