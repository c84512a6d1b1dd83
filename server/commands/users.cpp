// user add, user set-password, app-user add.
#include "core/text.h"
#include "platform/security/system_user/system_user_table.h"
#include "platform/web_api/sign_in/accounts.h"
#include "platform/web_api/sign_in/sessions.h"
#include "platform/web_api/sign_in/tokens.h"
#include "server/commands/all.h"

namespace cashline::server {

namespace {

Caller operator_caller() { return system_caller(Door::command); }

// Long enough that nobody has to ask for a rule about it; the person changes it.
std::string made_up_password(Environment& environment)
{
    return sign_in::new_token(environment).text.substr(0, 20);
}

struct Password {
    std::string text {};
    std::string hash {};
    bool is_made_up {};
};

Result<Password> password_of(
    CompanyContext& context, Arguments const& arguments, std::string const& user_name)
{
    auto& environment = context.platform.environment();
    Password password { .text = arguments.text("password") };
    password.is_made_up = password.text.empty();
    if (password.is_made_up) {
        password.text = made_up_password(environment);
    }
    TRY(sign_in::check_new_password(password.text, user_name));
    sign_in::Passwords passwords(environment);
    password.hash = TRY(passwords.hash(password.text));
    return password;
}

std::string told(json::Value document) { return document.to_string() + "\n"; }

Result<CommandOutput> add_user(CompanyContext& context, Arguments const& arguments)
{
    sign_in::NewUser const user { .user_name = arguments.text("name"),
        .first_name = arguments.text("first-name"),
        .last_name = arguments.text("last-name"),
        .email = arguments.text("email"),
        .title = arguments.text("title"),
        .roles = arguments.all("role") };
    auto const password = TRY(password_of(context, arguments, user.user_name));
    auto const id =
        TRY(context.platform.write<Id>(operator_caller(), [&](Unit& unit) -> Result<Id> {
            auto const added = TRY(sign_in::add_user(unit, user));
            TRY(sign_in::store_password(unit, added, password.hash));
            return added;
        }));
    json::Value document { json::Object {
        { "user_id", id.to_string() }, { "name", user.user_name } } };
    if (password.is_made_up) {
        document.set("password", password.text);
    }
    return CommandOutput { .text = told(std::move(document)) };
}

Result<CommandOutput> set_password(CompanyContext& context, Arguments const& arguments)
{
    auto const name = arguments.text("name");
    auto const account = TRY(context.platform.read<std::optional<sign_in::Account>>(
        operator_caller(), [&](Reader& reader) { return sign_in::find_account(reader, name); }));
    if (!account) {
        return missing("ObjectDoesNotExist", "No person signs in as '" + name + "'.");
    }
    auto const password = TRY(password_of(context, arguments, account->user_name));
    TRY(context.platform.write(
        operator_caller(), std::function<Result<void>(Unit&)>([&](Unit& unit) -> Result<void> {
            TRY(sign_in::store_password(unit, account->user, password.hash));
            return sign_in::Sessions::end_all_of(unit, account->user);
        })));
    json::Value document { json::Object { { "name", account->user_name } } };
    if (password.is_made_up) {
        document.set("password", password.text);
    }
    return CommandOutput { .text = told(std::move(document)) };
}

// The secret leaves this process once, here; the database keeps its hash.
Result<CommandOutput> add_app_user(CompanyContext& context, Arguments const& arguments)
{
    auto& environment = context.platform.environment();
    auto const client_id = environment.new_id();
    auto const secret = sign_in::new_token(environment);
    sign_in::NewUser const user { .user_name = arguments.text("name"),
        .last_name = arguments.text("name"),
        .roles = arguments.all("role"),
        .application = client_id };
    auto const id =
        TRY(context.platform.write<Id>(operator_caller(), [&](Unit& unit) -> Result<Id> {
            auto const added = TRY(sign_in::add_user(unit, user));
            TRY(sign_in::store_secret(unit, added, text::to_hex(secret.hash)));
            return added;
        }));
    return CommandOutput { .text = told(json::Object { { "client_id", client_id.to_string() },
                               { "client_secret", secret.text }, { "user_id", id.to_string() } }) };
}

CommandOption password_option()
{
    return { .name = "password", .help = "The password; without it one is made up and printed" };
}

}

Command user_add_command()
{
    return { .name = "user add",
        .summary = "Adds a person who can sign in",
        .options = { { .name = "name",
                         .help = "What the person signs in with",
                         .is_required = true },
            { .name = "first-name", .help = "First name" },
            { .name = "last-name", .help = "Last name" },
            { .name = "email", .help = "Mail address" }, { .name = "title", .help = "Job title" },
            { .name = "role", .help = "A role; may repeat", .may_repeat = true },
            password_option() },
        .on_company = add_user };
}

Command user_set_password_command()
{
    return { .name = "user set-password",
        .summary = "Gives a person a new password and ends all of his sessions",
        .options = { { .name = "name", .help = "User name or mail address", .is_required = true },
            password_option() },
        .on_company = set_password };
}

Command app_user_add_command()
{
    return { .name = "app-user add",
        .summary = "Adds a program that signs in by client id and secret; prints both as JSON",
        .options = { { .name = "name", .help = "The program's name", .is_required = true },
            { .name = "role",
                .help = "A role; may repeat",
                .is_required = true,
                .may_repeat = true } },
        .on_company = add_app_user };
}

}
