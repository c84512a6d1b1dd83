#include "platform/web_api/odata/preferences.h"

#include "core/text.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace cashline::odata {

namespace {

std::vector<std::string> split_outside_quotes(std::string_view text)
{
    std::vector<std::string> parts(1);
    auto is_quoted = false;
    for (auto const character : text) {
        if (character == '"') {
            is_quoted = !is_quoted;
        }
        if (character == ',' && !is_quoted) {
            parts.emplace_back();
        } else {
            parts.back() += character;
        }
    }
    return parts;
}

std::string_view unquoted(std::string_view text)
{
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
        return text.substr(1, text.size() - 2);
    }
    return text;
}

void read(Preferences& preferences, std::string_view token)
{
    auto const equals = token.find('=');
    auto const name = text::to_lower_ascii(text::trim(token.substr(0, equals)));
    auto const value = equals == std::string_view::npos
        ? std::string_view {}
        : unquoted(text::trim(token.substr(equals + 1)));
    if (name == "return") {
        preferences.returns_representation =
            text::equals_ignoring_ascii_case(value, "representation");
    } else if (name == "odata.continue-on-error" || name == "continue-on-error") {
        preferences.continues_on_error = value.empty() || value == "true";
    } else if (name == "odata.track-changes") {
        preferences.tracks_changes = true;
    } else if (name == "odata.include-annotations") {
        preferences.annotations = std::string(value);
    } else if (name == "odata.maxpagesize") {
        std::int64_t size = 0;
        auto const parsed = std::from_chars(value.data(), value.data() + value.size(), size);
        if (parsed.ec == std::errc {} && parsed.ptr == value.data() + value.size() && size > 0) {
            preferences.page_size = size;
        }
    }
}

}

bool Preferences::wants(std::string_view annotation) const
{
    if (!annotations) {
        return false;
    }
    return std::ranges::any_of(text::split(*annotations, ','), [&](std::string_view listed) {
        auto const name = text::trim(listed);
        if (name.ends_with('*')) {
            return annotation.starts_with(name.substr(0, name.size() - 1));
        }
        return name == annotation;
    });
}

Preferences parse_preferences(http::Headers const& headers)
{
    Preferences preferences;
    for (auto const header : headers.all("Prefer")) {
        for (auto const& token : split_outside_quotes(header)) {
            read(preferences, token);
        }
    }
    return preferences;
}

void add_applied(http::Response& response, Preferences const& preferences, Applies applies)
{
    std::string applied;
    auto const add = [&](std::string const& preference) {
        applied += (applied.empty() ? "" : ",") + preference;
    };
    if (applies == Applies::to_writing && preferences.returns_representation) {
        add("return=representation");
    }
    if (preferences.annotations) {
        add("odata.include-annotations=\"" + *preferences.annotations + "\"");
    }
    if (applies == Applies::to_reading && preferences.page_size) {
        add("odata.maxpagesize=" + std::to_string(*preferences.page_size));
    }
    if (!applied.empty()) {
        response.headers.set("Preference-Applied", applied);
    }
}

}
