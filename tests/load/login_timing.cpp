// Does the time of a refused login tell whether the address has an account? Prints the medians of
// 50 wrong logins each, with and without one, at the password cost of the defaults; exit status 1
// if they differ by 5 % or more.
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "core/database/tables.h"
#include "core/security/token.h"
#include "login/login.h"

namespace portal {
namespace {

constexpr int kTries = 50;
constexpr double kMostDifference = 0.05;
constexpr std::string_view kKnown = "known@example.jp";
constexpr std::string_view kUnknown = "unknown@example.jp";

Site make_site(const std::string& directory) {
  Site site;
  // As responders have it: what is committed survives a power failure.
  if (!site.settings.set("database.connection", directory + "/portal.db")) std::abort();
  site.view = std::move(*View::load(PORTAL_SOURCE_DIR "/templates", {"login.tpl"}));
  site.database = std::make_unique<Database>(site.settings, Durability::kFull, 2);
  if (!site.database->migrate(PORTAL_SOURCE_DIR "/sql")) std::abort();
  Account account;
  account.id = draw_id();
  account.number = RegistrationNumber::parse("契0123456-7-8").value();
  account.email = account.email_key = kKnown;
  account.password_hash = PasswordHasher(site.settings).hash("Passw0rd!");
  const auto added = site.database->write(
      [&](Connection& connection) { return Accounts(connection).add(account); });
  if (!added || !*added) std::abort();
  return site;
}

double milliseconds_of(LoginStep& step, std::string_view email, int number) {
  Request request;
  request.method = Method::kPost;
  request.path = "/login";
  request.form.set("email", email);
  request.form.set("password", "Wrong0ne!");
  request.client = Client("198.51.100." + std::to_string(number));  // nobody has to wait
  const auto start = std::chrono::steady_clock::now();
  if (step.handle(request)->status != 422) std::abort();
  const std::chrono::duration<double, std::milli> passed = std::chrono::steady_clock::now() - start;
  return passed.count();
}

double median(std::array<double, kTries>& times) {
  std::ranges::nth_element(times, times.begin() + kTries / 2);
  return times[kTries / 2];
}

int run(const std::string& directory) {
  const Site site = make_site(directory);
  LoginStep step(site);
  std::array<double, kTries> known{};
  std::array<double, kTries> unknown{};
  for (int i = -5; i < kTries; ++i) {  // the first ones warm up
    const double a = milliseconds_of(step, kKnown, 100 + i);
    const double b = milliseconds_of(step, kUnknown, 100 + i);
    if (i < 0) continue;
    known.at(static_cast<std::size_t>(i)) = a;
    unknown.at(static_cast<std::size_t>(i)) = b;
  }
  const double with = median(known);
  const double without = median(unknown);
  const double difference = std::abs(with - without) / std::max(with, without);
  std::cout << "refused login, median of " << kTries << ": with an account " << with
            << " ms, without " << without << " ms, difference " << difference * 100 << " %\n";
  return difference < kMostDifference ? 0 : 1;
}

}  // namespace
}  // namespace portal

int main() {
  namespace fs = std::filesystem;
  const fs::path directory = fs::temp_directory_path() / ("login-timing-" + portal::draw_id());
  fs::create_directories(directory);
  const int result = portal::run(directory);
  fs::remove_all(directory);
  return result;
}
