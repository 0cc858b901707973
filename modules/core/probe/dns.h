// Questions to a resolver, by glibc's own library (libresolv): it is on every Debian, follows
// /etc/resolv.conf, takes another server and port for a test, asks again over TCP where an answer
// was cut, and comes with a parser of answers (resolver(3), ns_initparse). c-ares, ldns or
// libunbound would do the same with one dependency more; only they could prove DNSSEC, which nobody
// asks here.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace portal {

class Resolver {
 public:
  enum class Type { kAddress, kMx, kTxt };  // kAddress: A or AAAA

  // `server`: IPv4 address, or ADDRESS:PORT; empty: those of /etc/resolv.conf. `patience`: for one
  // question to one server, at least a second. Refused: no such address.
  static Result<Resolver> open(const std::string& server, std::chrono::milliseconds patience);
  ~Resolver();
  Resolver(Resolver&&) noexcept;
  Resolver& operator=(Resolver&&) noexcept;

  // Addresses as text; the hosts of MX without their priority, "" for the null MX (RFC 7505); the
  // parts of a TXT record joined. Empty: the name has none of that type, or is not there at all.
  // kUnavailable: no server answers, or it cannot find out.
  Result<std::vector<std::string>> ask(const std::string& name, Type type);

 private:
  struct State;
  explicit Resolver(std::unique_ptr<State> state);
  Result<std::vector<std::string>> ask_one(const std::string& name, int type);
  std::unique_ptr<State> state_;
};

}  // namespace portal
