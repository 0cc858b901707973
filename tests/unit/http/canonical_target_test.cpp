// Addresses as people type them and as mail programs make them: where each leads.
#include "core/http/canonical_target.h"

#include <gtest/gtest.h>

namespace portal {
namespace {

struct Spelling {
  std::string uri;
  std::string right;
};

class Spelled : public testing::TestWithParam<Spelling> {};

TEST_P(Spelled, LeadsToTheRightOne) {
  EXPECT_EQ(canonical_target(GetParam().uri), GetParam().right) << GetParam().uri;
  EXPECT_EQ(canonical_target(GetParam().right), std::nullopt) << "once is enough";
}

INSTANTIATE_TEST_SUITE_P(
    CanonicalTarget, Spelled,
    testing::Values(
        Spelling{"/register/", "/register"}, Spelling{"/REGISTER", "/register"},
        Spelling{"/Register/Confirm", "/register/confirm"}, Spelling{"//register", "/register"},
        Spelling{"/register//", "/register"}, Spelling{"/register//confirm", "/register/confirm"},
        Spelling{"/register%E3%80%82", "/register"}, Spelling{"/register%E3%80%80", "/register"},
        Spelling{"/register%20", "/register"}, Spelling{"/register%20/", "/register"},
        Spelling{"/register%E3%80%81", "/register"}, Spelling{"/register%EF%BC%89", "/register"},
        Spelling{"/register%3E", "/register"}, Spelling{"/register.", "/register"},
        Spelling{"/register%E3%80%8D%E3%80%82", "/register"}, Spelling{"/register%0A", "/register"},
        Spelling{"/register%C2%A0", "/register"}, Spelling{"/register)", "/register"},
        Spelling{"/%EF%BD%92egister", "/register"}, Spelling{"//", "/"},
        Spelling{"/%E3%80%82", "/"},
        // The query stays, byte for byte.
        Spelling{"/activate/?token=A%20b&x=%E3%80%82", "/activate?token=A%20b&x=%E3%80%82"},
        Spelling{"/LOGIN?return=/Account", "/login?return=/Account"},
        // It never leads to another host, nor out of the header.
        Spelling{"//evil.example/", "/evil.example"},
        Spelling{"/%2F%2Fevil.example/", "/evil.example"},
        Spelling{"/%5Cevil.example/", "/%5Cevil.example"}, Spelling{"/A%0D%0AX:y", "/a%0D%0Ax:y"},
        Spelling{"/A%25b", "/a%25b"}, Spelling{"/A%3Fb", "/a%3Fb"}, Spelling{"/A%23b", "/a%23b"},
        Spelling{"/A%E3%81%82", "/a%E3%81%82"}));

TEST(CanonicalTarget, RightOnesStay) {
  for (const auto* uri : {"/", "/register", "/register?a=B/", "/news/2024-06-03-portal-opened",
                          "/.well-known/change-password", "/desk/", "/healthz/form", "/?", "*", "",
                          "register/", "/a%", "/%FF", "/%C3%28/"}) {
    EXPECT_EQ(canonical_target(uri), std::nullopt) << uri;
  }
}

}  // namespace
}  // namespace portal
