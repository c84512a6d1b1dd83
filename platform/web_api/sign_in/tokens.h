// Random secrets that open something: sessions, access tokens, one-time links. The client holds the
// text, the database only its SHA-256, so a stolen copy of the database opens nothing.
#pragma once

#include "platform/environment/environment.h"

#include <string>
#include <string_view>

namespace cashline::sign_in {

struct Token {
    std::string text {}; // for the client, once: 43 characters of base64url, 256 bits
    std::string hash {}; // for the database: 32 bytes
};

Token new_token(Environment& environment);
std::string hash_token(std::string_view text); // 32 bytes

// In time that does not depend on where they differ.
bool are_equal_secrets(std::string_view a, std::string_view b);

// What a page sends with each write beside the session's cookie. Derived from the session's secret,
// so nothing is stored, another site cannot know it, and it dies with the session.
std::string csrf_token(std::string_view session_text);
bool is_csrf_token(std::string_view candidate, std::string_view session_text);

}
