// Delivery into a Maildir (https://cr.yp.to/proto/maildir.html): a file a mail, durable when it is
// there.
#pragma once

#include <string>
#include <string_view>

#include "core/mail/transport.h"

namespace portal::mail {

class Maildir : public Transport {
 public:
  // Makes the directory and its tmp, new, cur (0700) where they are missing.
  static Result<Done> prepare(const std::string& directory);

  // Precondition: prepare(directory) went well.
  explicit Maildir(std::string directory) : directory_(std::move(directory)) {}

  // Line ends become LF, and Return-Path and Delivered-To come first, as mail systems store mails.
  Outcome deliver(std::string_view from, std::string_view to, std::string_view message) override;

 private:
  std::string directory_;
};

}  // namespace portal::mail
