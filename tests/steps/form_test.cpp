// The form step against a real database.
#include "confirm/confirm.h"
#include "core/registration/fields.h"
#include "core/security/password.h"
#include "steps/form_portal.h"

namespace portal::testing_portal {
namespace {

TEST_F(FormTest, BlankFormMayBeCached) {
  const Response response = browser_.get(step_, "/register");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header(response, "Cache-Control"), "public, max-age=60");
  EXPECT_EQ(header(response, "Vary"), "Accept-Encoding, Cookie");
  EXPECT_EQ(header(response, "Set-Cookie"), "");
}

TEST_F(FormTest, BlankFormIsTheSameAgainAndAfterAReload) {
  const std::string first = browser_.get(step_, "/register").body;
  EXPECT_EQ(browser_.get(step_, "/register").body, first);
  const auto edition = site_.view->edition();
  ASSERT_TRUE(site_.view->reload());
  EXPECT_NE(site_.view->edition(), edition);
  EXPECT_EQ(browser_.get(step_, "/register").body, first);
}

TEST_F(FormTest, EveryFieldIsDrawnOnceAndListed) {
  const std::string page = browser_.get(step_, "/register").body;
  for (const Field& field : fields()) {
    const std::string drawn = " id=\"" + std::string(field.id) + "\" name=\"";
    EXPECT_NE(page.find(drawn), std::string::npos) << field.name;
    EXPECT_EQ(page.find(drawn), page.rfind(drawn)) << field.name;
    const std::string listed =
        "<a href=\"#" + std::string(field.id) + "\">" + std::string(field.listed) + "</a>";
    EXPECT_NE(page.find(listed), std::string::npos) << field.name;
  }
}

TEST_F(FormTest, ValidInputLeadsToConfirmAndFillsTheFormAgain) {
  const Response posted = browser_.post(step_, "/register", judo_form());
  EXPECT_EQ(posted.status, 303);
  EXPECT_EQ(header(posted, "Location"), "/register/confirm");
  const Response again = browser_.get(step_, "/register");
  EXPECT_EQ(header(again, "Cache-Control"), "no-store");
  for (const char* text : {"髙﨑", "太郎", "0123456", "01201234567", "Kikin01@test.example"}) {
    EXPECT_TRUE(shows(again, text));
  }
  EXPECT_TRUE(shows(again, "value=\"agreed\" required checked"));
  EXPECT_FALSE(shows(again, kPassword));
}

TEST_F(FormTest, DraftEndsAfterHalfAnHourAndTheFormSaysSoForADay) {
  browser_.post(step_, "/register", judo_form());
  now_ += 30 * kMinute;
  EXPECT_EQ(browser_.cookies().count("draft"), 0U) << "the browser has dropped it";
  const Response response = browser_.get(step_, "/register");
  EXPECT_FALSE(shows(response, "Kikin01"));
  EXPECT_TRUE(shows(response, kTimeIsOver));
  EXPECT_EQ(header(response, "Cache-Control"), "no-store");
  now_ += kDay - 1;
  EXPECT_TRUE(shows(browser_.get(step_, "/register"), kTimeIsOver));
  now_ += 2;
  EXPECT_FALSE(shows(browser_.get(step_, "/register"), kTimeIsOver));
}

TEST_F(FormTest, TheMarkerHoldsNothingThatWasEntered) {
  browser_.post(step_, "/register", judo_form());
  const auto cookies = browser_.cookies();
  EXPECT_EQ(cookies.at("entered"), token_hash(cookies.at("draft")));
  Browser thief{site_};
  thief.keep("draft", cookies.at("entered"));
  EXPECT_FALSE(shows(thief.get(step_, "/register"), "Kikin01")) << "it opens nothing";
}

// What the page says of passwords that it does not show, at the first of the two fields only.
TEST_F(FormTest, PasswordsAreAskedForInTheWordsOfTheMoment) {
  constexpr std::string_view kKept = "空欄のままにすると、先ほど入力したパスワードを使います。";
  constexpr std::string_view kAgain = "パスワードは、もう一度ご入力ください。";
  const auto times = [](const Response& response, std::string_view words) {
    int found = 0;
    for (auto at = response.body.find(words); at != std::string::npos;
         at = response.body.find(words, at + 1)) {
      ++found;
    }
    return found;
  };
  const auto expect = [&](const char* label, const Response& response, int kept, int again) {
    EXPECT_EQ(times(response, kKept), kept) << label;
    EXPECT_EQ(times(response, kAgain), again) << label;
  };
  expect("blank", browser_.get(step_, "/register"), 0, 0);
  const Form refused = with(judo_form(), {{"phone", "1"}});
  expect("refused", browser_.post(step_, "/register", refused), 0, 1);
  browser_.post(step_, "/register", judo_form());
  expect("the draft", browser_.get(step_, "/register"), 1, 0);
  expect("the draft, refused", browser_.post(step_, "/register", without_passwords(refused)), 1, 0);
  expect("another password, refused", browser_.post(step_, "/register", refused), 0, 1);
}

// 修正する for one field costs no password.
TEST_F(FormTest, EmptyPasswordsMeanTheDraftsWhileItLives) {
  browser_.post(step_, "/register", judo_form());
  const Response form = browser_.get(step_, "/register");
  EXPECT_TRUE(shows(form, "空欄のままにすると、先ほど入力したパスワードを使います。"));
  EXPECT_FALSE(shows(form, "パスワードは、もう一度ご入力ください。"));
  EXPECT_TRUE(shows(form, "type=\"password\" autocomplete=\"new-password\" aria"));

  Form change = without_passwords(judo_form());
  change.set("phone", "1");
  const Response refused = browser_.post(step_, "/register", change);
  EXPECT_EQ(refused.status, 422);
  EXPECT_FALSE(shows(refused, "password_error"));
  EXPECT_TRUE(shows(refused, "空欄のままにすると、先ほど入力したパスワードを使います。"));

  change.set("phone", "0312345678");
  EXPECT_EQ(browser_.post(step_, "/register", change).status, 303);
  const Registration registration = complete();
  EXPECT_EQ(registration.phone, "0312345678");
  EXPECT_TRUE(PasswordHasher(site_.settings).verify(password_hash_of(registration.id), kPassword));
}

TEST_F(FormTest, OnePasswordFieldAloneIsNoWishToKeepIt) {
  browser_.post(step_, "/register", judo_form());
  for (const auto* field : {"password", "password_confirmation"}) {
    Form change = without_passwords(judo_form());
    change.set(field, "An0therOne");
    const Response response = browser_.post(step_, "/register", change);
    EXPECT_EQ(response.status, 422) << field;
    EXPECT_TRUE(shows(response, "password_confirmation_error")) << field;
  }
}

TEST_F(FormTest, EmptyPasswordsAreMissingWithoutALivingDraft) {
  Form form = without_passwords(judo_form());
  EXPECT_TRUE(shows(browser_.post(step_, "/register", form), "password_error"));
  browser_.post(step_, "/register", judo_form());
  now_ += 30 * kMinute;
  const Response response = browser_.post(step_, "/register", form);
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(shows(response, "password_error"));
  EXPECT_TRUE(shows(response, "パスワードは、もう一度ご入力ください。"));
}

TEST_F(FormTest, WhatWasRegisteredCanBeCorrected) {
  sign_up(browser_, judo_form());
  now_ += kHour;  // the draft's cookie is gone
  const Response response = browser_.get(step_, "/register?correct=email");
  EXPECT_EQ(header(response, "Cache-Control"), "no-store");
  for (const char* text : {"髙﨑", "太郎", "0123456", "01201234567", "Kikin01@test.example"}) {
    EXPECT_TRUE(shows(response, "value=\"" + std::string(text) + "\""));
  }
  EXPECT_TRUE(shows(response, "name=\"email\" type=\"email\" value=\"Kikin01@test.example\""));
  EXPECT_TRUE(shows(response, "required autofocus"));
  EXPECT_TRUE(shows(response, "パスワードは、もう一度ご入力ください。"));
  EXPECT_FALSE(shows(response, kPassword));
  EXPECT_FALSE(shows(response, kTimeIsOver));
  EXPECT_TRUE(shows(browser_.get(step_, "/register"), "Kikin01")) << "by whatever way one comes";
  EXPECT_FALSE(shows(browser_.get(step_, "/register?new=1"), "Kikin01")) << "another clinic";
  EXPECT_FALSE(shows(Browser(site_).get(step_, "/register?correct=email"), "Kikin01"));
}

// Others may sit at the same computer.
TEST_F(FormTest, WhatIsActivatedOrCancelledIsNotShownAgain) {
  const auto activated = sign_up(browser_, judo_form());
  Browser other{site_};
  const auto cancelled = sign_up(other, ahaki_form());
  on_database([&](Connection& connection) {
    Registrations registrations(connection);
    return registrations.mark_activated(activated.id, activated.email, now_) &&
           registrations.cancel(cancelled.id, cancelled.email, now_);
  });
  for (Browser* browser : {&browser_, &other}) {
    const Response response = browser->get(step_, "/register?correct=email");
    EXPECT_EQ(header(response, "Cache-Control"), "public, max-age=60") << "blank";
    EXPECT_FALSE(shows(response, "value=\"01201234567\""));
  }
}

// The answer to OK was lost on its way, and half an hour later the draft's cookie is gone, too.
TEST_F(FormTest, ACompletedDraftIsNeverCalledOver) {
  browser_.post(step_, "/register", judo_form());
  Browser lost = browser_;
  complete();
  now_ += kHour;
  const Response response = lost.get(step_, "/register");
  EXPECT_FALSE(shows(response, "まだ登録されていません"));
  EXPECT_TRUE(shows(response, "お申し込みは受け付け済みです"));
}

TEST_F(FormTest, ABrowserThatKeepsNoCookiesIsToldOnce) {
  browser_.keep_none();
  ConfirmStep confirm{site_};
  EXPECT_EQ(browser_.post(step_, "/register", judo_form()).status, 303);
  const Response confirmed = browser_.get(confirm, "/register/confirm");
  EXPECT_EQ(confirmed.status, 303);
  const Response response = browser_.get(step_, header(confirmed, "Location"));
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(shows(response, "Cookie（クッキー）を使えないため、先へ進めません"));
  EXPECT_TRUE(shows(response, "まだ登録されていません"));
}

TEST_F(FormTest, ABrowserWithoutADraftIsToldThatThereIsNone) {
  ConfirmStep confirm{site_};
  const std::string there = header(browser_.get(confirm, "/register/confirm"), "Location");
  const Response response = browser_.get(step_, there);
  EXPECT_TRUE(shows(response, "入力内容が残っていません。まだ登録されていません"));
  EXPECT_TRUE(shows(response, "id=\"registration\""));
  EXPECT_FALSE(shows(response, "Cookie（クッキー）を使えない"));
}

TEST_F(FormTest, DraftOpensWithItsTokenOnly) {
  browser_.post(step_, "/register", judo_form());
  Browser stranger{site_};
  EXPECT_FALSE(shows(stranger.get(step_, "/register"), "Kikin01"));
}

TEST_F(FormTest, LinkMayBringTheNumberAlong) {
  const Response response =
      browser_.get(step_, "/register?institution=ahaki&ahaki_number=01234567&password=x");
  EXPECT_TRUE(shows(response, "01234567"));
  EXPECT_EQ(header(response, "Cache-Control"), "no-store");
}

TEST_F(FormTest, LinkFillsInNothingElse) {
  const Form form = judo_form();
  const Response response = browser_.get(step_, "/register?" + form.encode());
  for (const Field& field : fields()) {
    const auto value = std::string(form.get(field.name));
    if (value.empty() || !field.choices.empty()) continue;
    EXPECT_EQ(shows(response, " value=\"" + value + "\""), field.institution.has_value())
        << field.name;
  }
  EXPECT_FALSE(shows(response, " checked> <span>")) << "nobody agrees by a link";
  const Response only = browser_.get(step_, "/register?email=a@b.example&family_name=x");
  EXPECT_FALSE(shows(only, "a@b.example"));
}

// The answer stays what it is; what nobody would find in the timeline is only counted.
TEST_F(FormTest, AFloodOfEmptyFormsFillsNoTable) {
  const StoreKind& kind = store_kind(Store::kTimelineOfNobody);
  const auto key = "store:" + std::string(kind.name) + ":127.0.0.1";
  for (std::int64_t i = 1; i < kind.of_network.most; ++i) {
    on_database([&](Connection& connection) {
      return Throttles(connection).count(key, site_.clock(), kind.of_network);
    });
  }
  for (int i = 0; i < 3; ++i) EXPECT_EQ(browser_.post(step_, "/register", {}).status, 422);
  const auto sizes = on_database(
      [&](Connection& connection) { return StorageHours(connection).sizes(site_.clock(), kDay); });
  EXPECT_EQ(sizes.at(static_cast<std::size_t>(Store::kTimelineOfNobody)).not_kept, 2);
  const auto measured = on_database([&](Connection& connection) {
    return StorageHours(connection).measure(Store::kTimeline, site_.clock());
  });
  EXPECT_EQ(measured, 1);
  // Who fills the form in is still found.
  EXPECT_EQ(browser_.post(step_, "/register", judo_form()).status, 303);
  EXPECT_EQ(on_database([&](Connection& connection) {
              return StorageHours(connection).measure(Store::kTimeline, site_.clock());
            }),
            2);
}

}  // namespace
}  // namespace portal::testing_portal
