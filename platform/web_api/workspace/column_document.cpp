#include "platform/web_api/workspace/documents.h"

#include <algorithm>
#include <array>

namespace cashline::workspace {

namespace {

std::string_view type_name(ColumnType type)
{
    switch (type) {
    case ColumnType::id:
        return "id";
    case ColumnType::text:
        return "text";
    case ColumnType::memo:
        return "memo";
    case ColumnType::whole:
        return "whole";
    case ColumnType::big:
        return "big";
    case ColumnType::decimal:
        return "decimal";
    case ColumnType::money:
        return "money";
    case ColumnType::yes_no:
        return "yesno";
    case ColumnType::choice:
        return "choice";
    case ColumnType::choices:
        return "choices";
    case ColumnType::state:
        return "state";
    case ColumnType::status:
        return "status";
    case ColumnType::date:
        return "date";
    case ColumnType::date_time:
        return "datetime";
    case ColumnType::lookup:
        return "lookup";
    case ColumnType::customer:
        return "customer";
    case ColumnType::owner:
        return "owner";
    case ColumnType::party_list:
        return "party";
    case ColumnType::file:
    case ColumnType::image:
        return "id";
    }
    return "text";
}

struct PartyMask {
    std::string_view column;
    int mask;
};

// participationtypemask of the rows behind each list of participants.
constexpr std::array party_masks {
    PartyMask { "from", 1 },
    PartyMask { "to", 2 },
    PartyMask { "cc", 3 },
    PartyMask { "bcc", 4 },
    PartyMask { "requiredattendees", 5 },
    PartyMask { "optionalattendees", 6 },
    PartyMask { "organizer", 7 },
    PartyMask { "resources", 10 },
    PartyMask { "customers", 11 },
    PartyMask { "customer", 11 },
};

void add_options(json::Value& document, Column const& column)
{
    if (column.options.empty()) {
        return;
    }
    json::Array options;
    for (auto const& option : column.options) {
        json::Value entry { json::Object { { "value", option.value }, { "label", option.label } } };
        if (column.type == ColumnType::status) {
            entry.set("state", option.state);
        }
        if (!option.color.empty()) {
            entry.set("color", option.color);
        }
        options.push_back(std::move(entry));
    }
    document.set("options", std::move(options));
}

json::Array targets_of(Schema const& schema, Column const& column)
{
    json::Array targets;
    for (std::size_t at = 0; at < column.targets.size(); ++at) {
        if (auto const* table = schema.find(column.targets[at])) {
            targets.push_back(json::Object { { "table", table->name }, { "set", table->set },
                { "navigation", column.navigations[at] }, { "label", table->label } });
        }
    }
    return targets;
}

// Participants are rows of activityparty: who may be one stands there.
void add_parties(json::Value& document, Schema const& schema, Column const& column)
{
    auto const known = std::ranges::find(party_masks, column.name, &PartyMask::column);
    if (known != party_masks.end()) {
        document.set("partyMask", known->mask);
    }
    auto const* parties = schema.find("activityparty");
    auto const* party = parties ? parties->find("partyid") : nullptr;
    if (party) {
        document.set("targets", targets_of(schema, *party));
    }
}

void add_bounds(json::Value& document, Column const& column)
{
    auto const bound = [&](std::int64_t value) {
        return Decimal::from_scaled(value, column.scale).without_trailing_zeros();
    };
    if (column.max_length > 0) {
        document.set("maxLength", std::int64_t { column.max_length });
    }
    if (column.minimum) {
        document.set("min", bound(*column.minimum));
    }
    if (column.maximum) {
        document.set("max", bound(*column.maximum));
    }
    if (column.type == ColumnType::decimal) {
        document.set("precision", std::int64_t { column.scale });
    } else if (column.type == ColumnType::money) {
        document.set("precision", 2);
    }
}

bool is_read_only(Column const& column)
{
    return column.writable == Writable::never || column.is_derived || !column.calculated.empty()
        || column.type == ColumnType::id || column.type == ColumnType::file
        || column.type == ColumnType::image;
}

}

json::Value column_document(Schema const& schema, Column const& column)
{
    json::Value document { json::Object {
        { "name", column.name }, { "label", column.label }, { "type", type_name(column.type) } } };
    document.set("required", column.required == Required::yes);
    document.set("readOnly", is_read_only(column));
    if (column.writable == Writable::on_create) {
        document.set("createOnly", true);
    }
    if (!column.description.empty()) {
        document.set("description", column.description);
    }
    if (!column.format.empty()) {
        document.set("format", column.format);
    }
    add_bounds(document, column);
    add_options(document, column);
    if (column.is_lookup()) {
        document.set("targets", targets_of(schema, column));
    } else if (column.type == ColumnType::party_list) {
        add_parties(document, schema, column);
    }
    return document;
}

}
