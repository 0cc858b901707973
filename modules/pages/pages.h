// The pages step serves the portal's top page and all pages that are only read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/responder/shared_pages.h"
#include "core/responder/site.h"
#include "core/responder/step.h"
#include "pages/news.h"

namespace portal {

class PagesStep : public Step {
 public:
  explicit PagesStep(const Site& site);

  // The templates that the step needs, for the check at the start.
  static std::vector<std::string> templates();

  Result<Response> handle(const Request& request) override;

  // Reads news that were added or changed. If a file is wrong, this is logged once, and the news
  // that were read before are shown further.
  void idle() override;

 private:
  using News = std::vector<NewsItem>;

  // The news, and how often they were read.
  struct Read {
    News items;
    std::uint64_t times = 0;
  };

  Response top(const News& news);
  Response news_list(const News& news);
  Result<Response> news_item(const Request& request, std::string_view id);
  Result<Response> security(const Request& request);
  Result<Response> contact(EpochSeconds now) const;
  Response shown(std::string_view content, std::string_view title, Data data);
  SharedPages::Version version_with(std::uint64_t content) const;
  std::shared_ptr<const Read> news() const;
  void read_again();

  const Site& site_;
  const std::filesystem::path directory_;
  std::string state_;  // the folder's state when it was last read; for idle() and the constructor
  mutable std::mutex mutex_;
  std::shared_ptr<const Read> news_ = std::make_shared<Read>();
  SharedPages shared_;
};

}  // namespace portal
