// When the file is written, and what every program says in it.
#include "core/metrics/exporter.h"

#include "core/base/log.h"
#include "core/metrics/process_metrics.h"
#include "folder.h"

namespace portal::metrics {
namespace {

class ExporterTest : public FolderTest {
 protected:
  ExporterTest() {
    EXPECT_TRUE(settings_.set("metrics.directory", folder_));
    EXPECT_TRUE(settings_.set("database.connection", folder_ + "/none/portal.db"));
  }
  Settings settings_;
  Registry registry_;
};

TEST_F(ExporterTest, WritesAtTheStartAndRemovesAtTheEnd) {
  int updates = 0;
  {
    const auto exporter = Exporter::start(settings_, "form", registry_, [&] { ++updates; });
    ASSERT_TRUE(exporter) << exporter.error().message;
    EXPECT_EQ(updates, 1);
    const std::string text = content("portal-form-1.prom");
    EXPECT_NE(text.find("portal_metrics_written_timestamp_seconds{step=\"form\",process=\"1\"} 1"),
              std::string::npos)
        << text;
  }
  EXPECT_TRUE(files().empty());
}

TEST_F(ExporterTest, IsNotDueAgainAtOnce) {
  int updates = 0;
  auto exporter = Exporter::start(settings_, "form", registry_, [&] { ++updates; });
  ASSERT_TRUE(exporter);
  exporter->write_if_due();
  EXPECT_EQ(updates, 1);
}

TEST_F(ExporterTest, WithoutADirectoryDoesNothing) {
  ASSERT_TRUE(settings_.set("metrics.directory", ""));
  auto exporter = Exporter::start(settings_, "form", registry_, [] { ADD_FAILURE(); });
  ASSERT_TRUE(exporter);
  exporter->write_if_due();
  EXPECT_TRUE(files().empty());
}

TEST_F(ExporterTest, ADirectoryThatCannotBeUsedEndsTheStart) {
  ASSERT_TRUE(settings_.set("metrics.directory", folder_ + "/none"));
  const auto exporter = Exporter::start(settings_, "form", registry_, [] {});
  ASSERT_FALSE(exporter);
  EXPECT_NE(exporter.error().message.find("metrics.directory"), std::string::npos);
}

TEST_F(ExporterTest, AProcessSaysItsVersionEventsAndDatabaseErrors) {
  Database database(settings_, Durability::kFull, 3);
  constexpr std::array<std::string_view, 1> kEvents = {"never_yet"};
  ProcessMetrics process(registry_, database, kEvents);
  EXPECT_FALSE(database.check());
  testing::internal::CaptureStderr();
  log::warning("throttled");
  testing::internal::GetCapturedStderr();
  const auto exporter =
      Exporter::start(settings_, "form", registry_, [&] { process.update(false); });
  ASSERT_TRUE(exporter) << exporter.error().message;
  const std::string text = content("portal-form-1.prom");
  for (const char* sample :
       {"portal_build_info{version=\"", "portal_process_start_time_seconds{",
        "portal_events_total{event=\"never_yet\",step=\"form\",process=\"1\"} 0\n",
        "portal_events_total{event=\"throttled\",step=\"form\",process=\"1\"} 1\n",
        "portal_database_errors_total{kind=\"unavailable\",step=\"form\",process=\"1\"} 1\n",
        "portal_database_sessions_in_use{step=\"form\",process=\"1\"} 0\n",
        "portal_database_sessions_limit{step=\"form\",process=\"1\"} 3\n"}) {
    EXPECT_NE(text.find(sample), std::string::npos) << sample << " is not in\n" << text;
  }
}

}  // namespace
}  // namespace portal::metrics
