// Every reader of input of the portal, with inputs that were hard for some reader of its kind. The
// test of costs asks each with growing inputs; a new reader gets a row here.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace portal::cost {

struct Case {
  std::string reader;
  std::string shape;  // what the input is made of
  std::function<std::string(std::size_t bytes)> input;
  std::function<void(const std::string& input)> read;
};

std::vector<Case> of_requests();  // form, query, path, cookies and other headers, FastCGI
std::vector<Case> of_texts();     // names and numbers, Markdown, settings
std::vector<Case> of_mails();     // mails that came back, SMTP replies, DNS answers
std::vector<Case> of_rosters();   // CSV files and workbooks

// An input maker: `unit` as often as there is room, between `begin` and `end`.
std::function<std::string(std::size_t)> repeated(std::string unit, std::string begin = "",
                                                 std::string end = "");

}  // namespace portal::cost
