// An algorithm that OpenSSL's providers offer, or do not. Without memory OpenSSL says that it has
// no such algorithm; so whoever has had it once lacks memory. All threads may share one.
#pragma once

#include <atomic>
#include <new>
#include <stdexcept>
#include <string>

namespace portal {

class OpenSslAlgorithm {
 public:
  constexpr explicit OpenSslAlgorithm(const char* name) : name_(name) {}

  void has_worked() { has_worked_ = true; }

  // Throws std::bad_alloc if it has worked before, else std::runtime_error.
  [[noreturn]] void throw_failure(const std::string& detail = "") const {
    if (has_worked_) throw std::bad_alloc();
    throw std::runtime_error(std::string("OpenSSL: no ") + name_ +
                             "; look at its providers in openssl.cnf" +
                             (detail.empty() ? "" : " (" + detail + ")"));
  }

 private:
  const char* name_;
  std::atomic<bool> has_worked_ = false;
};

}  // namespace portal
