// What is wrong, in words, and where something has run out, what an operator does about it.
//
// The system (errno), SQLite and PostgreSQL each name a shortage in their own way. One table has
// the words for all of them: the log, /healthz and portalctl say the same.
#pragma once

#include <cerrno>
#include <string>
#include <string_view>

namespace portal {

enum class Shortage {
  kDisk,               // blocks or inodes
  kQuota,              // the user's share of the disk
  kDescriptors,        // this process may open no more
  kSystemDescriptors,  // nobody on this machine may
  kMemory,
};

// "the disk is full, so nothing can be stored: make room …"
std::string_view words_of(Shortage shortage);

// The same for an SQLSTATE of PostgreSQL; empty if it is no shortage.
std::string_view words_of_sqlstate(std::string_view state);

// The text of a library, with the words behind it if it has the system's message for a shortage.
std::string explained(std::string text);

// The message for an errno, explained. Unlike strerror(3), it may be called by several threads.
std::string system_error(int number = errno);

// Why nothing can be written to the file now: a full disk, or what opening it says. Empty if
// nothing is found.
std::string trouble_with(const std::string& path);

}  // namespace portal
