// one_click::is_multipart_form(): the form of RFC 8058, as mail programs send it, and nothing else.
#include "core/form/one_click.h"

#include <gtest/gtest.h>

#include <string>

namespace portal::one_click {
namespace {

const std::string kType = "multipart/form-data; boundary=b1";

std::string part(const std::string& name, const std::string& value) {
  return "--b1\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
}

TEST(OneClick, IsRecognisedHoweverAMailProgramWritesIt) {
  const std::string field = part("List-Unsubscribe", "One-Click");
  const struct {
    const char* label;
    std::string type;
    std::string body;
  } cases[] = {
      {"curl", kType, field + "--b1--\r\n"},
      {"no line end behind it", kType, field + "--b1--"},
      {"quoted boundary", "multipart/form-data; boundary=\"b1\"", field + "--b1--\r\n"},
      {"other case", "Multipart/Form-Data;Boundary=b1", field + "--b1--\r\n"},
      {"a parameter before", "multipart/form-data; charset=utf-8; boundary=b1",
       field + "--b1--\r\n"},
      {"a type of its own", kType,
       "--b1\r\nContent-Type: text/plain\r\ncontent-disposition:form-data;name=List-Unsubscribe"
       "\r\n\r\nOne-Click\r\n--b1--\r\n"},
      {"bare line feeds", kType,
       "--b1\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\n\nOne-Click\n--b1--\n"},
      {"another field before", kType, part("a", "b") + field + "--b1--\r\n"},
      {"cut before the last boundary", kType, field},
  };
  for (const auto& c : cases) EXPECT_TRUE(is_multipart_form(c.type, c.body)) << c.label;
}

TEST(OneClick, IsNothingElse) {
  const std::string field = part("List-Unsubscribe", "One-Click");
  const struct {
    const char* label;
    std::string type;
    std::string body;
  } cases[] = {
      {"nothing", "", ""},
      {"no body", kType, ""},
      {"no boundary", "multipart/form-data", field},
      {"an empty boundary", "multipart/form-data; boundary=", field},
      {"a boundary that is too long", "multipart/form-data; boundary=" + std::string(71, 'b'),
       "--" + std::string(71, 'b') + field.substr(4)},
      {"another boundary", "multipart/form-data; boundary=b2", field},
      {"another kind of multipart", "multipart/mixed; boundary=b1", field},
      {"urlencoded", "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"},
      {"another field", kType, part("action", "stop")},
      {"another value", kType, part("List-Unsubscribe", "Two-Clicks")},
      {"another value with it within", kType, part("List-Unsubscribe", "One-Click, please")},
      {"the field's name as a file's", kType,
       "--b1\r\nContent-Disposition: form-data; name=\"a\"; "
       "filename=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b1--\r\n"},
      {"no form-data", kType,
       "--b1\r\nContent-Disposition: attachment; "
       "name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b1--"},
      {"no empty line", kType,
       "--b1\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\nOne-Click\r\n--b1--"},
      {"behind the end", kType, "--b1--\r\n" + field},
      {"only a boundary", kType, "--b1"},
  };
  for (const auto& c : cases) EXPECT_FALSE(is_multipart_form(c.type, c.body)) << c.label;
}

}  // namespace
}  // namespace portal::one_click
