#include "apps/commerce/shop/customer_prices.h"

#include "apps/catalog/product/product_table.h"
#include "apps/parties/account/account_table.h"
#include "apps/parties/api.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/api.h"

namespace cashline::commerce {

namespace {

Result<std::optional<Id>> company_of(Reader& reader, Lookup customer)
{
    auto const is_account = customer.table == account::table;
    auto const row = TRY(reader.find(customer.table, customer.id));
    auto const company =
        row ? row->get(is_account ? account::company : contact::company) : std::optional<Lookup> {};
    return company ? std::optional(company->id) : TRY(parties::default_company(reader));
}

catalog::PriceLine one_of(Row const& product)
{
    return { .product = product.id(), .description = product.text_or(product::name) };
}

void take(CustomerPrices& prices, catalog::PricedLine const& line)
{
    prices.prices.emplace_back(line.price);
    prices.is_agreed.push_back(line.price_source.contains("agreement"));
}

}

Result<catalog::PriceRequest> price_question(Reader& reader, Buyer const& buyer)
{
    auto elevated = reader.elevated_reader();
    auto const customer = buyer.customer();
    auto const terms = TRY(sales::usual_terms(elevated, customer));
    catalog::PriceRequest request { .customer = customer.id, .date = reader.today() };
    request.company = TRY(company_of(elevated, customer)).value_or(Id {});
    if (terms.currency) {
        request.currency = terms.currency->id;
    }
    if (terms.price_list) {
        request.price_list = terms.price_list->id;
    }
    return request;
}

Result<CustomerPrices> customer_prices(
    Reader& reader, Buyer const& buyer, std::vector<Row> const& products)
{
    auto elevated = reader.elevated_reader();
    auto request = TRY(price_question(elevated, buyer));
    CustomerPrices found { .currency = request.currency };
    if (products.empty()) {
        return found;
    }
    for (auto const& product : products) {
        request.lines.push_back(one_of(product));
    }
    auto& port = elevated.port<catalog::Prices>();
    if (auto const all = port.quote_prices(elevated, request)) {
        for (auto const& line : all->lines) {
            take(found, line);
        }
        return found;
    }
    // One product without a price must not hide those of the others.
    for (auto const& product : products) {
        request.lines = { one_of(product) };
        auto const single = port.quote_prices(elevated, request);
        if (single && single->lines.size() == 1) {
            take(found, single->lines.front());
        } else {
            found.prices.emplace_back();
            found.is_agreed.push_back(false);
        }
    }
    return found;
}

}
