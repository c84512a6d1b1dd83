#include "server/configuration.h"

#include "platform/environment/durable.h"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <sstream>

namespace cashline::server {

namespace {

std::string path_in(std::string const& data_path) { return data_path + "/cashline.toml"; }

json::Value as_json(toml::node const& node)
{
    if (auto const* table = node.as_table()) {
        json::Value object { json::Object {} };
        for (auto const& [key, value] : *table) {
            object.set(key.str(), as_json(value));
        }
        return object;
    }
    if (auto const* array = node.as_array()) {
        json::Array items;
        for (auto const& item : *array) {
            items.push_back(as_json(item));
        }
        return items;
    }
    if (auto const* text = node.as_string()) {
        return text->get();
    }
    if (auto const* number = node.as_integer()) {
        return number->get();
    }
    if (auto const* flag = node.as_boolean()) {
        return flag->get();
    }
    return {};
}

// TOML's basic string.
std::string toml_text(std::string_view text)
{
    std::string result = "\"";
    for (auto const character : text) {
        if (character == '"' || character == '\\') {
            result += '\\';
        }
        result += character;
    }
    return result + "\"";
}

bool names_a_secret(std::string_view key)
{
    return std::ranges::any_of(std::array { "password", "secret", "token", "key" },
        [&](char const* word) { return key.contains(word); });
}

// postgresql://user:password@host/…
bool has_password(std::string const& url)
{
    auto const host = url.find('@');
    auto const start = url.find("://");
    return host != std::string::npos && start != std::string::npos
        && url.substr(start + 3, host - start - 3).contains(':');
}

void remove_secrets(toml::table& table)
{
    std::vector<std::string> secret;
    for (auto&& [key, value] : table) {
        auto const* text = value.as_string();
        if (text && (names_a_secret(key.str()) || has_password(text->get()))) {
            secret.emplace_back(key.str());
        } else if (auto* below = value.as_table()) {
            remove_secrets(*below);
        }
    }
    for (auto const& key : secret) {
        table.erase(key);
    }
}

Refusal unwritable(std::string const& path)
{
    return internal("configuration_unwritable", "Cannot write " + path + ".");
}

}

bool has_configuration(std::string const& data_path)
{
    std::error_code ignored;
    return std::filesystem::exists(path_in(data_path), ignored);
}

Result<json::Value> read_configuration(std::string const& data_path)
{
    auto const path = path_in(data_path);
    if (!has_configuration(data_path)) {
        return json::Value { json::Object {} };
    }
    auto const parsed = toml::parse_file(path);
    if (!parsed) {
        auto const& problem = parsed.error();
        return invalid("configuration_malformed",
            path + ", line " + std::to_string(problem.source().begin.line) + ": "
                + std::string(problem.description()));
    }
    return as_json(parsed.table());
}

Result<std::string> configuration_without_secrets(std::string const& data_path)
{
    if (!has_configuration(data_path)) {
        return std::string {};
    }
    auto parsed = toml::parse_file(path_in(data_path));
    if (!parsed) {
        return invalid("configuration_malformed", path_in(data_path) + " cannot be read.");
    }
    auto& table = parsed.table();
    remove_secrets(table);
    std::ostringstream text;
    text << "# From a backup: passwords, keys and tokens were left out.\n" << table << "\n";
    return text.str();
}

Result<json::Value> resolved(json::Value const& settings)
{
    if (auto const name = settings.text("env");
        !name.empty() && settings.as_object()->size() == 1) {
        auto const* value = std::getenv(std::string(name).c_str());
        if (!value) {
            return invalid("configuration_incomplete",
                "The configuration takes a value from the environment variable " + std::string(name)
                    + ", which is not set.");
        }
        return json::Value(value);
    }
    if (auto const* members = settings.as_object()) {
        json::Value object { json::Object {} };
        for (auto const& [key, value] : *members) {
            object.set(key, TRY(resolved(value)));
        }
        return object;
    }
    return settings;
}

Result<void> write_configuration(std::string const& data_path, std::string const& database)
{
    auto text = std::string("# What this data folder is. See the administrator's guide.\n");
    if (!database.empty()) {
        text += "# A password belongs into the environment: database = { env = \"NAME\" }\n";
        text += "database = " + toml_text(database) + "\n";
    }
    // The folder is never half configured.
    auto const path = path_in(data_path);
    return write_durably(path, text) ? Result<void> {} : unwritable(path);
}

}
