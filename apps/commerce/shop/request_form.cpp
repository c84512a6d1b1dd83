#include "apps/commerce/shop/request_form.h"

#include "core/text.h"

#include <algorithm>

namespace cashline::commerce {

namespace {

std::vector<Field> blank_fields(std::vector<Choice> wishes)
{
    std::vector<Field> fields {
        { .name = "firstname",
            .label = "First name",
            .autocomplete = "given-name",
            .max = 50,
            .is_required = true },
        { .name = "lastname",
            .label = "Last name",
            .autocomplete = "family-name",
            .max = 50,
            .is_required = true },
        { .name = "company",
            .label = "Company",
            .autocomplete = "organization",
            .max = 100,
            .is_required = true },
        { .name = "email",
            .label = "E-mail",
            .type = "email",
            .autocomplete = "email",
            .max = 100,
            .is_required = true },
        { .name = "phone", .label = "Phone", .type = "tel", .autocomplete = "tel", .max = 50 },
        { .name = "country", .label = "Country", .autocomplete = "country-name", .max = 80 },
        { .name = "city", .label = "City", .autocomplete = "address-level2", .max = 80 },
    };
    wishes.insert(wishes.begin(), Choice { "", "Nothing particular" });
    fields.push_back({ .name = "product",
        .label = "Product of interest",
        .type = "choice",
        .choices = std::move(wishes) });
    fields.push_back({ .name = "message",
        .label = "What would you like to buy?",
        .type = "area",
        .hint = "Products, quantities, when and where. Plain text.",
        .max = 2'000,
        .is_required = true,
        .is_wide = true });
    return fields;
}

bool has_control_characters(std::string_view text, bool may_break_lines)
{
    return std::ranges::any_of(text, [&](char c) {
        auto const is_break = c == '\n' || c == '\r' || c == '\t';
        return (static_cast<unsigned char>(c) < 0x20 && !(is_break && may_break_lines))
            || c == 0x7f;
    });
}

// Browsers send line breaks as CR LF.
std::string with_plain_breaks(std::string_view typed)
{
    std::string text;
    for (auto const c : typed) {
        if (c != '\r') {
            text += c;
        }
    }
    return text;
}

bool has_choice(Field const& field, std::string_view key)
{
    return std::ranges::find(field.choices, key, &Choice::key) != field.choices.end();
}

std::string problem_of(Field const& field)
{
    auto const label = text::to_lower_ascii(field.label);
    if (field.value.empty()) {
        return !field.is_required     ? ""
            : field.name == "message" ? "Please tell us what you would like to buy."
                                      : "Please enter your " + label + ".";
    }
    if (!text::is_valid_utf8(field.value)
        || has_control_characters(field.value, field.type == "area")) {
        return "Please use plain text only.";
    }
    if (text::length_utf16(field.value) > field.max) {
        return "This is too long: at most " + std::to_string(field.max) + " characters.";
    }
    if (field.type == "email" && !text::is_email_address(field.value)) {
        return "This does not look like an e-mail address, such as name@company.com.";
    }
    if (field.type == "choice" && !has_choice(field, field.value)) {
        return "Please choose one of the products in the list.";
    }
    return {};
}

}

PartnerRequest RequestForm::request() const
{
    auto const value = [&](std::string_view name) {
        return std::ranges::find(fields, name, &Field::name)->value;
    };
    PartnerRequest request { .first_name = value("firstname"),
        .last_name = value("lastname"),
        .company = value("company"),
        .email = value("email"),
        .phone = value("phone"),
        .country = value("country"),
        .city = value("city"),
        .message = value("message") };
    auto const& wish = *std::ranges::find(fields, "product", &Field::name);
    auto const chosen = std::ranges::find(wish.choices, wish.value, &Choice::key);
    if (!wish.value.empty() && chosen != wish.choices.end()) {
        request.product = chosen->text;
    }
    return request;
}

RequestForm read_request_form(http::Form const& form, std::vector<Choice> wishes)
{
    RequestForm read { blank_fields(std::move(wishes)) };
    for (auto& field : read.fields) {
        field.value = std::string(text::trim(with_plain_breaks(form.text(field.name))));
        field.error = problem_of(field);
    }
    return read;
}

RequestForm empty_request_form(std::vector<Choice> wishes, std::string_view product)
{
    RequestForm empty { blank_fields(std::move(wishes)) };
    auto& wish = field_named(empty.fields, "product");
    if (has_choice(wish, product)) {
        wish.value = std::string(product);
    }
    return empty;
}

}
