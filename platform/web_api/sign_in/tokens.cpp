#include "platform/web_api/sign_in/tokens.h"

#include "core/text.h"

#include <sodium.h>

#include <array>
#include <cstdint>

namespace cashline::sign_in {

namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::string_view csrf_purpose = "cashline csrf 1";

unsigned char const* as_bytes(std::string_view text)
{
    return reinterpret_cast<unsigned char const*>(text.data());
}

template<class Bytes>
std::string_view as_text(Bytes const& bytes)
{
    return { reinterpret_cast<char const*>(bytes.data()), bytes.size() };
}

}

Token new_token(Environment& environment)
{
    std::array<std::uint8_t, token_bytes> random {};
    environment.fill_random(random);
    Token token { .text = text::base64url_encode(as_text(random)) };
    token.hash = hash_token(token.text);
    return token;
}

std::string hash_token(std::string_view text)
{
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash {};
    crypto_hash_sha256(hash.data(), as_bytes(text), text.size());
    return std::string(as_text(hash));
}

bool are_equal_secrets(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string csrf_token(std::string_view session_text)
{
    // The key is hashed first: the session's text has any length a client likes to send.
    auto const key = hash_token(session_text);
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> code {};
    crypto_auth_hmacsha256(code.data(), as_bytes(csrf_purpose), csrf_purpose.size(), as_bytes(key));
    return text::base64url_encode(as_text(code));
}

bool is_csrf_token(std::string_view candidate, std::string_view session_text)
{
    return !session_text.empty() && are_equal_secrets(candidate, csrf_token(session_text));
}

}
