// Who may sign in and with what: users by name, their passwords, application users and their
// secrets. Works on hidden tables with all rights; callers have checked who asks.
#pragma once

#include "platform/pipeline/unit.h"
#include "platform/web_api/sign_in/passwords.h"

namespace cashline::sign_in {

struct Account {
    Id user {};
    std::string user_name {};
    std::string password_hash {}; // empty: cannot sign in with a password
};

// By user name or mail address, ignoring case; nothing for disabled users and programs.
Result<std::optional<Account>> find_account(Reader& reader, std::string_view name);
Result<std::optional<std::string>> find_password_hash(Reader& reader, Id principal);
// Takes the place of the former password. `hash` comes from Passwords, outside the unit.
Result<void> store_password(Unit& unit, Id principal, std::string const& hash);

// The application user whose client id and secret these are.
Result<std::optional<Id>> find_application(
    Reader& reader, std::string_view client_id, std::string_view secret);

struct NewUser {
    std::string user_name {};
    std::string first_name {};
    std::string last_name {};
    std::string email {};
    std::string title {};
    std::vector<std::string> roles {};
    std::optional<Id> application {}; // client id: makes an application user
};
// In the root business unit. "role_unknown" names the roles there are.
Result<Id> add_user(Unit& unit, NewUser const& user);
Result<void> store_secret(Unit& unit, Id user, std::string const& secret_hash);

}
