// Does an answer, or its time, tell whether an address has an account? Every way to ask is tried
// with an address that has one and with one that has none, in turn. Prints the medians, their
// difference, and whether the answers are the same but for the address; exit status 1 if the
// answers differ, or the times by 5 % or more. Run by hand on a quiet machine: enumeration [TRIES].
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iomanip>
#include <iostream>
#include <vector>

#include "complete/complete.h"
#include "core/database/tables.h"
#include "core/responder/answer.h"
#include "core/security/token.h"
#include "form/form.h"
#include "login/login.h"
#include "password/password.h"
#include "support/applications.h"
#include "support/rows.h"

namespace portal {
namespace {

constexpr double kMostDifference = 0.05;
constexpr int kWarmUp = 5;
// Of the same length, so that answers that show them are, too.
const std::string kKnown = "some1@example.jp";
const std::string kUnknown = "no-1@example.jpn";

struct Asked {
  double milliseconds = 0;
  std::string answer;  // without the address and the random tokens
};

class Enumeration {
 public:
  explicit Enumeration(const std::string& directory) {
    // As responders have it: what is committed survives a power failure.
    if (!site_.settings.set("database.connection", directory + "/portal.db")) std::abort();
    site_.view = std::move(*View::load(PORTAL_SOURCE_DIR "/templates",
                                       {"layout.tpl", "error.tpl", "login.tpl", "wait.tpl"}));
    site_.database = std::make_unique<Database>(site_.settings, Durability::kFull, 2);
    site_.clock = [this] { return now_; };
    if (!site_.database->migrate(PORTAL_SOURCE_DIR "/sql")) std::abort();
    const auto made = site_.database->write([&](Connection& connection) {
      Roster(connection).put(a_clinic("契0123456-7-8", "みなと整骨院"));
      Account account = an_account(draw_id(), kKnown, "協7654321-0-0");
      account.password_hash = PasswordHasher(site_.settings).hash("Passw0rd!");
      return Accounts(connection).add(account);
    });
    if (!made || !*made) std::abort();
  }

  Asked login(const std::string& email) { return login_from(email, "198.51.100.7"); }

  // Beyond the tries that one account takes from all networks.
  Asked attacked(const std::string& email) {
    for (int i = 0; i < 50; ++i) login_from(email, "10.0.0." + std::to_string(i));
    return login_from(email, "198.51.100.7");
  }

  Asked forgot(const std::string& email) {
    Request request = post("/password/forgot");
    request.form.set("email", email);
    return ask(password_, request);
  }

  Asked form(const std::string& email) { return ask(form_, registration_of(email)); }

  Asked complete(const std::string& email) {
    Request request = post("/register/complete");
    request.cookies = cookie_of(respond(site_, form_, registration_of(email)));
    return ask(complete_, request);
  }

  // Two hours later no limit remembers anything.
  void pass() { now_ += 2 * kHour; }

 private:
  static Request post(std::string_view path) {
    Request request;
    request.method = Method::kPost;
    request.path = path;
    request.id = "0123456789abcdef0123456789abcdef";
    request.client = Client("198.51.100.7");
    return request;
  }
  static Request registration_of(const std::string& email) {
    Request request = post("/register");
    request.form = testing_portal::with(testing_portal::judo_form(), {{"email", email}});
    return request;
  }
  static std::string cookie_of(const Response& response) {
    for (const auto& [name, value] : response.headers) {
      if (name == "Set-Cookie" && value.starts_with("draft=")) {
        return value.substr(0, value.find(';'));
      }
    }
    std::abort();
  }
  Asked login_from(const std::string& email, const std::string& client) {
    Request request = post("/login");
    request.client = Client(client);
    request.form.set("email", email);
    request.form.set("password", "Wrong0ne!");
    return ask(login_, request);
  }
  Asked ask(Step& step, const Request& request) {
    const auto start = std::chrono::steady_clock::now();
    const Response response = respond(site_, step, request);
    const std::chrono::duration<double, std::milli> passed =
        std::chrono::steady_clock::now() - start;
    std::string answer = std::to_string(response.status) + " " + response.body;
    for (const auto& [name, value] : response.headers) {
      answer += "\n" + name + ": " + value.substr(0, value.find('='));
    }
    for (const std::string& address : {kKnown, kUnknown}) {
      for (auto at = answer.find(address); at != std::string::npos; at = answer.find(address, at)) {
        answer.replace(at, address.size(), "ADDRESS");
      }
    }
    return {passed.count(), answer};
  }

  Site site_;
  EpochSeconds now_ = 1'800'000'000;
  FormStep form_{site_};
  CompleteStep complete_{site_};
  LoginStep login_{site_};
  PasswordStep password_{site_};
};

double median(std::vector<double> times) {
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::ranges::nth_element(times, middle);
  return *middle;
}

// True if nothing tells.
bool try_way(Enumeration& portal, const char* name, int tries,
             const std::function<Asked(const std::string&)>& ask) {
  std::vector<double> known;
  std::vector<double> unknown;
  bool alike = true;
  for (int i = -kWarmUp; i < tries; ++i) {
    portal.pass();
    const bool known_first = i % 2 == 0;
    const Asked a = ask(known_first ? kKnown : kUnknown);
    const Asked b = ask(known_first ? kUnknown : kKnown);
    alike = alike && a.answer == b.answer;
    if (i < 0) continue;
    known.push_back((known_first ? a : b).milliseconds);
    unknown.push_back((known_first ? b : a).milliseconds);
  }
  const double with = median(known);
  const double without = median(unknown);
  const double difference = std::abs(with - without) / std::max(with, without);
  std::cout << std::left << std::setw(34) << name << std::right << std::fixed
            << std::setprecision(3) << std::setw(10) << with << std::setw(10) << without
            << std::setw(8) << std::setprecision(1) << difference * 100 << " %  "
            << (alike ? "alike" : "DIFFERENT") << "\n";
  return alike && difference < kMostDifference;
}

int run(const std::string& directory, int tries) {
  Enumeration portal(directory);
  std::cout << "medians of " << tries << ", in ms:       with an account   without\n";
  bool good = true;
  const auto way = [&](const char* name, Asked (Enumeration::*ask)(const std::string&)) {
    const auto with = [&](const std::string& email) { return (portal.*ask)(email); };
    good = try_way(portal, name, tries, with) && good;
  };
  way("a wrong password", &Enumeration::login);
  way("beyond fifty wrong passwords", &Enumeration::attacked);
  way("a forgotten password", &Enumeration::forgot);
  way("the form", &Enumeration::form);
  way("OK (with the hash of the password)", &Enumeration::complete);
  return good ? 0 : 1;
}

}  // namespace
}  // namespace portal

int main(int argc, char** argv) {
  namespace fs = std::filesystem;
  const fs::path directory = fs::temp_directory_path() / ("enumeration-" + portal::draw_id());
  fs::create_directories(directory);
  const int result = portal::run(directory, argc > 1 ? std::atoi(argv[1]) : 50);
  fs::remove_all(directory);
  return result;
}
