// The pages step: the portal's top and everything that is only read.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/responder/site.h"
#include "core/responder/step.h"
#include "pages/news.h"

namespace portal {

class PagesStep : public Step {
 public:
  explicit PagesStep(const Site& site);

  // Every template that the step needs, for the check at start.
  static std::vector<std::string> templates();

  Result<Response> handle(const Request& request) override;

  // Takes over news that were added or changed. A file that is wrong is logged once, and what was
  // shown before stays.
  void idle() override;

 private:
  using News = std::vector<NewsItem>;

  Response top();
  Response news_list();
  Response news_item(const Request& request, std::string_view id);
  Response shown(std::string_view content, std::string_view title, Data data);
  std::shared_ptr<const News> news() const;
  void read_again();

  const Site& site_;
  const std::filesystem::path directory_;
  std::string state_;  // of the folder when it was read last; only idle() and the constructor
  mutable std::mutex mutex_;
  std::shared_ptr<const News> news_ = std::make_shared<News>();
};

}  // namespace portal
