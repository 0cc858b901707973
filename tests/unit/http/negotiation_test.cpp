// What a browser accepts and has: Accept-Encoding, If-None-Match; and what is compressed for it.
#include "core/http/negotiation.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>

namespace portal {
namespace {

TEST(NegotiationTest, AcceptsGzipAsBrowsersSayIt) {
  struct Case {
    const char* header;
    bool accepted;
  };
  const Case cases[] = {
      {"", false},
      {"gzip", true},
      {"GZip", true},
      {"x-gzip", true},
      {"gzip, deflate, br, zstd", true},
      {"br,gzip", true},
      {" deflate ,\tgzip ", true},
      {"gzip;q=1.0, identity; q=0.5, *;q=0", true},
      {"gzip;q=0.001", true},
      {"gzip ; q=.5", true},
      {"gzip;q=0", false},
      {"gzip; q=0.000, br", false},
      {"gzip;Q=0", false},
      {"br, deflate", false},
      {"identity", false},
      {"*", false},
      {"not-gzip", false},
      {"gzipped", false},
      {",,;", false},
  };
  for (const Case& c : cases) EXPECT_EQ(accepts_gzip(c.header), c.accepted) << c.header;
}

TEST(NegotiationTest, KnowsATagThatIsNamed) {
  constexpr std::string_view kTag = "\"a1\"";
  struct Case {
    const char* header;
    bool named;
  };
  const Case cases[] = {
      {"", false},
      {"\"a1\"", true},
      {"W/\"a1\"", true},
      {"\"b\", \"a1\"", true},
      {"\"b\",W/\"a1\"", true},
      {" * ", true},
      {"a1", false},
      {"\"a\"", false},
      {"\"a1-gzip\"", false},
      {"\"a1\"\"b\"", false},
      {",", false},
  };
  for (const Case& c : cases) EXPECT_EQ(names_tag(c.header, kTag), c.named) << c.header;
}

std::string unpacked(const std::string& compressed) {
  z_stream stream = {};
  if (inflateInit2(&stream, MAX_WBITS + 16) != Z_OK) return "no memory";
  std::string text(1'000'000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(compressed.data()));
  stream.avail_in = static_cast<uInt>(compressed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  const int ended = inflate(&stream, Z_FINISH);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return ended == Z_STREAM_END && stream.avail_in == 0 ? text : "broken";
}

TEST(NegotiationTest, CompressesSoThatTheTextComesBackAndAlwaysAlike) {
  std::string noise;
  for (unsigned i = 0, x = 1; i < 100'000; ++i)
    noise += static_cast<char>((x = x * 69069 + 1) >> 16U);
  for (const std::string& text :
       {std::string(), std::string("<p>施術所</p>"), std::string(200'000, 'x'), noise}) {
    EXPECT_EQ(unpacked(gzip(text)), text) << text.size();
    EXPECT_EQ(gzip(text), gzip(text)) << text.size();
  }
  EXPECT_LT(gzip(std::string(200'000, 'x')).size(), 1000U);
}

}  // namespace
}  // namespace portal
