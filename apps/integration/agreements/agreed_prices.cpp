#include "apps/integration/agreements/agreed_prices.h"

#include "apps/catalog/product/product_table.h"
#include "apps/catalog/unit/unit_table.h"
#include "apps/finance/pricing/trade_agreement_table.h"
#include "apps/parties/account/account_table.h"
#include "apps/parties/company/company_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/parties/currency/currency_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/opportunity_close/opportunity_close_table.h"
#include "apps/sales/opportunity_product/opportunity_product_table.h"
#include "apps/sales/quote/quote_table.h"
#include "apps/sales/quote_line/quote_line_table.h"

namespace cashline::integration {

namespace {

struct AgreedPrice {
    Id product {};
    std::optional<Lookup> unit {};
    Amount price {};
};

struct Deal {
    std::string customer_account {};
    std::string company {};
    std::string currency {};
    std::string origin {};
    std::vector<AgreedPrice> prices {};
};

std::optional<AgreedPrice> price_in(Row const& line, LookupColumn const& product,
    LookupColumn const& unit, MoneyColumn const& price)
{
    auto const item = line.get(product);
    auto const amount = line.get(price);
    if (!item || !amount) {
        return std::nullopt;
    }
    return AgreedPrice { item->id, line.get(unit), *amount };
}

Result<void> read_customer(Unit& elevated, Row const& opportunity_row, Deal& deal)
{
    auto const customer = opportunity_row.get(opportunity::customer);
    if (!customer) {
        return {};
    }
    std::optional<Lookup> company;
    if (customer->table == account::table) {
        auto const row = TRY(
            elevated.retrieve(account::table, customer->id, { account::number, account::company }));
        deal.customer_account = row.text_or(account::number);
        company = row.get(account::company);
    } else {
        auto const row = TRY(
            elevated.retrieve(contact::table, customer->id, { contact::number, contact::company }));
        deal.customer_account = row.text_or(contact::number);
        company = row.get(contact::company);
    }
    if (company) {
        deal.company = TRY(elevated.retrieve(company::table, company->id, { company::code }))
                           .text_or(company::code);
    }
    if (auto const coin = opportunity_row.get(opportunity::currency)) {
        deal.currency = TRY(elevated.retrieve(currency::table, coin->id, { currency::code }))
                            .text_or(currency::code);
    }
    return {};
}

Result<void> read_prices(Unit& elevated, Row const& opportunity_row, Deal& deal)
{
    auto const won = TRY(elevated.first(Query::from(quote::table)
            .where(quote::opportunity == opportunity_row.id() && quote::state == QuoteState::won)
            .order_by_descending(quote::closed_on)));
    std::vector<std::optional<AgreedPrice>> found;
    if (won) {
        deal.origin = "Quote " + won->text_or(quote::number);
        for (auto const& line : TRY(elevated.query(
                 Query::from(quote_line::table).where(quote_line::quote == won->id())))) {
            found.push_back(
                price_in(line, quote_line::product, quote_line::unit, quote_line::price_per_unit));
        }
    } else {
        deal.origin = "Opportunity " + opportunity_row.text_or(opportunity::topic).substr(0, 80);
        for (auto const& line : TRY(elevated.query(Query::from(opportunity_product::table)
                     .where(opportunity_product::opportunity == opportunity_row.id())))) {
            found.push_back(price_in(line, opportunity_product::product, opportunity_product::unit,
                opportunity_product::price_per_unit));
        }
    }
    for (auto& price : found) {
        if (price) {
            deal.prices.push_back(*price);
        }
    }
    return {};
}

// An older agreement for the same item ends the day before, so that one price counts on any day.
Result<void> end_older(Unit& elevated, Deal const& deal, std::string const& item)
{
    auto const older = TRY(elevated.query(Query::from(trade_agreement::table)
            .where(trade_agreement::company == deal.company
                && trade_agreement::account == deal.customer_account
                && trade_agreement::item == item && trade_agreement::currency_code == deal.currency
                && trade_agreement::relation == TradeAgreementRelation::price
                && is_null(trade_agreement::to))));
    for (auto const& row : older) {
        TRY(elevated.update(trade_agreement::table, row.id(),
            Row {}.set(trade_agreement::to, elevated.today().plus_days(-1))));
    }
    return {};
}

Result<void> keep_price(Unit& elevated, Deal const& deal, AgreedPrice const& price)
{
    auto const item = TRY(elevated.retrieve(product::table, price.product, { product::number }))
                          .text_or(product::number);
    TRY(end_older(elevated, deal, item));
    Row row(trade_agreement::table);
    row.set(trade_agreement::company, deal.company)
        .set(trade_agreement::name, "Agreed: " + item)
        .set(trade_agreement::relation, TradeAgreementRelation::price)
        .set(trade_agreement::account_scope, TradeAgreementAccountScope::one)
        .set(trade_agreement::account, deal.customer_account)
        .set(trade_agreement::item_scope, TradeAgreementItemScope::one)
        .set(trade_agreement::item, item)
        .set(trade_agreement::currency_code, deal.currency)
        .set(trade_agreement::from, elevated.today())
        .set(trade_agreement::price, price.price)
        .set(trade_agreement::origin, deal.origin);
    if (price.unit) {
        auto const symbol = TRY(elevated.retrieve(unit::table, price.unit->id, { unit::name }));
        row.set(trade_agreement::unit, symbol.get(unit::name));
    }
    TRY(elevated.create(std::move(row)));
    return {};
}

}

Result<void> keep_agreed_prices(Unit& unit, sales::WinOpportunity const& request, NoReply const&)
{
    auto const target = request.close.get(opportunity_close::opportunity);
    if (!target) {
        return {};
    }
    auto elevated = unit.elevated();
    auto const opportunity_row = TRY(elevated.retrieve(opportunity::table, target->id));
    Deal deal;
    TRY(read_customer(elevated, opportunity_row, deal));
    TRY(read_prices(elevated, opportunity_row, deal));
    if (deal.customer_account.empty() || deal.company.empty()) {
        return {};
    }
    for (auto const& price : deal.prices) {
        TRY(keep_price(elevated, deal, price));
    }
    return {};
}

}
