#include "core/responder/hashing_queue.h"

#include <algorithm>

#include "core/registration/policy.h"
#include "core/security/password.h"

namespace portal {
namespace {

using Need = fastcgi::Places::Need;

Need need_of(const Step& step, const fastcgi::Exchange& exchange) {
  if (exchange.parameter("REQUEST_METHOD") != "POST") return Need::kThread;
  const std::string_view target = exchange.parameter("REQUEST_URI");
  const auto mark = std::min(target.find('?'), target.size());
  if (!step.hashes_at(target.substr(0, mark))) return Need::kThread;
  return target.substr(std::min(mark + 1, target.size())) == kAgain ? Need::kPlaceAgain
                                                                    : Need::kPlace;
}

}  // namespace

std::unique_ptr<fastcgi::Places> places_of(Step& step, int threads) {
  if (step.hasher() == nullptr) return nullptr;
  const int hashes = static_cast<int>(step.hasher()->at_once());
  return std::make_unique<fastcgi::Places>(fastcgi::Places::Rules{
      .need = [&step](const fastcgi::Exchange& exchange) { return need_of(step, exchange); },
      .count = std::min(threads, hashes + 1),
      .patience = kHashPatience,
      .patience_again = kHashPatienceAgain});
}

HashingLoad load_of(Step& step, const fastcgi::Places& places) {
  HashingLoad load = step.hasher()->load();
  const auto queue = places.load();
  load.waiting += queue.waiting;
  load.waited += queue.waited;
  load.sent_away = queue.refused;
  return load;
}

}  // namespace portal
