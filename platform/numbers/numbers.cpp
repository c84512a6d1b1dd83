#include "platform/numbers/numbers.h"

#include "core/check.h"
#include "platform/pipeline/unit_state.h"

#include <algorithm>
#include <charconv>

namespace cashline::numbers {

namespace {

// Without letters and digits that are mistaken for each other when read aloud.
constexpr std::string_view random_letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
constexpr std::int64_t first_number = 1000;

struct Placeholder {
    std::string_view name {};
    std::size_t width {};
};

Placeholder parse_placeholder(std::string_view inside)
{
    auto const colon = inside.find(':');
    Placeholder placeholder { .name = inside.substr(0, colon) };
    if (colon != std::string_view::npos) {
        std::from_chars(inside.begin() + colon + 1, inside.end(), placeholder.width);
    }
    return placeholder;
}

// Calls back with each literal piece and each {placeholder} of the pattern.
template<class OnText, class OnPlaceholder>
void walk(std::string_view pattern, OnText const& on_text, OnPlaceholder const& on_placeholder)
{
    while (!pattern.empty()) {
        auto const open = pattern.find('{');
        auto const close = pattern.find('}', open);
        if (open == std::string_view::npos || close == std::string_view::npos) {
            on_text(pattern);
            return;
        }
        on_text(pattern.substr(0, open));
        on_placeholder(parse_placeholder(pattern.substr(open + 1, close - open - 1)));
        pattern.remove_prefix(close + 1);
    }
}

struct Draw {
    std::string pattern {};
    std::int64_t number {};
};

Result<std::optional<Draw>> take_next(Unit& unit, std::string_view series, std::string_view company)
{
    std::optional<Draw> draw;
    TRY(state_of(unit).sql().each(
        "update cl_number_series set \"next\" = \"next\" + 1 where \"name\" = ?1 "
        "and coalesce(\"company\", '') = ?2 returning \"pattern\", \"next\" - 1",
        { series, company }, [&](SqlRow const& row) {
            draw = Draw { std::string(row.text(0)), row.integer(1) };
            return Walk::on;
        }));
    return draw;
}

// A company without a series of its own shares the common one.
Result<std::optional<Draw>> take_for(Unit& unit, std::string_view series, std::string_view company)
{
    auto drawn = TRY(take_next(unit, series, company));
    if (!drawn && !company.empty()) {
        drawn = TRY(take_next(unit, series, {}));
    }
    return drawn;
}

std::string random_text(Unit& unit, std::size_t length)
{
    std::vector<std::uint8_t> bytes(length);
    unit.context().environment.fill_random(bytes);
    std::string text;
    for (auto const byte : bytes) {
        text += random_letters[byte % random_letters.size()];
    }
    return text;
}

std::string finished(Unit& unit, Draw const& draw, std::string_view company)
{
    return apply(draw.pattern,
        { .sequence = draw.number,
            .random = random_text(unit, random_length(draw.pattern)),
            .date = unit.today(),
            .company = std::string(company) });
}

}

std::string apply(std::string_view pattern, PatternValues const& values)
{
    std::string result;
    std::string_view random = values.random;
    walk(
        pattern, [&](std::string_view text) { result += text; },
        [&](Placeholder const& placeholder) {
            if (placeholder.name == "SEQ") {
                auto const digits = std::to_string(values.sequence);
                result.append(placeholder.width - std::min(placeholder.width, digits.size()), '0');
                result += digits;
            } else if (placeholder.name == "RAND") {
                result += random.substr(0, placeholder.width);
                random.remove_prefix(std::min(placeholder.width, random.size()));
            } else if (placeholder.name == "YEAR") {
                result += std::to_string(values.date.year());
            } else if (placeholder.name == "COMPANY") {
                result += values.company;
            }
        });
    return result;
}

std::size_t random_length(std::string_view pattern)
{
    std::size_t length = 0;
    walk(
        pattern, [](std::string_view) {},
        [&](Placeholder const& placeholder) {
            length += placeholder.name == "RAND" ? placeholder.width : 0;
        });
    return length;
}

Result<std::string> draw(Unit& unit, std::string_view series, std::string_view company)
{
    auto drawn = TRY(take_for(unit, series, company));
    if (!drawn) {
        return internal("number_series_missing",
            "There is no number series '" + std::string(series) + "'. Add it under number series.");
    }
    return finished(unit, *drawn, company);
}

std::string series_of(Table const& table, Column const& column)
{
    return table.name + "." + column.name;
}

Result<void> ensure_series(Unit& unit, std::string_view series, std::string_view pattern)
{
    auto exists = false;
    TRY(state_of(unit).sql().each(
        "select 1 from cl_number_series where \"name\" = ?1", { series }, [&](SqlRow const&) {
            exists = true;
            return Walk::stop;
        }));
    if (exists) {
        return {};
    }
    auto const* table = unit.schema().find("cl_number_series");
    CHECK(table != nullptr);
    Row row(table->id);
    row.set(table->find("name")->index, Value(series));
    row.set(table->find("pattern")->index, Value(pattern));
    row.set(table->find("next")->index, Value(first_number));
    TRY(unit.elevated().create(std::move(row)));
    return {};
}

Result<std::string> draw_for_column(
    Unit& unit, Table const& table, Column const& column, std::string_view company)
{
    auto const series = series_of(table, column);
    auto drawn = TRY(take_for(unit, series, company));
    if (!drawn) {
        TRY(ensure_series(unit, series, column.auto_number));
        drawn = TRY(take_for(unit, series, company));
    }
    CHECK(drawn.has_value());
    return finished(unit, *drawn, company);
}

}
