// An entry of お知らせ (pages/news.h).
#include <filesystem>
#include <fstream>

#include "input.h"
#include "pages/news.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace portal;
  static const std::filesystem::path folder = [] {
    std::string path = std::filesystem::temp_directory_path() / "news-XXXXXX";
    fuzz::expect(::mkdtemp(path.data()) != nullptr);
    return path;
  }();
  std::ofstream(folder / "2026-01-01-a.md", std::ios::binary) << "# a\n"
                                                              << fuzz::text_of(data, size);
  const auto news = read_news(folder);
  std::filesystem::remove(folder / "2026-01-01-a.md");
  if (!news) return 0;
  fuzz::expect(news->size() == 1);
  fuzz::expect(news->front().body.find("<script") == std::string::npos);
  fuzz::expect(news->front().body.find("href=\"javascript:") == std::string::npos);
  return 0;
}
