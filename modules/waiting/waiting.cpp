#include "waiting/waiting.h"

#include <utility>

#include "core/base/japan_time.h"
#include "core/database/account/throttles.h"
#include "core/database/roster/roster.h"
#include "core/journal/timeline.h"
#include "core/registration/account_fields.h"
#include "core/responder/counted_by.h"
#include "core/responder/form_view.h"
#include "core/responder/router.h"
#include "core/responder/tokens.h"
#include "core/security/token.h"
#include "core/text/text.h"

namespace portal {
namespace {

constexpr std::string_view kPath = "/register/waiting";
constexpr std::string_view kTitle = "掲載のお知らせ";
constexpr std::size_t kMostEmailBytes = 1000;

struct Asked {
  bool in_roster = false;
  EpochSeconds wait = 0;  // seconds, if too many requests came from this network
};

}  // namespace

Result<Response> WaitingStep::handle(const Request& request) {
  return route(site_, request,
               {{kPath, [this](const Request& r) { return get(r); },
                 [this](const Request& r) { return post(r); }}});
}

// Shows the request. Without a link, or when the request has ended, there is nothing to show.
Result<Response> WaitingStep::get(const Request& request) {
  const auto token = link_token(request);
  if (token.empty()) return see_other("/register");
  const auto entry = site_.database->read(
      [&](Connection& connection) { return Waiting(connection).find(token_hash(token)); });
  if (!entry) return entry.error();
  Data data;
  if (!*entry) return site_.page(200, "waiting_withdrawn.tpl", kTitle, std::move(data));
  const EpochSeconds until =
      (*entry)->created_at + site_.settings.number("retention.waiting_days") * kDay;
  data.set("EMAIL", (*entry)->email).set("NUMBER", (*entry)->number.text());
  data.set("UNTIL", japan_date(until)).set("TOKEN", token);
  return site_.page(200, "waiting_done.tpl", kTitle, std::move(data));
}

Result<Response> WaitingStep::post(const Request& request) {
  if (request.form.get("action") == "withdraw") {
    return withdraw(request, link_token(request));
  }
  const auto number = check_number(request.form).number;
  if (!number) return see_other("/register");  // the portal's own form never sends this
  return ask(request, *number);
}

Result<Response> WaitingStep::ask(const Request& request, const RegistrationNumber& number) {
  std::string email(request.form.get("email"));
  if (const auto error = check_email("email", email)) return form(422, number, email, {*error});

  const EpochSeconds now = site_.clock();
  const std::string token = draw_token();
  const auto& network = request.client.network();
  const std::string key = email_key(email);
  const auto asked = site_.database->write([&](Connection& connection) {
    Asked result;
    result.in_roster = Roster(connection).find(number).has_value();
    if (result.in_roster) return result;
    if (network) {
      const auto limits = counted_by_network(site_.settings, Throttle::kWaitingOfNetwork, *network);
      const auto full = Throttles(connection).count_all(keys_of(limits), now);
      if (full) result.wait = full->wait;
    }
    if (result.wait > 0) return result;
    Waiting(connection).put({token_hash(token), number, email, key, network.value_or(""), now});
    record_timeline_event(
        connection, request, now,
        {.event = TimelineEvent::kWaitingAsked, .email_key = key, .number = number.text()});
    return result;
  });
  if (!asked) return asked.error();
  if (asked->in_roster) return see_other("/register?" + fields_of(number).encode());
  if (asked->wait > 0) {
    Response response = site_.error(request, 429);
    response.limit = name_of(Throttle::kWaitingOfNetwork);
    return response.header("Retry-After", std::to_string(asked->wait));
  }
  return see_other(std::string(kPath) + "?token=" + token);
}

Result<Response> WaitingStep::withdraw(const Request& request, std::string_view token) {
  const auto done = site_.database->write([&](Connection& connection) {
    Waiting waiting(connection);
    const auto entry = waiting.find(token_hash(token));
    if (entry && waiting.remove(entry->id)) {
      record_timeline_event(connection, request, site_.clock(),
                            {.event = TimelineEvent::kWaitingWithdrawn,
                             .email_key = entry->email_key,
                             .number = entry->number.text()});
    }
    return Done{};
  });
  if (!done) return done.error();
  return site_.page(200, "waiting_withdrawn.tpl", kTitle, {});
}

Response WaitingStep::form(int status, const RegistrationNumber& number, std::string_view email,
                           const std::vector<FieldError>& errors) const {
  Data data;
  data.set("NUMBER", number.text());
  show_hidden(data, fields_of(number));
  show_summary(data, {.errors = errors});
  show_field(data, "EMAIL_FIELD", account_fields::waiting_email, text::cut(email, kMostEmailBytes),
             errors);
  return site_.page(status, "waiting.tpl", kTitle, std::move(data));
}

}  // namespace portal
