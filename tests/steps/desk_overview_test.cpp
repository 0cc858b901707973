// The desk: the overview, for what a caller may be affected by, and for the figures of any days.
#include <fstream>

#include "core/base/japan_time.h"
#include "core/database/mail/mail_pause.h"
#include "core/database/mail/mailer_heartbeats.h"
#include "desk/period_view.h"
#include "desk/status_file.h"
#include "steps/desk_portal.h"

namespace portal::testing_portal {
namespace {

class DeskOverviewTest : public DeskPortal {
 protected:
  Response overview(const std::string& query = "") {
    return desk_.get(step_, "/desk/overview" + query);
  }
};

TEST_F(DeskOverviewTest, SaysHowThePortalIsDoing) {
  apply();
  const Response page = overview();
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(shows(page, "1通（いちばん古いものは"));
  EXPECT_TRUE(shows(page, "0行"));
  EXPECT_TRUE(shows(page, "0人"));
  EXPECT_TRUE(shows(page, "3分以上、応答がありません")) << "no mailer was ever heard of";
  on_database([&](Connection& connection) {
    MailerHeartbeats(connection).beat("one");
    MailPauses(connection).pause(now_, now_ + kMinute, "554");
    return Done{};
  });
  EXPECT_FALSE(shows(overview(), "3分以上、応答がありません"));
  EXPECT_TRUE(shows(overview(), "メールの送信が"));
  EXPECT_TRUE(shows(desk_.get(step_, "/desk/"), "いまの状況")) << "below the search field, too";
}

TEST_F(DeskOverviewTest, CountsTheDaysThatWereChosen) {
  apply();
  now_ += kDay;
  const std::string yesterday = japan_iso_date(now_ - kDay);
  const std::string today = japan_iso_date(now_);
  const auto figures = on_database([&](Connection& connection) {
    const Form query = form_of({{"since", yesterday}, {"until", yesterday}});
    return read_figures(connection, chosen_period(query, now_).period);
  });
  EXPECT_EQ(figures.funnel.pressed, 1);
  const auto only_today = on_database([&](Connection& connection) {
    const Form query = form_of({{"since", today}, {"until", today}});
    return read_figures(connection, chosen_period(query, now_).period);
  });
  EXPECT_EQ(only_today.funnel.pressed, 0);
  EXPECT_TRUE(shows(overview("?since=" + yesterday + "&until=" + yesterday),
                    "value=\"" + yesterday + "\""));
}

TEST_F(DeskOverviewTest, APeriodThatIsNoneIsToldAndTheUsualOneShown) {
  struct Case {
    std::string since;
    std::string until;
    bool wrong;
  };
  const std::string today = japan_iso_date(now_);
  const std::vector<Case> cases = {
      {"", "", false},
      {"x", "", true},
      {"2026-13-01", today, true},
      {today, today, false},
      {today, "2020-01-01", true},
      {"2020-01-01", "2999-01-01", false},
  };
  for (const auto& [since, until, wrong] : cases) {
    Form query;
    if (!since.empty()) query.set("since", since);
    if (!until.empty()) query.set("until", until);
    const auto chosen = chosen_period(query, now_);
    EXPECT_EQ(chosen.wrong, wrong) << since << " " << until;
    EXPECT_LT(chosen.period.since, chosen.period.until);
    EXPECT_LE(chosen.until, today);
  }
}

TEST_F(DeskOverviewTest, TheWholeReportOfThePeriodIsOneClickAway) {
  apply();
  now_ += kMinute;
  const std::string today = japan_iso_date(now_);
  const std::string days = "?since=" + today + "&until=" + today;
  EXPECT_TRUE(shows(overview(days), "/desk/report?since=" + today + "&amp;until=" + today));
  const Response report = desk_.get(step_, "/desk/report" + days);
  EXPECT_EQ(report.status, 200);
  EXPECT_TRUE(shows(report, "ユーザー登録の状況"));
  EXPECT_FALSE(shows(report, kEmail));
  EXPECT_NE(header(report, "Content-Security-Policy").find("'sha256-"), std::string::npos);
  EXPECT_EQ(header(report, "Content-Security-Policy").find("unsafe"), std::string::npos);
}

TEST_F(DeskOverviewTest, NamesNobody) {
  const Registration registration = apply();
  for (const auto& clear : {registration.email, registration.phone, registration.family_name}) {
    EXPECT_FALSE(shows(overview(), clear)) << clear;
  }
}

TEST_F(DeskOverviewTest, RowsInQuarantineAreMendedBySupervisorsOnly) {
  on_database([](Connection& connection) {
    QuarantinedRow row;
    row.name = "ひだまり整骨院";
    row.given_number = "1312345";
    row.edition = Roster(connection).current_edition();
    RosterQuarantine(connection).add({row});
    return Done{};
  });
  EXPECT_TRUE(shows(overview(), "ひだまり整骨院"));
  EXPECT_FALSE(shows(overview(), "do=fix"));
  desk_.log_in_as(std::string(kSupervisorName));
  EXPECT_TRUE(shows(overview(), "do=fix"));
}

TEST(StatusFile, IsReadAsPortalctlWritesIt) {
  const auto found = parse_status(
      "# TYPE portal_status_level gauge\n"
      "portal_status_level{subject=\"steps\",step=\"status\",process=\"1\"} 4\n"
      "portal_status_level{subject=\"relay\",step=\"status\",process=\"1\"} 0\n"
      "portal_metrics_written_timestamp_seconds{step=\"status\",process=\"1\"} 1795736600\n");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->at, 1795736600);
  EXPECT_EQ(found->levels.at("steps"), 4);
  EXPECT_EQ(found->levels.at("relay"), 0);
  EXPECT_FALSE(parse_status(""));
  EXPECT_FALSE(parse_status("nothing of ours\n"));
}

TEST_F(DeskOverviewTest, ShowsWhichStepsDoNotAnswer) {
  EXPECT_FALSE(shows(overview(), "登録などの画面")) << "nobody has looked";
  std::ofstream(folder_.file("portal-status-1.prom"))
      << "portal_status_level{subject=\"steps\",step=\"status\",process=\"1\"} 4\n"
      << "portal_metrics_written_timestamp_seconds{step=\"status\",process=\"1\"} " << now_ << "\n";
  ASSERT_TRUE(site_.settings.set("metrics.directory", directory_));
  EXPECT_TRUE(shows(overview(), "応答しないものがあります"));
}

}  // namespace
}  // namespace portal::testing_portal
