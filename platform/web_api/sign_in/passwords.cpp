#include "platform/web_api/sign_in/passwords.h"

#include "core/check.h"
#include "core/text.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace cashline::sign_in {

namespace {

// Long enough for any sentence; a limit at all, since the whole text is hashed.
constexpr std::size_t password_bytes_max = 1'024;
constexpr std::size_t password_units_min = 10;
constexpr std::size_t distinct_characters_min = 4;

std::string_view without_padding(std::string_view base64)
{
    auto const end = base64.find_last_not_of('=');
    return base64.substr(0, end == std::string_view::npos ? 0 : end + 1);
}

template<class Bytes>
std::string encode(Bytes const& bytes)
{
    auto const text =
        text::base64_encode({ reinterpret_cast<char const*>(bytes.data()), bytes.size() });
    return std::string(without_padding(text));
}

// The text form that crypto_pwhash_str_verify reads. Its sister that writes it takes its salt from
// the system, where tests could not repeat it.
std::string encode_hash(
    Environment& environment, std::string_view password, PasswordCost const& cost)
{
    std::array<std::uint8_t, crypto_pwhash_SALTBYTES> salt {};
    environment.fill_random(salt);
    std::array<std::uint8_t, 32> hash {};
    auto const failed = crypto_pwhash(hash.data(), hash.size(), password.data(), password.size(),
        salt.data(), cost.passes, cost.memory_bytes, crypto_pwhash_ALG_ARGON2ID13);
    CHECK(failed == 0); // out of memory, or a cost that makes no sense
    return "$argon2id$v=19$m=" + std::to_string(cost.memory_bytes / 1'024)
        + ",t=" + std::to_string(cost.passes) + ",p=1$" + encode(salt) + "$" + encode(hash);
}

Refusal too_long()
{
    return invalid("password_too_long", "A password may have at most 1,024 bytes.");
}

class Releaser {
public:
    explicit Releaser(std::counting_semaphore<>& semaphore) : m_semaphore(semaphore) { }
    Releaser(Releaser const&) = delete;
    Releaser& operator=(Releaser const&) = delete;
    ~Releaser() { m_semaphore.release(); }

private:
    std::counting_semaphore<>& m_semaphore;
};

}

Passwords::Passwords(Environment& environment, PasswordOptions options)
    : m_environment(environment)
    , m_options(options)
    , m_free(options.at_once)
{
    VERIFY(sodium_init() >= 0);
}

Result<void> Passwords::enter()
{
    if (!m_free.try_acquire_for(m_options.patience)) {
        return refuse(Fault::unavailable, "sign_in_busy",
            "Too many people sign in right now. Try again in a few seconds.");
    }
    return {};
}

Result<std::string> Passwords::hash(std::string_view password)
{
    if (password.size() > password_bytes_max) {
        return too_long();
    }
    TRY(enter());
    Releaser const releaser(m_free);
    return encode_hash(m_environment, password, m_options.cost);
}

Result<PasswordVerdict> Passwords::verify(std::string_view password, std::string_view stored)
{
    // A stored text that is no hash at all (an account without a password) must cost the same.
    auto const terminated = std::string(stored);
    if (!terminated.starts_with("$argon2id$") || terminated.size() >= crypto_pwhash_STRBYTES) {
        TRY(verify_nobody(password));
        return PasswordVerdict {};
    }
    if (password.size() > password_bytes_max) {
        return PasswordVerdict {};
    }
    TRY(enter());
    Releaser const releaser(m_free);
    PasswordVerdict verdict;
    verdict.is_right =
        crypto_pwhash_str_verify(terminated.c_str(), password.data(), password.size()) == 0;
    auto const differs = crypto_pwhash_str_needs_rehash(
        terminated.c_str(), m_options.cost.passes, m_options.cost.memory_bytes);
    verdict.needs_rehash = verdict.is_right && differs != 0;
    return verdict;
}

Result<void> Passwords::verify_nobody(std::string_view password)
{
    TRY(hash(password.substr(0, password_bytes_max)));
    return {};
}

Result<void> check_new_password(std::string_view password, std::string_view user_name)
{
    if (password.size() > password_bytes_max) {
        return too_long();
    }
    if (!text::is_valid_utf8(password) || text::length_utf16(password) < password_units_min) {
        return invalid("password_too_short", "A password needs at least 10 characters.");
    }
    auto distinct = std::string(password);
    std::ranges::sort(distinct);
    auto const repeats = std::ranges::unique(distinct);
    distinct.erase(repeats.begin(), repeats.end());
    auto const folded = text::fold(password);
    auto const is_name = !user_name.empty() && folded == text::fold(user_name);
    static constexpr std::array<std::string_view, 8> known { "1234567890", "0123456789",
        "password123", "password1234", "qwertyuiop", "passw0rd123", "letmein123", "iloveyou123" };
    auto const is_known = std::ranges::find(known, folded) != known.end();
    if (distinct.size() < distinct_characters_min || is_name || is_known) {
        return invalid("password_too_simple",
            "This password is easily guessed. Choose a sentence or several words.");
    }
    return {};
}

}
