#include "pages/pages.h"

#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>

#include <algorithm>
#include <array>
#include <functional>

#include "core/base/log.h"
#include "core/responder/router.h"

namespace portal {
namespace {

struct Page {
  std::string_view path;
  std::string_view content;
  std::string_view title;
};

// The pages that consist of a template only.
constexpr std::array kPages = {
    Page{"/about", "about.tpl", "オンライン資格確認とは？"},
    Page{"/preparation", "preparation.tpl", "導入準備"},
    Page{"/manuals", "manuals.tpl", "手順書・マニュアル"},
    Page{"/faq", "faq.tpl", "よくある質問"},
    Page{"/contact", "contact.tpl", "お問い合わせ先"},
    Page{"/terms", "terms.tpl", "ポータルサイト利用規約"},
    Page{"/privacy", "privacy.tpl", "プライバシーポリシー"},
    Page{"/links", "links.tpl", "関連サイトへのリンク"},
};

constexpr Page kTop{"/", "top.tpl", "トップページ"};
constexpr Page kNews{"/news", "news.tpl", "お知らせ"};
constexpr std::string_view kNewsItemContent = "news_item.tpl";
constexpr std::string_view kNewsItems = "/news/";

// Where password managers look for the page that changes a password (W3C, A Well-Known URL for
// Changing Passwords).
constexpr std::string_view kChangePassword = "/.well-known/change-password";
constexpr std::string_view kOwnPage = "/account";

// Where whoever has found a weakness looks for the person to tell (RFC 9116). The file ends so many
// days after it was read, because RFC 9116 §2.5.5 wants less than a year.
constexpr std::string_view kSecurity = "/.well-known/security.txt";
constexpr std::string_view kSecurityContent = "security.txt.tpl";
constexpr EpochSeconds kSecurityDays = 90;

constexpr std::size_t kNewsOnTop = 3;
constexpr std::string_view kForEverybody = "public, max-age=60";

Data& describe(Data& data, const NewsItem& item) {
  return data.set("ID", item.id)
      .set("DATE", item.date)
      .set("DATE_TEXT", japanese_date(item.date))
      .set("TITLE", item.title);
}

// The beginning of that day in UTC, so that everybody is told the same all day.
std::string day_after(EpochSeconds now, EpochSeconds days) {
  return Poco::DateTimeFormatter::format(Poco::Timestamp::fromEpochTime(now + days * kDay),
                                         "%Y-%m-%dT00:00:00Z");
}

}  // namespace

PagesStep::PagesStep(const Site& site)
    : site_(site), directory_(site.settings.text("templates.directory") + "/news") {
  read_again();
}

std::vector<std::string> PagesStep::templates() {
  std::vector<std::string> files;
  for (const Page& page : kPages) files.emplace_back(page.content);
  for (const std::string_view file :
       {kTop.content, kNews.content, kNewsItemContent, kSecurityContent}) {
    files.emplace_back(file);
  }
  return files;
}

Result<Response> PagesStep::handle(const Request& request) {
  const std::string_view path = request.path;
  const auto answer = [&](const Action& get) { return route(site_, request, {{path, get, {}}}); };
  // The same for everybody, and of this content.
  const auto shared = [&](std::uint64_t content, const std::function<Response()>& make) {
    return answer([&](const Request& r) {
      return shared_.find(r, path, version_with(content), [&] { return Result(make()); });
    });
  };
  if (path == kChangePassword) return answer([](const Request&) { return found(kOwnPage); });
  if (path == kSecurity) return answer([this](const Request& r) { return security(r); });
  const auto read = news();
  if (path == kTop.path) return shared(read->times, [&] { return top(read->items); });
  if (path == kNews.path) return shared(read->times, [&] { return news_list(read->items); });
  if (path.starts_with(kNewsItems)) {
    return answer([&](const Request& r) { return news_item(r, path.substr(kNewsItems.size())); });
  }
  const auto* const page = std::ranges::find(kPages, path, &Page::path);
  if (page == kPages.end()) return site_.error(request, 404);
  return shared(0, [&] { return shown(page->content, page->title, {}); });
}

SharedPages::Version PagesStep::version_with(std::uint64_t content) const {
  return {.templates = site_.view->edition(), .content = content};
}

Response PagesStep::top(const News& news) {
  Data data;
  for (std::size_t i = 0; i < std::min(kNewsOnTop, news.size()); ++i) {
    describe(data.add("NEWS"), news[i]);
  }
  return shown(kTop.content, kTop.title, std::move(data));
}

Response PagesStep::news_list(const News& news) {
  Data data;
  for (const NewsItem& item : news) describe(data.add("NEWS"), item);
  return shown(kNews.content, kNews.title, std::move(data));
}

Result<Response> PagesStep::news_item(const Request& request, std::string_view id) {
  const auto read = news();
  const auto item = std::ranges::find(read->items, id, &NewsItem::id);
  if (item == read->items.end()) return site_.error(request, 404);
  return shared_.find(request, request.path, version_with(read->times), [&] {
    Data data;
    describe(data, *item).set("BODY", item->body);
    return Result(shown(kNewsItemContent, item->title, std::move(data)));
  });
}

Result<Response> PagesStep::security(const Request& request) {
  const EpochSeconds now = site_.clock();
  const auto day = static_cast<std::uint64_t>(now / kDay);
  return shared_.find(request, kSecurity, version_with(day), [&] { return contact(now); });
}

Result<Response> PagesStep::contact(EpochSeconds now) const {
  Data data;
  data.set("EXPIRES", day_after(now, kSecurityDays));
  // RFC 9116 has no address without TLS in it.
  if (site_.settings.secure())
    data.add("CANONICAL").set("SITE", site_.settings.text("site.base_url"));
  auto text = site_.view->render(kSecurityContent, data);
  if (!text) return text.error();
  Response response = plain(200, std::move(*text));
  response.header("Cache-Control", kForEverybody);
  return response;
}

Response PagesStep::shown(std::string_view content, std::string_view title, Data data) {
  Response response = site_.page(200, content, title, std::move(data));
  if (response.status == 200) response.header("Cache-Control", kForEverybody);
  return response;
}

std::shared_ptr<const PagesStep::Read> PagesStep::news() const {
  const std::lock_guard lock(mutex_);
  return news_;
}

void PagesStep::idle() {
  if (news_state(directory_) != state_) read_again();
}

void PagesStep::read_again() {
  state_ = news_state(directory_);
  auto read = read_news(directory_);
  if (!read) {
    log::error("news", {{"error", read.error().message}});
    return;
  }
  const std::lock_guard lock(mutex_);
  news_ = std::make_shared<const Read>(std::move(*read), news_->times + 1);
}

}  // namespace portal
