#include "apps/catalog/product/product_table.h"
#include "apps/catalog/unit/unit_table.h"
#include "apps/commerce/shop/frame.h"
#include "apps/commerce/shop/handlers.h"
#include "apps/commerce/shop/product_cards.h"
#include "apps/commerce/shop/range.h"
#include "apps/commerce/shop_settings/shop_settings_table.h"
#include "core/text.h"

#include <algorithm>

namespace cashline::commerce {

namespace {

constexpr std::int64_t home_products = 8;
constexpr std::size_t words_units_max = 100;

Result<json::Array> family_tiles(Reader& reader)
{
    json::Array tiles;
    for (auto const& family : TRY(families(reader))) {
        json::Value tile { json::Object {} };
        tile.set("key", text::percent_encode(family.number));
        tile.set("label", family.name);
        set_picture(tile, family.number);
        tiles.push_back(std::move(tile));
    }
    return tiles;
}

std::string count_text(std::int64_t count)
{
    return count == 1 ? "1 product" : std::to_string(count) + " products";
}

struct ProductsQuestion {
    RangeQuestion range {};
    std::string family_number {};
    std::string family_name {};
};

Result<ProductsQuestion> products_question(Reader& reader, Visit const& visit)
{
    ProductsQuestion question;
    question.range.words = text::truncate_utf16(text::trim(visit.query("q")), words_units_max);
    question.range.after = visit.query("after");
    auto const wanted = visit.query("family");
    if (wanted.empty()) {
        return question;
    }
    auto const known = TRY(families(reader));
    auto const found = std::ranges::find(known, wanted, &Family::number);
    if (found == known.end()) {
        return missing("family_unknown", "There is no such product family in the shop.");
    }
    question.range.family = found->id;
    question.family_number = found->number;
    question.family_name = found->name;
    return question;
}

std::string next_link(ProductsQuestion const& question, std::string const& next)
{
    if (next.empty()) {
        return {};
    }
    std::string link = "/shop/products?after=" + text::percent_encode(next);
    if (!question.family_number.empty()) {
        link += "&family=" + text::percent_encode(question.family_number);
    }
    if (!question.range.words.empty()) {
        link += "&q=" + text::percent_encode(question.range.words);
    }
    return link;
}

void add_fact(json::Array& facts, std::string_view label, std::string value)
{
    if (!value.empty()) {
        json::Value fact { json::Object {} };
        fact.set("text", label);
        fact.set("value", std::move(value));
        facts.push_back(std::move(fact));
    }
}

json::Array product_facts(Row const& row)
{
    json::Array facts;
    add_fact(facts, "Size", row.text_or(product::size));
    if (auto const weight = row.get(product::weight); weight && weight->sign() > 0) {
        add_fact(facts, "Weight", weight->without_trailing_zeros().to_string());
    }
    add_fact(facts, "Supplier", row.text_or(product::supplier));
    return facts;
}

Result<json::Value> family_of(Reader& reader, Row const& row)
{
    auto const reference = row.get(product::family);
    auto const family = reference ? TRY(reader.find(product::table, reference->id)) : std::nullopt;
    if (!family) {
        return json::Value(false);
    }
    json::Value value { json::Object {} };
    value.set("key", text::percent_encode(family->text_or(product::number)));
    value.set("label", family->text_or(product::name));
    return value;
}

Result<std::string> unit_name(Reader& reader, Row const& row)
{
    auto const reference = row.get(product::default_unit);
    auto const found = reference ? TRY(reader.find(unit::table, reference->id)) : std::nullopt;
    return found ? text::to_lower_ascii(found->text_or(unit::name)) : std::string("unit");
}

Result<void> fill_product(Reader& reader, Visit const& visit, Row const& row, json::Value& page)
{
    auto const shown = TRY(shown_prices(reader, visit, { row })).front();
    auto const number = row.text_or(product::number);
    page.set("title", row.text_or(product::name));
    page.set("label", row.text_or(product::name));
    page.set("number", number);
    page.set("key", text::percent_encode(number));
    page.set("here", text::percent_encode(product_url(row)));
    page.set("family", TRY(family_of(reader, row)));
    page.set("unit", TRY(unit_name(reader, row)));
    page.set("price", shown.price);
    page.set("was", shown.was);
    page.set("is_agreed", shown.is_agreed);
    page.set("description", row.text_or(product::description));
    auto facts = product_facts(row);
    page.set("facts_any", !facts.empty());
    page.set("facts", std::move(facts));
    page.set("notice", visit.query("added").empty() ? "" : "It is in your cart.");
    set_picture(page, number);
    return {};
}

}

Result<http::Response> home_page(ShopState& shop, Visit const& visit)
{
    return show_page(shop, visit, { .name = "home", .title = "Welcome" },
        [&](Reader& reader, json::Value& page) -> Result<void> {
            auto const settings = TRY(reader.first(
                Query::from(shop_settings::table).order_by(shop_settings::created_on)));
            auto const tagline = settings ? settings->text_or(shop_settings::tagline) : "";
            page.set("headline", tagline.empty() ? "Welcome" : tagline);
            page.set("welcome", settings ? settings->text_or(shop_settings::welcome) : "");
            auto tiles = TRY(family_tiles(reader));
            page.set("has_families", !tiles.empty());
            page.set("tiles", std::move(tiles));
            auto const range = TRY(range_page(reader, { .page_size = home_products }));
            page.set("products", TRY(product_cards(reader, visit, range.products)));
            page.set("notice", visit.query("bye").empty() ? "" : "You are signed out.");
            return {};
        });
}

Result<http::Response> products_page(ShopState& shop, Visit const& visit)
{
    return show_page(shop, visit,
        { .name = "products",
            .title = "Products",
            .is_private = !visit.query("q").empty() || !visit.query("after").empty() },
        [&](Reader& reader, json::Value& page) -> Result<void> {
            auto const question = TRY(products_question(reader, visit));
            auto const range = TRY(range_page(reader, question.range));
            auto const& words = question.range.words;
            auto const heading =
                question.family_name.empty() ? std::string("Products") : question.family_name;
            page.set("title", heading);
            page.set("heading", heading);
            page.set(
                "found", count_text(range.count) + (words.empty() ? "" : " for “" + words + "”"));
            page.set("is_empty", range.products.empty());
            page.set("empty",
                words.empty() ? "There is nothing here yet."
                              : "We found nothing for “" + words
                        + "”. Try fewer words, or the number of the product.");
            page.set("products", TRY(product_cards(reader, visit, range.products)));
            page.set("next", next_link(question, range.next));
            return {};
        });
}

Result<http::Response> product_page(ShopState& shop, Visit const& visit)
{
    return show_page(shop, visit, { .name = "product", .title = "Product" },
        [&](Reader& reader, json::Value& page) -> Result<void> {
            auto const row = TRY(find_product(reader, visit.rest));
            if (!row) {
                return missing("product_unknown",
                    "This product is not in the shop. It may have left our range.");
            }
            return fill_product(reader, visit, *row, page);
        });
}

}
