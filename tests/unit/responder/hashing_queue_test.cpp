// Which requests wait for a hash, and how many at a time do not.
#include "core/responder/hashing_queue.h"

#include <gtest/gtest.h>

#include "core/security/password.h"

namespace portal {
namespace {

class HashingStep : public Step {
 public:
  explicit HashingStep(unsigned at_once) : hasher_(8, 1, at_once) {}
  Result<Response> handle(const Request&) override { return plain(200, ""); }
  bool hashes_at(std::string_view path) const override { return path == "/ok"; }
  PasswordHasher* hasher() override { return &hasher_; }

 private:
  PasswordHasher hasher_;
};

class QuickStep : public Step {
 public:
  Result<Response> handle(const Request&) override { return plain(200, ""); }
};

TEST(HashingQueue, OnlyWhatHashesNeedsAPlace) {
  using Need = fastcgi::Places::Need;
  struct Case {
    const char* method;
    const char* target;
    Need need;
  };
  const Case cases[] = {
      {"POST", "/ok", Need::kPlace},           {"POST", "/ok?", Need::kPlace},
      {"POST", "/ok?else", Need::kPlace},      {"POST", "/ok?again", Need::kPlaceAgain},
      {"POST", "/ok?again=1", Need::kPlace},   {"POST", "/other", Need::kThread},
      {"POST", "/other?again", Need::kThread}, {"POST", "", Need::kThread},
      {"GET", "/ok", Need::kThread},           {"GET", "/ok?again", Need::kThread},
      {"HEAD", "/ok", Need::kThread},
  };
  HashingStep step(2);
  const auto places = places_of(step, 4);
  for (const Case& c : cases) {
    fastcgi::Exchange exchange;
    exchange.parameters = {{"REQUEST_METHOD", c.method}, {"REQUEST_URI", c.target}};
    EXPECT_EQ(places->need(exchange), c.need) << c.method << " " << c.target;
  }
}

TEST(HashingQueue, OneMorePlaceThanHashesButNoMoreThanThreads) {
  struct Case {
    unsigned hashes;
    int threads;
    int places;
  };
  for (const Case& c : {Case{1, 4, 2}, Case{2, 4, 3}, Case{8, 4, 4}, Case{2, 1, 1}}) {
    HashingStep step(c.hashes);
    EXPECT_EQ(places_of(step, c.threads)->count(), c.places) << c.hashes << " " << c.threads;
  }
}

TEST(HashingQueue, AStepThatHashesNothingHasNone) {
  QuickStep step;
  EXPECT_EQ(places_of(step, 4), nullptr);
}

}  // namespace
}  // namespace portal
