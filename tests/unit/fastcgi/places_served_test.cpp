// What people see while others hold every place: nothing of it where they need none, and an answer
// in time where they do.
#include <gtest/gtest.h>

#include <csignal>
#include <memory>
#include <string>
#include <vector>

#include "core/fastcgi/places.h"
#include "fastcgi_client.h"
#include "server_process.h"

namespace portal::fastcgi::testing {
namespace {

using namespace std::chrono_literals;

// POST needs a place; there is one. The handler stays in it until it hears so.
class PlacesServedTest : public ServerTest {
 protected:
  static Places::Rules rules() {
    const auto need = [](const Exchange& exchange) {
      return exchange.parameter("REQUEST_METHOD") == "POST" ? Places::Need::kPlace
                                                            : Places::Need::kThread;
    };
    return {.need = need, .count = 1, .patience = 1h, .patience_again = 1h};
  }

  Handler handler() const {
    return [this](Exchange& exchange) -> std::string {
      if (exchange.come_again.count() > 0) return "refused " + exchange.body;
      if (exchange.parameter("REQUEST_METHOD") == "GET") return "quick";
      entered_.say();
      leave_.hear();
      return "served " + exchange.body;
    };
  }

  // A POST that has been sent.
  std::unique_ptr<Connection> press(const std::string& body) const {
    auto connection = std::make_unique<Connection>(path_);
    connection->send(request(
        {{"REQUEST_METHOD", "POST"}, {"CONTENT_LENGTH", std::to_string(body.size())}}, body));
    return connection;
  }
  static std::string answer(const std::unique_ptr<Connection>& connection) {
    return output_of(connection->read_to_end());
  }
  std::string ask_quickly() const { return ask(path_, {{"REQUEST_METHOD", "GET"}}); }

  Pipe entered_;
  Pipe leave_;
};

TEST_F(PlacesServedTest, WhoNeedsNoPlaceIsAnsweredWhileManyWait) {
  Places places(rules());
  const ServerProcess server(listener_.get(), handler(),
                             {.threads = 2, .limits = {}, .callbacks = {}, .places = &places});
  std::vector<std::unique_ptr<Connection>> people;
  people.push_back(press("0"));
  entered_.hear();
  for (int i = 1; i < 20; ++i) people.push_back(press(std::to_string(i)));
  for (int i = 0; i < 20; ++i) EXPECT_EQ(ask_quickly(), "quick");
  for (int i = 0; i < 20; ++i) {
    leave_.say();
    EXPECT_EQ(answer(people.at(static_cast<std::size_t>(i))), "served " + std::to_string(i));
  }
}

TEST_F(PlacesServedTest, WhoWouldWaitTooLongIsRefusedWhileThePlaceIsTaken) {
  Places::Rules none_waits = rules();
  none_waits.patience = 0ms;
  Places places(none_waits);
  const ServerProcess server(listener_.get(), handler(),
                             {.threads = 2, .limits = {}, .callbacks = {}, .places = &places});
  const auto first = press("first");
  entered_.hear();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(answer(press("late")), "refused late");
  leave_.say();
  EXPECT_EQ(answer(first), "served first");
}

TEST_F(PlacesServedTest, WhoseTurnDoesNotComeIsRefusedWhileThePlaceIsTaken) {
  Places::Rules soon = rules();
  soon.patience_again = 20ms;
  Places places(soon);
  const ServerProcess server(listener_.get(), handler(),
                             {.threads = 2, .limits = {}, .callbacks = {}, .places = &places});
  const auto first = press("first");
  entered_.hear();
  EXPECT_EQ(answer(press("second")), "refused second");
  leave_.say();
  EXPECT_EQ(answer(first), "served first");
}

TEST_F(PlacesServedTest, WhereAllThreadsHavePlacesThereIsOneMore) {
  Places places(rules());
  const ServerProcess server(listener_.get(), handler(),
                             {.threads = 1, .limits = {}, .callbacks = {}, .places = &places});
  const auto first = press("first");
  entered_.hear();
  EXPECT_EQ(ask_quickly(), "quick");
  leave_.say();
  EXPECT_EQ(answer(first), "served first");
}

TEST_F(PlacesServedTest, ThoseWhoWaitAreServedBeforeTheEnd) {
  Places places(rules());
  ServerProcess server(listener_.get(), handler(),
                       {.threads = 3, .limits = {}, .callbacks = {}, .places = &places});
  const auto first = press("first");
  entered_.hear();
  const auto second = press("second");
  EXPECT_EQ(ask_quickly(), "quick");
  EXPECT_EQ(ask_quickly(), "quick");  // so second was taken before it, and waits
  server.signal(SIGTERM);
  leave_.say();
  EXPECT_EQ(answer(first), "served first");
  leave_.say();
  EXPECT_EQ(answer(second), "served second");
  EXPECT_EQ(server.wait(), 0);
}

TEST_F(PlacesServedTest, WhoseTurnDoesNotComeBeforeTheEndIsRefused) {
  Places::Rules soon = rules();
  soon.patience_again = 300ms;
  Places places(soon);
  ServerProcess server(listener_.get(), handler(),
                       {.threads = 2, .limits = {}, .callbacks = {}, .places = &places});
  const auto first = press("first");
  entered_.hear();
  const auto second = press("second");
  server.signal(SIGTERM);
  EXPECT_EQ(answer(second), "refused second");
  leave_.say();
  EXPECT_EQ(answer(first), "served first");
  EXPECT_EQ(server.wait(), 0);
}

}  // namespace
}  // namespace portal::fastcgi::testing
