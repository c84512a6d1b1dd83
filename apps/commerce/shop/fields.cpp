#include "apps/commerce/shop/fields.h"

#include "core/check.h"

#include <algorithm>

namespace cashline::commerce {

namespace {

std::string described_by(Field const& field)
{
    std::string ids;
    if (!field.error.empty()) {
        ids = field.name + "-error";
    }
    if (!field.hint.empty()) {
        ids += (ids.empty() ? "" : " ") + field.name + "-hint";
    }
    return ids;
}

json::Array choices_json(Field const& field)
{
    json::Array list;
    for (auto const& choice : field.choices) {
        json::Value item { json::Object {} };
        item.set("key", choice.key);
        item.set("text", choice.text);
        item.set("is_chosen", choice.key == field.value);
        list.push_back(std::move(item));
    }
    return list;
}

json::Value field_json(Field const& field)
{
    json::Value item { json::Object {} };
    item.set("name", field.name);
    item.set("label", field.label);
    item.set("type", field.type);
    item.set("value", field.value);
    item.set("error", field.error);
    item.set("hint", field.hint);
    item.set("autocomplete", field.autocomplete);
    item.set("max", std::to_string(field.max));
    item.set("described", described_by(field));
    item.set("is_required", field.is_required);
    item.set("is_wide", field.is_wide);
    item.set("is_area", field.type == "area");
    item.set("is_choice", field.type == "choice");
    item.set("is_input", field.type != "area" && field.type != "choice");
    item.set("choices", choices_json(field));
    return item;
}

}

json::Array fields_json(std::vector<Field> const& fields)
{
    json::Array list;
    for (auto const& field : fields) {
        list.push_back(field_json(field));
    }
    return list;
}

bool has_errors(std::vector<Field> const& fields)
{
    return std::ranges::any_of(fields, [](Field const& field) { return !field.error.empty(); });
}

json::Array errors_json(std::vector<Field> const& fields)
{
    json::Array list;
    for (auto const& field : fields) {
        if (!field.error.empty()) {
            json::Value item { json::Object {} };
            item.set("key", field.name);
            item.set("text", field.error);
            list.push_back(std::move(item));
        }
    }
    return list;
}

Field& field_named(std::vector<Field>& fields, std::string_view name)
{
    auto const found = std::ranges::find(fields, name, &Field::name);
    CHECK(found != fields.end());
    return *found;
}

}
