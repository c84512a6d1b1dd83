#include "platform/web_api/sign_in/accounts.h"

#include "core/text.h"
#include "platform/security/role/role_table.h"
#include "platform/security/system_user/system_user_table.h"
#include "platform/web_api/sign_in/app_secret/app_secret_table.h"
#include "platform/web_api/sign_in/credential/credential_table.h"
#include "platform/web_api/sign_in/tokens.h"

#include <algorithm>

namespace cashline::sign_in {

namespace {

bool is_program(Row const& user)
{
    return user.get(system_user::application_id).has_value()
        || user.get(system_user::access_mode) == SystemUserAccessMode::non_interactive
        || user.get(system_user::access_mode) == SystemUserAccessMode::support_user;
}

Result<std::optional<Row>> find_user(Reader& reader, std::string_view name)
{
    for (auto const& column : { system_user::user_name, system_user::email }) {
        auto users =
            TRY(reader.query(Query::from(system_user::table).where(column == name).top(2)));
        // An address that two people share names nobody.
        if (users.size() == 1) {
            return std::optional(std::move(users.front()));
        }
    }
    return std::optional<Row> {};
}

Result<std::optional<Row>> find_credential(Reader& reader, Id principal)
{
    return reader.first(Query::from(credential::table).where(credential::principal == principal));
}

Result<void> give_role(Unit& unit, Id user, std::string const& name)
{
    auto const roles = TRY(unit.query(Query::from(role::table)));
    std::string known;
    for (auto const& row : roles) {
        auto const role_name = row.text_or(role::name);
        if (text::equals_ignoring_ascii_case(role_name, name)) {
            return unit.associate("systemuserroles_association", user, row.id());
        }
        known += (known.empty() ? "" : ", ") + role_name;
    }
    return invalid(
        "role_unknown", "There is no role '" + name + "'. The roles are: " + known + ".");
}

}

Result<std::optional<Account>> find_account(Reader& reader, std::string_view name)
{
    auto everything = reader.elevated_reader();
    auto const user = TRY(find_user(everything, name));
    if (!user || user->get(system_user::is_disabled).value_or(false) || is_program(*user)) {
        return std::nullopt;
    }
    Account account { .user = user->id(), .user_name = user->text_or(system_user::user_name) };
    account.password_hash = TRY(find_password_hash(everything, user->id())).value_or("");
    return account;
}

Result<std::optional<std::string>> find_password_hash(Reader& reader, Id principal)
{
    auto everything = reader.elevated_reader();
    auto const credential = TRY(find_credential(everything, principal));
    return credential ? std::optional(credential->text_or(credential::password_hash))
                      : std::nullopt;
}

Result<void> store_password(Unit& unit, Id principal, std::string const& hash)
{
    auto everything = unit.elevated();
    auto const known = TRY(find_credential(everything, principal));
    Row row(credential::table);
    row.set(credential::password_hash, hash).set(credential::changed_on, unit.now());
    if (known) {
        return everything.update(credential::table, known->id(), std::move(row));
    }
    row.set(credential::principal, principal);
    TRY(everything.create(std::move(row)));
    return {};
}

Result<std::optional<Id>> find_application(
    Reader& reader, std::string_view client_id, std::string_view secret)
{
    auto everything = reader.elevated_reader();
    auto const id = Id::parse(client_id);
    auto const user = id
        ? TRY(everything.first(
              Query::from(system_user::table).where(system_user::application_id == *id)))
        : std::nullopt;
    auto const hash = text::to_hex(hash_token(secret));
    auto secrets = user ? TRY(everything.query(
                              Query::from(app_secret::table).where(app_secret::user == user->id())))
                        : std::vector<Row> {};
    auto const is_good = std::ranges::any_of(secrets, [&](Row const& row) {
        auto const expires = row.get(app_secret::expires_on);
        return are_equal_secrets(row.text_or(app_secret::secret_hash), hash)
            && (!expires || *expires > reader.now());
    });
    if (!is_good || user->get(system_user::is_disabled).value_or(false)) {
        return std::nullopt;
    }
    return std::optional(user->id());
}

Result<Id> add_user(Unit& unit, NewUser const& user)
{
    auto everything = unit.elevated();
    Row row(system_user::table);
    row.set(system_user::user_name, user.user_name);
    if (!user.first_name.empty()) {
        row.set(system_user::first_name, user.first_name);
    }
    row.set(system_user::last_name, user.last_name.empty() ? user.user_name : user.last_name);
    if (!user.email.empty()) {
        row.set(system_user::email, user.email);
    }
    if (!user.title.empty()) {
        row.set(system_user::title, user.title);
    }
    row.set(system_user::unit, root_business_unit_id());
    if (user.application) {
        row.set(system_user::application_id, *user.application);
        row.set(system_user::access_mode, SystemUserAccessMode::non_interactive);
    }
    auto const id = TRY(everything.create(std::move(row)));
    for (auto const& role : user.roles) {
        TRY(give_role(everything, id, role));
    }
    return id;
}

Result<void> store_secret(Unit& unit, Id user, std::string const& secret_hash)
{
    auto everything = unit.elevated();
    Row row(app_secret::table);
    row.set(app_secret::user, user).set(app_secret::secret_hash, secret_hash);
    TRY(everything.create(std::move(row)));
    return {};
}

}
