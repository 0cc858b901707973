#include "pages/news.h"

#include <Poco/DateTime.h>
#include <cmark.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <regex>

#include "core/base/system_error.h"

namespace portal {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHeading = "# ";
constexpr std::size_t kDateLength = 10;
// Bytes. cmark takes time by the square of the length for nested marks in places (0.30.2,
// CVE-2023-22486 and others); of this much it takes a second at worst.
constexpr std::size_t kLargest = std::size_t{64} * 1024;

// Names that may be part of a URL without escaping. The date comes first, so that names sort by it.
const std::regex& name_pattern() {
  static const std::regex pattern("([0-9]{4})-([0-9]{2})-([0-9]{2})-[a-z0-9-]+");
  return pattern;
}

bool names_a_day(const std::string& id) {
  std::smatch parts;
  return std::regex_match(id, parts, name_pattern()) &&
         Poco::DateTime::isValid(std::stoi(parts[1]), std::stoi(parts[2]), std::stoi(parts[3]));
}

// cmark's default is its safe mode: it drops raw HTML and javascript:, vbscript:, file: and data:
// links.
std::string html_of(std::string_view markdown) {
  const std::unique_ptr<char, decltype(&std::free)> html(
      cmark_markdown_to_html(markdown.data(), markdown.size(), CMARK_OPT_VALIDATE_UTF8),
      &std::free);
  return html.get();
}

std::optional<std::string> contents(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return std::nullopt;
  std::string text(kLargest + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad()) return std::nullopt;
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

Result<NewsItem> read_item(const fs::path& file) {
  const std::string id = file.stem().string();
  if (!names_a_day(id)) {
    return refused("news " + file.string() + ": name it YYYY-MM-DD-slug.md, slug of a-z, 0-9, -");
  }
  // To open a pipe that nobody writes to would wait for ever.
  std::error_code unknown;
  if (!fs::is_regular_file(file, unknown)) {
    return refused("news " + file.string() + ": it is no ordinary file: remove it");
  }
  const auto text = contents(file);
  if (!text) return refused("news " + file.string() + ": " + system_error());
  if (text->size() > kLargest) {
    return refused("news " + file.string() + ": is larger than 64 KiB: make two of it");
  }
  const std::size_t end = std::min(text->find('\n'), text->size());
  std::string title = text->substr(0, end);
  if (title.ends_with('\r')) title.pop_back();
  if (!title.starts_with(kHeading) || title.size() == kHeading.size()) {
    return refused("news " + file.string() + ": the first line must be `# title`");
  }
  return NewsItem{id, id.substr(0, kDateLength), title.substr(kHeading.size()),
                  html_of(std::string_view(*text).substr(end))};
}

std::vector<fs::path> markdown_files(const fs::path& directory) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().extension() == ".md") files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end(), std::greater<>());
  return files;
}

}  // namespace

Result<std::vector<NewsItem>> read_news(const fs::path& directory) {
  std::vector<NewsItem> news;
  for (const fs::path& file : markdown_files(directory)) {
    auto item = read_item(file);
    if (!item) return item.error();
    news.push_back(std::move(*item));
  }
  return news;
}

std::string news_state(const fs::path& directory) {
  std::string state;
  for (const fs::path& file : markdown_files(directory)) {
    std::error_code error;
    const auto written = fs::last_write_time(file, error).time_since_epoch().count();
    state += file.filename().string() + ' ' + std::to_string(error ? 0 : written) + '\n';
  }
  return state;
}

std::string japanese_date(std::string_view date) {
  const auto number = [&](std::size_t begin, std::size_t length) {
    return std::to_string(std::stoi(std::string(date.substr(begin, length))));
  };
  return number(0, 4) + "年" + number(5, 2) + "月" + number(8, 2) + "日";
}

}  // namespace portal
