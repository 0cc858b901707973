// The moulds of a step's pages (core/view/mould.h): what no request changes of a page is rendered
// once, and not again for each person. They live for one edition of the templates.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "core/base/result.h"
#include "core/responder/site.h"
#include "core/view/view.h"

namespace portal {

// What is made of the templates, and anew after they were read again. `Made` is made by its default
// constructor. Whoever holds one may go on with it; any number of threads may ask.
template <typename Made>
class OfEdition {
 public:
  std::shared_ptr<Made> current(const View& view) {
    const std::uint64_t edition = view.edition();  // read first: what is kept is never too old
    const std::lock_guard lock(mutex_);
    if (!made_ || edition_ != edition) {
      made_ = std::make_shared<Made>();
      edition_ = edition;
    }
    return made_;
  }

 private:
  std::mutex mutex_;
  std::uint64_t edition_ = 0;
  std::shared_ptr<Made> made_;
};

// One mould for each kind of page. `Kind` can be ordered and holds all in which the moulds of two
// pages differ, but nothing that a user entered.
template <typename Kind>
class PageMoulds {
 public:
  using Found = std::shared_ptr<const PageMould>;

  // `make` makes the mould if it is not there yet. Any number of threads may call this.
  Result<Found> find(const Kind& kind, const std::function<Result<PageMould>()>& make) {
    const std::lock_guard lock(mutex_);
    if (const auto found = pages_.find(kind); found != pages_.end()) return found->second;
    auto made = make();
    if (!made) return made.error();
    if (pages_.size() >= kMost) pages_.clear();
    return pages_.emplace(kind, std::make_shared<const PageMould>(std::move(*made))).first->second;
  }

 private:
  // A mould is as large as its page. A step has fewer kinds; if not, it begins anew.
  static constexpr std::size_t kMost = 50;

  std::mutex mutex_;
  std::map<Kind, Found> pages_;
};

}  // namespace portal
