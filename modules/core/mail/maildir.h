// Delivers into a Maildir (https://cr.yp.to/proto/maildir.html). Each mail is a file, which is
// durable as soon as it has its name.
#pragma once

#include <string>
#include <string_view>

#include "core/mail/transport.h"

namespace portal::mail {

class Maildir : public Transport {
 public:
  // Makes the directory and its tmp, new and cur (0700) if they are missing.
  static Result<Done> prepare(const std::string& directory);

  // Precondition: prepare(directory) has succeeded.
  explicit Maildir(std::string directory) : directory_(std::move(directory)) {}

  // Stores the mail as mail systems do: line ends become LF, and Return-Path and Delivered-To come
  // first.
  Outcome deliver(std::string_view from, std::string_view to, std::string_view message) override;

 private:
  std::string directory_;
};

}  // namespace portal::mail
