// How often a request asks for memory on the heap, by its own thread: a bound for each, which may
// fall. It leaves a quarter of room for other compilers and libraries. Where the count is near the
// bound, somebody copies what he could hold.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include "complete/complete.h"
#include "confirm/confirm.h"
#include "form/form.h"
#include "lookup/lookup.h"
#include "steps/portal.h"

namespace {

thread_local std::uint64_t allocations = 0;

void* allocate(std::size_t size) noexcept {
  ++allocations;
  return std::malloc(size);
}

void* allocate_or_throw(std::size_t size) {
  if (void* const memory = allocate(size)) return memory;
  throw std::bad_alloc();
}

}  // namespace

// In place of the library's, in the whole of this program.
void* operator new(std::size_t size) {
  return allocate_or_throw(size);
}
void* operator new[](std::size_t size) {
  return allocate_or_throw(size);
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return allocate(size);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return allocate(size);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete[](void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace portal::testing_portal {
namespace {

// What a step costs, without the browser that asks it.
class Counted : public Step {
 public:
  explicit Counted(Step& step) : step_(step) {}
  Result<Response> handle(const Request& request) override {
    const std::uint64_t before = allocations;
    auto response = step_.handle(request);
    last_ = allocations - before;
    return response;
  }
  std::uint64_t last() const { return last_; }

 private:
  Step& step_;
  std::uint64_t last_ = 0;
};

class AllocationsTest : public PortalTest {
 protected:
  struct Request {
    std::string_view what;
    std::uint64_t most;  // allocations
    Counted& step;
    std::string url;
    std::optional<Form> form;  // to be sent
    int status;
  };
  // From the blank form to 申請完了画面.
  void go() {
    Browser browser(site_);
    for (const auto& [what, most, step, url, form, status] : requests_) {
      const auto response = form ? browser.post(step, url, *form) : browser.get(step, url);
      EXPECT_EQ(response.status, status) << what;
      const auto [fewest, first] = fewest_.emplace(what, step.last());
      if (!first) fewest->second = std::min(fewest->second, step.last());
    }
  }

  FormStep form_step_{site_};
  LookupStep lookup_step_{site_};
  ConfirmStep confirm_step_{site_};
  CompleteStep complete_step_{site_};
  Counted form_{form_step_};
  Counted lookup_{lookup_step_};
  Counted confirm_{confirm_step_};
  Counted complete_{complete_step_};
  const std::vector<Request> requests_ = {
      {"the blank form", 12, form_, "/register", {}, 200},
      {"a look-up", 28, lookup_, "/register/clinic?" + judo_form().encode(), {}, 200},
      {"a form that is refused", 175, form_, "/register", with(judo_form(), {{"phone", "1"}}), 422},
      {"a form that is accepted", 175, form_, "/register", judo_form(), 303},
      {"confirm", 140, confirm_, "/register/confirm", {}, 200},
      {"OK", 205, complete_, "/register/complete", Form(), 303},
      {"complete", 56, complete_, "/register/complete", {}, 200},
  };
  std::map<std::string_view, std::uint64_t> fewest_;
};

// Of several times: now and then a step looks at more than that one request.
TEST_F(AllocationsTest, AreFew) {
  for (int i = 0; i < 8; ++i) go();
  for (const auto& request : requests_) {
    EXPECT_LE(fewest_[request.what], request.most) << request.what;
  }
}

}  // namespace
}  // namespace portal::testing_portal
