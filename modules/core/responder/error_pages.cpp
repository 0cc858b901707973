#include "core/responder/error_pages.h"

#include <algorithm>
#include <cassert>

namespace portal {
namespace {

// clang-format off
constexpr std::array kErrorPages = {
    ErrorPage{400, "送信された内容を読み取れませんでした",
              "送信された内容に、この画面では扱えない文字や形式が含まれていました。",
              "前の画面に戻り、入力内容をご確認のうえ、もう一度お試しください。", WayOut::kHome},
    ErrorPage{403, "この操作は受け付けられませんでした",
              "別のサイトから送信されたため、安全のために受け付けませんでした。",
              "ポータルサイトのトップページから、もう一度お手続きください。", WayOut::kHome},
    ErrorPage{404, "ページが見つかりません",
              "アドレスが間違っているか、ページが移動または削除された可能性があります。",
              "アドレスをご確認いただくか、トップページからお探しください。", WayOut::kHome},
    ErrorPage{405, "この操作はできません",
              "このページでは、行われた操作を受け付けていません。",
              "トップページから、もう一度お手続きください。", WayOut::kHome},
    ErrorPage{409, "登録の手続きを進められませんでした",
              "入力されてから手続きまでの間に、施術所の情報が変わりました。",
              "登録フォームで、登録記号番号をご確認ください。入力された内容は残っています。", WayOut::kForm},
    ErrorPage{413, "送信された内容が大きすぎます",
              "一度に送信できる大きさを超えています。",
              "前の画面に戻り、入力内容を短くして、もう一度お試しください。", WayOut::kHome},
    ErrorPage{415, "送信された形式を受け付けられません",
              "このページでは、フォームから送信された内容だけを受け付けています。",
              "トップページから、もう一度お手続きください。", WayOut::kHome},
    ErrorPage{429, "短い時間に多くの操作がありました",
              "安全のため、しばらくの間、受付を止めています。",
              "少し時間をおいてから、もう一度お試しください。", WayOut::kReload},
    ErrorPage{500, "画面を表示できませんでした",
              "システムに問題が発生しました。",
              "少し時間をおいてから、もう一度お試しください。続くときは、お問い合わせください。", WayOut::kReload},
    ErrorPage{503, "ただいま混み合っています",
              "一時的に手続きを受け付けられません。",
              "30秒ほどたってから、この画面を再読み込みしてください。確認画面までに入力された内容は保存されています。", WayOut::kReload},
};
// clang-format on

// clang-format off
// What only a web server has to say: on the desk's site, that it does not know who asks; anywhere, that no step answers, so
// that nothing of this request was kept.
constexpr std::array kWebServersOwn = {
    ErrorPage{401, "ログインが必要です",
              "ユーザー名とパスワードを確認できませんでした。",
              "この画面を再読み込みし、ユーザー名とパスワードを入力してください。お手元にないときは、システムの管理者にお尋ねください。", WayOut::kReload},
    ErrorPage{403, "お使いの方を確認できませんでした",
              "端末の証明書がこのシステムのものではないか、期限が切れています。または、この端末からは開けない画面です。",
              "証明書を選び直してください。うまくいかないときは、システムの管理者にお尋ねください。", WayOut::kReload},
    ErrorPage{503, "ただいまご利用いただけません", "一時的に手続きを受け付けられません。",
              "30秒ほどたってから、この画面を再読み込みしてください。入力の途中だったときは、前の画面に戻ると、入力した内容が残っています。", WayOut::kReload},
};
// clang-format on

const ErrorPage& static_page(int status) {
  const auto found = std::find_if(kWebServersOwn.begin(), kWebServersOwn.end(),
                                  [&](const ErrorPage& page) { return page.status == status; });
  return found == kWebServersOwn.end() ? error_page(status) : *found;
}

}  // namespace

const ErrorPage& error_page(int status) {
  const auto found = std::find_if(kErrorPages.begin(), kErrorPages.end(),
                                  [&](const ErrorPage& page) { return page.status == status; });
  assert(found != kErrorPages.end());
  return *found;
}

std::string request_number(std::string_view request_id) {
  constexpr std::size_t kGroup = 4;
  const std::string_view number = request_id.substr(0, 2 * kGroup);
  if (number.size() <= kGroup) return std::string(number);
  return std::string(number.substr(0, kGroup)) + '-' + std::string(number.substr(kGroup));
}

Data content_of(const ErrorPage& page) {
  Data data;
  data.set("HEADING", page.heading).set("WHAT", page.what).set("NEXT", page.next);
  switch (page.way_out) {
    case WayOut::kHome:
      data.add("HOME");
      break;
    case WayOut::kReload:
      data.add("RETRY");
      break;
    case WayOut::kForm:
      data.add("FORM");
      break;
  }
  return data;
}

Result<std::string> static_error_page(const View& view, int status) {
  const ErrorPage& page = static_page(status);
  Data layout;
  layout.set("TITLE", page.heading).set("ASSETS", "/assets");
  layout.show("FROM_DISK");
  layout.show("ANYBODY");
  Data& content = layout.include("CONTENT", "error.tpl") = content_of(page);
  content.add("WEB_SERVER");
  return view.render("layout.tpl", layout);
}

}  // namespace portal
