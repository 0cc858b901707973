// Asks a DNS resolver, by glibc's library (libresolv). It is on every Debian, uses
// /etc/resolv.conf, accepts another server and port for a test, asks again over TCP if an answer
// was cut, and has a parser for answers (resolver(3), ns_initparse). c-ares, ldns or libunbound
// would be one more dependency for the same; only they could verify DNSSEC, which is not needed
// here.
#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace portal {

class Resolver {
 public:
  enum class Type { kAddress, kMx, kTxt };  // kAddress: A or AAAA

  // `server` is an IPv4 address or ADDRESS:PORT. If it is empty, the servers of /etc/resolv.conf
  // are asked. `patience` is the time for one question to one server, at least a second. Refused if
  // `server` is not an address.
  static Result<Resolver> open(const std::string& server, std::chrono::milliseconds patience);
  ~Resolver();
  Resolver(Resolver&&) noexcept;
  Resolver& operator=(Resolver&&) noexcept;

  // Returns addresses as text, the hosts of MX records without their priority ("" for the null MX,
  // RFC 7505), or TXT records with their parts joined. Empty if the name does not exist or has no
  // record of this type. kUnavailable if no server answers, or if the server cannot find out.
  Result<std::vector<std::string>> ask(const std::string& name, Type type);

 private:
  struct State;
  explicit Resolver(std::unique_ptr<State> state);
  Result<std::vector<std::string>> ask_one(const std::string& name, int type);
  std::unique_ptr<State> state_;
};

// The records of one type (RFC 1035 §3.2.2: 1 is A, 15 is MX) in an answer as it came, at most
// 65535 bytes; see Resolver::ask(). Refused: " is none" or " is cut off", to be put behind its
// name.
Result<std::vector<std::string>> records_of(std::span<const unsigned char> answer, int type);

}  // namespace portal
