#include "apps/commerce/shop/product_cards.h"

#include "apps/catalog/product/product_table.h"
#include "apps/commerce/shop/customer_prices.h"
#include "apps/commerce/shop/texts.h"
#include "apps/commerce/shop_settings/shop_settings_table.h"
#include "core/text.h"

#include <map>

namespace cashline::commerce {

namespace {

constexpr std::uint32_t tints = 6;

Result<bool> shows_list_prices(Reader& reader)
{
    auto const row = TRY(reader.elevated_reader().first(
        Query::from(shop_settings::table).order_by(shop_settings::created_on)));
    return !row || row->get(shop_settings::shows_prices).value_or(true);
}

// Each product may be priced in a currency of its own.
class ListPrices {
public:
    explicit ListPrices(Reader& reader) : m_reader(reader) { }

    Result<std::string> text(Row const& product)
    {
        auto const price = product.get(product::list_price);
        if (!price || price->is_zero()) {
            return std::string {};
        }
        auto const reference = product.get(product::currency);
        auto const currency = reference ? reference->id : Id {};
        auto found = m_texts.find(currency);
        if (found == m_texts.end()) {
            found = m_texts.emplace(currency, TRY(money_texts(m_reader, currency))).first;
        }
        return found->second.amount(*price);
    }

private:
    Reader& m_reader;
    std::map<Id, MoneyTexts> m_texts {};
};

std::uint32_t number_hash(std::string_view number)
{
    std::uint32_t hash = 2'166'136'261U; // FNV-1a
    for (auto const c : number) {
        hash = (hash ^ static_cast<std::uint8_t>(c)) * 16'777'619U;
    }
    return hash;
}

Result<std::vector<ShownPrice>> list_prices(Reader& reader, std::vector<Row> const& products)
{
    std::vector<ShownPrice> shown;
    auto const is_shown = TRY(shows_list_prices(reader));
    ListPrices lists(reader);
    for (auto const& product : products) {
        shown.push_back({ .price = is_shown ? TRY(lists.text(product)) : std::string {} });
    }
    return shown;
}

}

Result<std::vector<ShownPrice>> shown_prices(
    Reader& reader, Visit const& visit, std::vector<Row> const& products)
{
    if (!visit.buyer) {
        return list_prices(reader, products);
    }
    auto const own = TRY(customer_prices(reader, *visit.buyer, products));
    auto const money = TRY(money_texts(reader, own.currency));
    ListPrices lists(reader);
    std::vector<ShownPrice> shown;
    for (std::size_t at = 0; at < products.size(); ++at) {
        ShownPrice one { .is_agreed = own.is_agreed[at] };
        if (own.prices[at]) {
            one.price = money.price(*own.prices[at]);
            auto const list = TRY(lists.text(products[at]));
            one.was = list == one.price ? "" : list;
        }
        shown.push_back(std::move(one));
    }
    return shown;
}

void set_picture(json::Value& item, std::string_view number)
{
    auto const hash = number_hash(number);
    item.set("tint", std::to_string(hash % tints));
    item.set("sun", std::to_string(60 + hash / tints % 200));
}

std::string product_url(Row const& product)
{
    return "/shop/products/" + text::percent_encode(product.text_or(product::number));
}

Result<json::Array> product_cards(
    Reader& reader, Visit const& visit, std::vector<Row> const& products)
{
    auto const prices = TRY(shown_prices(reader, visit, products));
    json::Array cards;
    for (std::size_t at = 0; at < products.size(); ++at) {
        auto const& row = products[at];
        json::Value card { json::Object {} };
        card.set("url", product_url(row));
        card.set("label", row.text_or(product::name));
        card.set("number", row.text_or(product::number));
        card.set("price", prices[at].price);
        card.set("was", prices[at].was);
        set_picture(card, row.text_or(product::number));
        cards.push_back(std::move(card));
    }
    return cards;
}

}
