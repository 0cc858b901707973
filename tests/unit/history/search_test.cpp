// What a caller says, and whom it finds.
#include "core/history/search.h"

#include <gtest/gtest.h>

#include "core/history/case_file.h"
#include "core/history/look_ups.h"
#include "core/journal/timeline.h"
#include "support/test_database.h"

namespace portal {
namespace {

TEST(SearchKey, IsWhatItCanBe) {
  const struct {
    const char* typed;
    KeyKind kind;
  } cases[] = {
      {"taro@example.jp", KeyKind::kAddress},
      {"　Ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ ", KeyKind::kAddress},
      {"契0123456-7-8", KeyKind::kNumber},
      {"協　０１２３４５６－７－８", KeyKind::kNumber},
      {"0312345678", KeyKind::kNumberOrPhone},
      {"03-1234-5678", KeyKind::kNumberOrPhone},
      {"090-1234-5678", KeyKind::kPhone},
      {"+81 90 1234 5678", KeyKind::kPhone},
      {"1a2b-3c4d", KeyKind::kRequest},
      {"１Ａ２Ｂ３Ｃ４Ｄ", KeyKind::kRequest},
      {"みなと", KeyKind::kClinicName},
      {"みなと 整骨院", KeyKind::kClinicName},
      {"ABC接骨院", KeyKind::kClinicName},
  };
  for (const auto& c : cases) {
    const auto key = parse_search_key(c.typed);
    ASSERT_TRUE(key) << c.typed;
    EXPECT_EQ(row_of(key->kind).name, row_of(c.kind).name) << c.typed;
  }
  for (const char* typed : {"", " ", "　", "院", "-", "\xFF\xFE", "・"}) {
    EXPECT_FALSE(parse_search_key(typed)) << typed;
  }
}

TEST(ComparableName, IsTheSameForWhatIsSaidTheSame) {
  const std::pair<const char*, const char*> same[] = {
      {"髙﨑接骨院", "高崎接骨院"},
      {"みなと整骨院", "みなと　整骨院"},
      {"はりきゅうマッサージ つばさ", "ハリキュウまっさーじツバサ"},
      {"ＡＢＣ整骨院", "abc整骨院"},
      {"ﾂﾊﾞｻ治療院", "ツバサ治療院"},
      {"渡邊はり・きゅう院", "渡辺はりきゅう院"},
      {"\uFA19田整骨院", "神田整骨院"},
      {"葛\U000E0100西接骨院", "葛西接骨院"},
  };
  for (const auto& [one, other] : same) {
    EXPECT_EQ(comparable_name(one), comparable_name(other)) << one;
  }
  EXPECT_NE(comparable_name("みなと整骨院"), comparable_name("みなと接骨院"));
}

class SearchTest : public EachDatabase {
 protected:
  template <class F>
  auto on(const F& function) {
    if constexpr (std::is_void_v<std::invoke_result_t<F, Connection&>>) {
      value(database->write([&](Connection& c) {
        function(c);
        return Done{};
      }));
    } else {
      return value(database->write(function));
    }
  }
  void SetUp() override {
    EachDatabase::SetUp();
    on([](Connection& c) {
      Roster roster(c);
      roster.put(a_clinic("契0123456-7-8", "みなと整骨院"));
      roster.put(a_clinic("契1300001-0-0", "髙﨑接骨院"));
      roster.put(a_clinic("契1300002-0-0", "\uFA19田 100%整骨_院"));
      roster.put(a_clinic("01234567-8-9", "はりきゅうマッサージ つばさ"));
    });
  }

  void add_account(const std::string& id, const std::string& address, const std::string& number) {
    on([&](Connection& c) {
      Account account = an_account(id, address, number);
      account.email_key = address;
      account.phone = "09012345678";
      Accounts(c).add(account);
    });
  }
  void add_registration(const std::string& id, const std::string& address,
                        const std::string& number, EpochSeconds at = 1000) {
    on([&](Connection& c) {
      Registration row = a_registration(id);
      row.draft_id = "draft-" + id;
      row.signup_hash = "signup-" + id;
      row.email = row.email_key = address;
      row.number = a_number(number);
      row.phone = "09012345678";
      row.created_at = at;
      Registrations(c).add(row);
    });
  }
  Hits hits_of(const std::string& typed) {
    return on([&](Connection& c) { return search(c, value(parse_search_key(typed))); });
  }
  // The kinds and clinics, in their order.
  std::string found(const std::string& typed) {
    std::string text;
    for (const Hit& hit : hits_of(typed).rows) {
      text.append(text.empty() ? "" : "; ").append(words_of(hit.kind).english.substr(0, 12));
      text.append(" ").append(hit.number.text()).append(" ").append(hit.address);
    }
    return text;
  }
};

INSTANTIATE_TEST_SUITE_P(Databases, SearchTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& engine) { return engine.param; });

TEST_P(SearchTest, FindsAPersonByEachKey) {
  add_account("a", "hanako@example.jp", "契0123456-7-8");
  for (const char* typed : {"hanako@example.jp", "HANAKO@example.jp", "契0123456-7-8",
                            "０９０－１２３４－５６７８", "みなと", "整骨院 ミナト"}) {
    EXPECT_EQ(found(typed).find("account 契0123456-7-8 hanako@example.jp"), 0U)
        << typed << ": " << found(typed);
  }
  EXPECT_EQ(found("taro@example.jp"), "");
}

TEST_P(SearchTest, FindsAClinicWithWhichNobodyHasRegistered) {
  EXPECT_EQ(found("契0123456-7-8"), "clinic with  契0123456-7-8 ");
  EXPECT_EQ(found("契9999999-7-8"), "");
  for (const char* typed : {"高崎", "髙﨑接骨院", "タカサキ"}) {
    EXPECT_EQ(found(typed),
              std::string_view(typed) == "タカサキ" ? "" : "clinic with  契1300001-0-0 ")
        << typed;
  }
  EXPECT_EQ(found("神田"), "clinic with  契1300002-0-0 ");
  EXPECT_EQ(found("100% 整骨"), "clinic with  契1300002-0-0 ");
  EXPECT_EQ(found("%%"), "") << "no wildcards";
  EXPECT_EQ(found("__"), "");
  EXPECT_EQ(found("翼つばさ"), "");
  EXPECT_EQ(found("まっさーじ"), "clinic with  01234567-8-9 ");
}

TEST_P(SearchTest, TellsPeopleApartAndCountsAPersonOnce) {
  add_registration("r1", "taro@example.jp", "契0123456-7-8", 1000);
  add_registration("r2", "taro@example.jp", "契0123456-7-8", 2000);
  add_registration("r3", "taro@example.jp", "契1300001-0-0", 1500);
  add_account("a", "hanako@example.jp", "契0123456-7-8");
  EXPECT_EQ(found("契0123456-7-8"),
            "account 契0123456-7-8 hanako@example.jp; registration 契0123456-7-8 taro@example.jp");
  EXPECT_EQ(hits_of("taro@example.jp").rows.size(), 2U);
  EXPECT_EQ(hits_of("taro@example.jp").rows[0].at, 2000) << "the newest of two tries";
}

TEST_P(SearchTest, ReadsTheCaseOfOnePerson) {
  add_registration("r1", "taro@example.jp", "契0123456-7-8");
  add_account("a", "hanako@example.jp", "契0123456-7-8");
  const auto hits = hits_of("契0123456-7-8").rows;
  ASSERT_EQ(hits.size(), 2U);
  const auto file = on([&](Connection& c) {
    const auto subject = subject_of(c, hits[1].id);
    return read_case(c, *subject, {kHour, kDay}, 1500);
  });
  EXPECT_EQ(file.verdict.kind, Verdict::Kind::kClinicTaken);
  EXPECT_EQ(file.verdict.address, "taro@example.jp");
  ASSERT_TRUE(file.registration);
  EXPECT_EQ(file.registration->id, "r1");
  EXPECT_FALSE(file.account) << "another's";
  ASSERT_TRUE(file.clinic);
  EXPECT_EQ(file.clinic->name, "みなと整骨院");
  EXPECT_EQ(file.clinic_versions.size(), 1U);
  on([&](Connection& c) {
    EXPECT_FALSE(subject_of(c, "person:gone"));
    EXPECT_FALSE(subject_of(c, "waiting:gone"));
    EXPECT_FALSE(subject_of(c, "clinic:gone"));
    EXPECT_FALSE(subject_of(c, ""));
    EXPECT_TRUE(subject_of(c, hits[0].id));
  });
}

TEST_P(SearchTest, KnowsWhoWaitsAndWhomOnlyTracesAreLeftOf) {
  Request request;
  request.id = "1a2b3c4dffffffffffffffffffffffff";
  on([&](Connection& c) {
    Waiting(c).put({"w", a_number("契7777777-7-7"), "w@example.jp", "w@example.jp", "", 5, 0});
    record_timeline_event(c, request, 9,
                          {.event = TimelineEvent::kFormRefused,
                           .email_key = "gone@example.jp",
                           .number = "契0123456-7-8",
                           .detail = "phone_missing"});
  });
  EXPECT_EQ(found("w@example.jp"), "waits for th 契7777777-7-7 w@example.jp");
  EXPECT_EQ(found("契7777777-7-7"), "waits for th 契7777777-7-7 w@example.jp");
  EXPECT_EQ(found("gone@example.jp"), "traces only  ");
  EXPECT_EQ(found("1a2b-3c4d"), "traces only  ");
  const auto file = on([&](Connection& c) {
    return read_case(c, subject_of(value(parse_search_key("gone@example.jp"))), {kHour, kDay}, 20);
  });
  EXPECT_EQ(file.verdict.kind, Verdict::Kind::kFormRefused);
  EXPECT_EQ(file.entries.size(), 1U);
}

TEST_P(SearchTest, SaysThatThereIsMore) {
  on([](Connection& c) {
    for (int i = 10; i < 40; ++i) {
      Roster(c).put(a_clinic("契14000" + std::to_string(i) + "-0-0", "ひまわり整骨院"));
    }
  });
  const Hits hits = hits_of("ひまわり");
  EXPECT_EQ(hits.rows.size(), kMostHits);
  EXPECT_TRUE(hits.more);
  EXPECT_FALSE(hits_of("みなと").more);
}

TEST_P(SearchTest, WritesWhoLookedAndNeverTheKey) {
  Request request;
  request.id = "request-1";
  request.client = Client("192.0.2.1");
  const auto rows = on([&](Connection& c) {
    const Staff staff = {"sato", request};
    record_search(c, staff, 10, KeyKind::kAddress, 1);
    record_search(c, staff, 11, KeyKind::kClinicName, 3);
    record_shown(c, staff, 12, "account-1");
    return Audit(c).list({.actor = "sato"});
  });
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].event, "searched");
  EXPECT_EQ(rows[0].detail, "address, 1 hit");
  EXPECT_EQ(rows[0].request_id, "request-1");
  EXPECT_EQ(rows[0].network, "192.0.2.1");
  EXPECT_EQ(rows[1].detail, "clinic_name, 3 hits");
  EXPECT_EQ(rows[2].event, "looked_up");
  EXPECT_EQ(rows[2].account_id, "account-1");
  EXPECT_EQ(rows[2].detail, "desk: record");
}

}  // namespace
}  // namespace portal
