// お知らせ. Each entry is a Markdown file templates/news/YYYY-MM-DD-slug.md whose first line is `#
// title`. Only this file's implementation includes cmark.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace portal {

struct NewsItem {
  std::string id;     // the file's name without .md; the last part of its URL
  std::string date;   // 2024-10-01
  std::string title;  // plain text
  std::string body;   // HTML that is safe to show: raw HTML and script links are left out
};

// Reads all entries, newest first. The error names the wrong file and what is expected.
Result<std::vector<NewsItem>> read_news(const std::filesystem::path& directory);

// Changes whenever a file of the folder is added, removed or written to.
std::string news_state(const std::filesystem::path& directory);

// 2024-10-01 → 2024年10月1日
std::string japanese_date(std::string_view date);

}  // namespace portal
