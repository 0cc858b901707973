// The desk: who may do what, what each action does, and that it is done once.
#include "activate/activate.h"
#include "core/database/registration/activation_links.h"
#include "core/registration/policy.h"
#include "steps/desk_portal.h"

namespace portal::testing_portal {
namespace {

// A case of its own for each action: how it is made, and what the action needs and does.
struct Case {
  DeskAction action;
  // Makes the case, searches for it, and returns the id of the record.
  std::string (*make)(class DeskActionTest&);
  Entries entries;
  std::string event;  // its row of the audit
};

class DeskActionTest : public DeskPortal {
 public:
  using DeskPortal::account_of;
  using DeskPortal::apply;
  using DeskPortal::count;
  using DeskPortal::found;
  using DeskPortal::mails;
  using DeskPortal::make_account;
  using DeskPortal::on_database;

  std::string pending() {
    const Registration registration = apply();
    now_ += kResendCoolDown;
    found(kEmail);
    return registration.id;
  }
  std::string member() {
    const Account account = make_account();
    found(kEmail);
    return account.id;
  }
  std::string member_who_is_logged_in() {
    const Account account = make_account();
    log_in(browser_);
    found(kEmail);
    return account.id;
  }
  std::string disabled_member() {
    const Account account = make_account();
    disable(account);
    found(kEmail);
    return account.id;
  }
  std::string stopped() {
    const Registration registration = apply();
    on_database([&](Connection& connection) {
      MailAddresses(connection).stop(registration.email_key, now_, now_ + kDay);
      return Done{};
    });
    found(kEmail);
    return registration.id;
  }
  std::string waiting_mail() {
    apply();
    found(kEmail);
    return mails("activation").front().id;
  }
  std::string quarantined() {
    on_database([](Connection& connection) {
      QuarantinedRow row;
      row.name = "ひだまり整骨院";
      row.given_number = "契1312345-0-0";
      row.file = "bureau.csv";
      row.line = 7;
      row.reason = RowReason::of<RowFault::kTooLong>("電話番号", 40);
      row.edition = Roster(connection).current_edition();
      RosterQuarantine(connection).add({row});
      return Done{};
    });
    found("契1312345-0-0");
    return std::to_string(on_database(
        [](Connection& connection) { return RosterQuarantine(connection).list(0, 1).front().id; }));
  }
  EpochSeconds now() const { return now_; }
};

const std::vector<Case> kCases = {
    {DeskAction::kResend, [](DeskActionTest& t) { return t.pending(); }, {}, "mail_resent"},
    {DeskAction::kCorrect,
     [](DeskActionTest& t) { return t.pending(); },
     {{"email", "right@test.example"}},
     "address_corrected"},
    {DeskAction::kRetry, [](DeskActionTest& t) { return t.waiting_mail(); }, {}, "mail_retried"},
    {DeskAction::kAllow, [](DeskActionTest& t) { return t.stopped(); }, {}, "mail_allowed"},
    {DeskAction::kUnlock, [](DeskActionTest& t) { return t.member(); }, {}, "account_unlocked"},
    {DeskAction::kEndSessions,
     [](DeskActionTest& t) { return t.member_who_is_logged_in(); },
     {},
     "sessions_ended"},
    {DeskAction::kRelease, [](DeskActionTest& t) { return t.member(); }, {}, "account_released"},
    {DeskAction::kDisable, [](DeskActionTest& t) { return t.member(); }, {}, "account_disabled"},
    {DeskAction::kEnable,
     [](DeskActionTest& t) { return t.disabled_member(); },
     {},
     "account_enabled"},
    {DeskAction::kFix, [](DeskActionTest& t) { return t.quarantined(); }, {}, "roster_fixed"},
};

TEST(DeskActions, HaveEachACase) {
  std::vector<DeskAction> actions;
  for (const Case& one : kCases) actions.push_back(one.action);
  ASSERT_EQ(actions.size(), desk_actions().size());
  for (std::size_t i = 0; i < actions.size(); ++i) EXPECT_EQ(actions[i], desk_actions()[i].action);
}

// Who may do what, written down once more by hand: the table of the program must not change unseen.
TEST(DeskActions, AreAllowedByRole) {
  struct Allowed {
    DeskAction action;
    bool staff;
    bool supervisor;
  };
  const std::vector<Allowed> table = {
      {DeskAction::kResend, true, true},   {DeskAction::kCorrect, true, true},
      {DeskAction::kRetry, true, true},    {DeskAction::kAllow, true, true},
      {DeskAction::kUnlock, true, true},   {DeskAction::kEndSessions, true, true},
      {DeskAction::kRelease, false, true}, {DeskAction::kDisable, false, true},
      {DeskAction::kEnable, false, true},  {DeskAction::kFix, false, true},
  };
  ASSERT_EQ(table.size(), desk_actions().size());
  for (const auto& [action, staff, supervisor] : table) {
    EXPECT_EQ(may(Role::kStaff, action), staff) << row_of(action).code;
    EXPECT_EQ(may(Role::kSupervisor, action), supervisor) << row_of(action).code;
  }
}

class EachAction : public DeskActionTest, public testing::WithParamInterface<Case> {
 protected:
  void come_as(std::string_view name) { desk_.log_in_as(std::string(name)); }
  std::string make() { return GetParam().make(*this); }
  const DeskActionRow& row() const { return row_of(GetParam().action); }
};

// Pages and posts alike, whatever a browser has kept.
TEST_P(EachAction, IsDoneByWhoMayAndByNobodyElse) {
  for (const auto& [name, role] : {std::pair(std::string(kStaffName), Role::kStaff),
                                   std::pair(std::string(kSupervisorName), Role::kSupervisor)}) {
    come_as(name);
    if (role < row().least) {
      make();
      EXPECT_EQ(desk_.get(step_, action_url(row().action, "x")).status, 403) << name;
      Form form = form_of({{"record", "x"}, {"once", draw_token()}, {"reason", "r"}});
      form.set("step", "do");
      EXPECT_EQ(desk_.post(step_, action_url(row().action, "x"), form).status, 403) << name;
      EXPECT_TRUE(events(GetParam().event).empty());
    }
  }
  come_as("stranger");
  EXPECT_EQ(desk_.get(step_, "/desk/action?do=" + std::string(row().code)).status, 403);
}

TEST_P(EachAction, IsOneRowOfTheAuditWithTheNameAndTheReason) {
  come_as(kSupervisorName);
  const std::string record = make();
  const Response done = act(row().action, record, GetParam().entries);
  ASSERT_EQ(done.status, 303) << done.body;
  EXPECT_TRUE(shows(follow(done), row().done.substr(0, row().done.find("。"))));
  const auto rows = events(GetParam().event);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows.front().actor, kSupervisorName);
  EXPECT_NE(rows.front().detail.find("電話で確認"), std::string::npos) << rows.front().detail;
}

TEST_P(EachAction, IsDoneOnceHoweverOftenTheButtonIsPressed) {
  come_as(kSupervisorName);
  const std::string record = make();
  const std::string url = action_url(row().action, record);
  Form form = with(form_on(desk_.get(step_, url)), {{"reason", "電話で確認"}, {"step", "do"}});
  form = with(form, GetParam().entries);
  const auto places = press_at_once(url, form);
  const std::string& first = places.front();
  EXPECT_FALSE(first.empty());
  EXPECT_EQ(places, std::vector(places.size(), first));
  EXPECT_EQ(header(desk_.post(step_, url, form), "Location"), first) << "the second click";
  EXPECT_EQ(events(GetParam().event).size(), 1U);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(desk_.get(step_, first).status, 200) << "reloading";
  EXPECT_EQ(events(GetParam().event).size(), 1U);
}

TEST_P(EachAction, AsksForTheReason) {
  come_as(kSupervisorName);
  const std::string record = make();
  Entries entries = GetParam().entries;
  entries.emplace_back("reason", "　");
  const Response page = act(row().action, record, entries);
  EXPECT_EQ(page.status, 422);
  ASSERT_EQ(summary_of(page).size(), 1U);
  EXPECT_EQ(summary_of(page).front().field, "reason");
  EXPECT_TRUE(events(GetParam().event).empty());
}

TEST_P(EachAction, ChangesNothingByBeingLookedAt) {
  come_as(kSupervisorName);
  const std::string record = make();
  const Response page = desk_.get(step_, action_url(row().action, record));
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(shows(page, row().heading));
  EXPECT_FALSE(shows(page, kEmail)) << "it is masked here, too";
  EXPECT_TRUE(events(GetParam().event).empty());
}

INSTANTIATE_TEST_SUITE_P(, EachAction, testing::ValuesIn(kCases), [](const auto& test) {
  return std::string(row_of(test.param.action).code);
});

// --- What each one does --------------------------------------------------------------------------

TEST_F(DeskActionTest, SendingAgainWaitsForTheCoolDownAndSaysUntilWhen) {
  const Registration registration = apply();
  found(kEmail);
  const Response soon = act(DeskAction::kResend, registration.id);
  EXPECT_EQ(soon.status, 409);
  EXPECT_TRUE(shows(soon, "以降に、もう一度お試しください"));
  EXPECT_EQ(mails("activation").size(), 1U);
  now_ += kResendCoolDown;
  EXPECT_EQ(act(DeskAction::kResend, registration.id).status, 303);
  EXPECT_EQ(mails("activation").size(), 2U);
}

TEST_F(DeskActionTest, ACorrectedAddressGetsTheMailAndTheEarlierOneNothing) {
  const std::string id = pending();
  const auto registration =
      on_database([&](Connection& connection) { return *Registrations(connection).find(id); });
  const std::string token = send_link(registration);
  const Form check = form_of({{"record", id},
                              {"once", draw_token()},
                              {"step", "check"},
                              {"reason", "綴りの誤り"},
                              {"email", "ｒｉｇｈｔ@test.example"}});
  const std::string url = action_url(DeskAction::kCorrect, id);
  const Response read_out = desk_.post(step_, url, check);
  EXPECT_EQ(read_out.status, 200);
  EXPECT_TRUE(shows(read_out, "<p class=\"read-out\">right@test.example</p>"));
  EXPECT_TRUE(events("address_corrected").empty()) << "nothing was done yet";
  ASSERT_EQ(desk_.post(step_, url, form_on(read_out)).status, 303);
  const auto corrected =
      on_database([&](Connection& connection) { return *Registrations(connection).find(id); });
  EXPECT_EQ(corrected.email, "right@test.example");
  EXPECT_EQ(corrected.email_key, "right@test.example");
  const auto queued = mails("activation");
  ASSERT_EQ(queued.size(), 1U) << "the one to the earlier address is withheld";
  EXPECT_EQ(queued.front().recipient, "right@test.example");
  const auto link = on_database(
      [&](Connection& connection) { return *ActivationLinks(connection).find(token_hash(token)); });
  EXPECT_FALSE(link.usable(now_)) << "the link that went to the earlier address";
}

// Capital letters make no other address, so there is nothing to correct: the link that was sent
// goes on working.
TEST_F(DeskActionTest, AnAddressThatDiffersInCapitalLettersIsTheSame) {
  const Registration registration = apply();
  found(kEmail);
  const std::string token = send_link(registration);
  const Response page =
      act(DeskAction::kCorrect, registration.id, {{"email", "KIKIN01@test.example"}});
  EXPECT_EQ(page.status, 409);
  EXPECT_TRUE(shows(page, "大文字と小文字だけの違いは、同じメールアドレスとして扱います"));
  EXPECT_TRUE(shows(page, row_of(DeskAction::kResend).button)) << "what to do instead";
  EXPECT_TRUE(events("address_corrected").empty());
  EXPECT_EQ(mails("activation").size(), 1U);
  ActivateStep activate(site_);
  Browser elsewhere(site_);
  const std::string link = "/activate?token=" + token;
  EXPECT_EQ(elsewhere.post(activate, link, form_of({{"password", kPassword}})).status, 200);
  EXPECT_EQ(account_of(kEmail)->email, kEmail);
}

TEST_F(DeskActionTest, AnAddressThatIsNoneIsSaidBesideItsField) {
  const std::string id = pending();
  const Response page = act(DeskAction::kCorrect, id, {{"email", "right@"}});
  EXPECT_EQ(page.status, 422);
  ASSERT_EQ(summary_of(page).size(), 1U);
  EXPECT_EQ(summary_of(page).front().field, "email");
  const Response same = act(DeskAction::kCorrect, id, {{"email", kEmail}});
  EXPECT_EQ(same.status, 409);
}

TEST_F(DeskActionTest, WhatBecameImpossibleMeanwhileSaysSo) {
  const std::string id = pending();
  const std::string url = action_url(DeskAction::kResend, id);
  const Form form =
      with(form_on(desk_.get(step_, url)), {{"reason", "電話で確認"}, {"step", "do"}});
  on_database(
      [&](Connection& connection) { return Registrations(connection).cancel(id, kEmail, now_); });
  const Response page = desk_.post(step_, url, form);
  EXPECT_EQ(page.status, 409);
  EXPECT_TRUE(shows(page, "この登録は、リンクを待っている状態ではなくなりました"));
  EXPECT_TRUE(events("mail_resent").empty());
}

TEST_F(DeskActionTest, AClinicThatSomebodyElseHasIsFreedFromTheCaseOfItsOwner) {
  apply();
  const Account other = make_account("other@test.example");
  desk_.log_in_as(std::string(kSupervisorName));
  const Response page = found(kEmail);
  EXPECT_TRUE(shows(page, "do=release&amp;record=" + other.id));
  ASSERT_EQ(act(DeskAction::kRelease, other.id, {{"email", kEmail}}).status, 303);
  EXPECT_FALSE(account_of("other@test.example"));
  EXPECT_EQ(mails("account_released").size(), 1U);
  EXPECT_EQ(count("waiting"), 1) << "who may register gets a mail";
}

TEST_F(DeskActionTest, APauseAfterWrongPasswordsIsSaidUntilItIsEnded) {
  const std::string id = member();
  const auto says = [&] {
    return shows(desk_.get(step_, place_), "ログインできない端末があります");
  };
  EXPECT_FALSE(says());
  LoginStep login(site_);
  for (int i = 0; i < 12; ++i) browser_.post(login, "/login", credentials(kEmail, "Chigau123"));
  EXPECT_TRUE(says());
  ASSERT_EQ(act(DeskAction::kUnlock, id).status, 303);
  EXPECT_FALSE(says());
  on_database([&](Connection& connection) {  // everywhere, each by a few
    constexpr auto kTotal = Throttle::kPasswordsOfAccount;
    const Limit& limit = throttle_kind(kTotal).limit;
    for (int i = 0; i < limit.most; ++i) Throttles(connection).count(kTotal, id, now_);
    return Done{};
  });
  EXPECT_TRUE(says());
  now_ += kHour;
  EXPECT_FALSE(says());
}

TEST_F(DeskActionTest, EndedSessionsAreEnded) {
  const std::string id = member_who_is_logged_in();
  EXPECT_TRUE(is_signed_in(browser_));
  ASSERT_EQ(act(DeskAction::kEndSessions, id).status, 303);
  EXPECT_FALSE(is_signed_in(browser_));
}

TEST_F(DeskActionTest, ADisabledAccountCannotLogInUntilItIsEnabled) {
  desk_.log_in_as(std::string(kSupervisorName));
  const std::string id = member();
  ASSERT_EQ(act(DeskAction::kDisable, id).status, 303);
  EXPECT_FALSE(account_of(kEmail)->active());
  ASSERT_EQ(act(DeskAction::kEnable, id).status, 303);
  EXPECT_TRUE(account_of(kEmail)->active());
}

TEST_F(DeskActionTest, ARowOutOfQuarantineIsAClinicOfTheRoster) {
  desk_.log_in_as(std::string(kSupervisorName));
  const std::string row = quarantined();
  EXPECT_EQ(act(DeskAction::kFix, row, {{"number", "x"}}).status, 422);
  ASSERT_EQ(act(DeskAction::kFix, row).status, 303);
  const auto clinic = on_database(
      [](Connection& connection) { return Roster(connection).find(a_number("契1312345-0-0")); });
  ASSERT_TRUE(clinic);
  EXPECT_EQ(clinic->name, "ひだまり整骨院");
}

TEST_F(DeskActionTest, ARowThatStaysUnfitSaysWhy) {
  desk_.log_in_as(std::string(kSupervisorName));
  const std::string row = quarantined();
  const Response gaiji = act(DeskAction::kFix, row, {{"name", "院\uE000"}});
  EXPECT_EQ(gaiji.status, 409);
  EXPECT_TRUE(shows(gaiji, "理由：施術所名の2文字目に、ほかのパソコンで表示できない文字"));
  on_database([](Connection& connection) {
    return connection.execute("UPDATE roster_quarantine SET phone = $1", {std::string(41, '0')});
  });
  const Response wide = act(DeskAction::kFix, row);
  EXPECT_EQ(wide.status, 409);
  EXPECT_TRUE(shows(wide, "理由：電話番号が長すぎます（40文字まで）。"));
  EXPECT_TRUE(shows(wide, "管理者にお知らせください"));
}

TEST_F(DeskActionTest, StaffSeeWhatTheyHaveToAskASupervisorFor) {
  const std::string id = member();
  const Response page = desk_.get(step_, place_);
  EXPECT_TRUE(shows(page, "責任者に依頼できること"));
  EXPECT_FALSE(shows(page, "do=disable"));
  EXPECT_TRUE(shows(page, "do=unlock&amp;record=" + id));
}

// The audit keeps no address in full, also if somebody writes one into the reason.
TEST_F(DeskActionTest, AnAddressInTheReasonIsMasked) {
  const std::string id = member();
  ASSERT_EQ(act(DeskAction::kUnlock, id, {{"reason", "Kikin01@test.example の方"}}).status, 303);
  EXPECT_EQ(events("account_unlocked").front().detail, "***@test.example の方");
}

TEST_F(DeskActionTest, StrangeRequestsChangeNothing) {
  const std::string id = pending();
  EXPECT_EQ(desk_.get(step_, "/desk/action?do=nothing").status, 404);
  EXPECT_EQ(desk_.get(step_, action_url(DeskAction::kResend, "nobody")).status, 409);
  Form form = form_of({{"record", id}, {"step", "do"}, {"reason", "r"}, {"once", "x"}});
  EXPECT_EQ(desk_.post(step_, action_url(DeskAction::kResend, id), form).status, 400);
  EXPECT_TRUE(events("mail_resent").empty());
}

}  // namespace
}  // namespace portal::testing_portal
