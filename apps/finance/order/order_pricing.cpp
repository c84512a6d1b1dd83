#include "apps/finance/order/order_pricing.h"

#include "apps/catalog/product/product_table.h"
#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/order/order_charge_table.h"
#include "apps/finance/order/order_discount_table.h"
#include "apps/finance/pricing/document_pricing.h"
#include "core/text.h"
#include "platform/pipeline/read_context.h"
#include "platform/pipeline/registry.h"

#include <algorithm>

namespace cashline::finance {

namespace {

namespace header = finance_order;
namespace order_line = finance_order_line;

CustomerTerms terms_of_order(Row const& order, Row const& customer)
{
    auto terms = terms_of(customer);
    terms.tax_group = order.text_or(header::tax_group, terms.tax_group);
    terms.prices_include_tax =
        order.get(header::prices_include_tax).value_or(terms.prices_include_tax);
    return terms;
}

Result<std::vector<Row>> products_of(Reader& reader, std::vector<Row> const& lines)
{
    std::vector<Value> numbers;
    for (auto const& line : lines) {
        if (auto const item = line.get(order_line::item)) {
            numbers.emplace_back(*item);
        }
    }
    if (numbers.empty()) {
        return std::vector<Row> {};
    }
    return reader.query(Query::from(product::table)
            .select({ product::number })
            .where(is_in(product::number, std::move(numbers))));
}

Result<catalog::PriceLine> price_line_of(Row const& line, std::vector<Row> const& products)
{
    catalog::PriceLine asked { .description = line.text_or(order_line::description),
        .quantity = line.get(order_line::ordered).value_or(Decimal {}),
        .price_quantity = line.get(order_line::price_quantity).value_or(Decimal::from(1)),
        .discount_typed = TRY(whole_line_discount(line)) };
    auto const found = std::ranges::find(products, line.text_or(order_line::item),
        [](Row const& row) { return row.text_or(product::number); });
    if (found != products.end()) {
        asked.product = found->id();
    }
    if (auto const price = line.get(order_line::price)) {
        asked.price_typed = price->to_decimal();
    }
    return asked;
}

Row discount_row(Row const& order, std::int64_t number, catalog::DiscountInput const& discount)
{
    Row row(order_discount::table);
    row.set(order_discount::company, order.text_or(header::company))
        .set(order_discount::order, order.id())
        .set(order_discount::line_number, number)
        .set(order_discount::code, discount.code)
        .set(order_discount::label, discount.label)
        .set(order_discount::is_coupon, discount.is_coupon)
        .set(order_discount::percent, discount.percent);
    if (!discount.percent) {
        row.set(order_discount::amount, discount.amount);
    }
    return row;
}

Result<std::vector<Row>> discount_rows(Reader& reader, Id order)
{
    return reader.query(Query::from(order_discount::table)
            .where(order_discount::order == order)
            .order_by(order_discount::line_number));
}

// The lines a discount may touch, from the items it names; empty for all.
std::vector<std::size_t> lines_named(std::string const& items, std::vector<Row> const& lines)
{
    std::vector<std::size_t> places;
    auto const numbers = text::split(items, '\n');
    for (std::size_t place = 0; place < lines.size() && !items.empty(); ++place) {
        auto const item = lines[place].text_or(order_line::item);
        if (std::ranges::find(numbers, item) != numbers.end()) {
            places.push_back(place);
        }
    }
    return places;
}

std::string items_named(std::vector<std::size_t> const& places, std::vector<Row> const& lines)
{
    std::string items;
    for (auto const place : places) {
        items += (items.empty() ? "" : "\n") + lines[place].text_or(order_line::item);
    }
    return items;
}

Result<void> remove_all(Unit& unit, Query const& query)
{
    for (auto const& row : TRY(unit.query(query))) {
        TRY(unit.remove(query.table, row.id()));
    }
    return {};
}

Result<void> save_discounts(OrderWork& work, PricedOrder const& order)
{
    TRY(remove_all(work.unit,
        Query::from(order_discount::table).where(order_discount::order == work.order.id())));
    for (std::size_t place = 0; place < order.input.discounts.size(); ++place) {
        auto const& discount = order.input.discounts[place];
        auto row = discount_row(work.order, static_cast<std::int64_t>(place) + 1, discount);
        row.set(order_discount::items, items_named(discount.lines, work.lines))
            .set(order_discount::taken, order.priced.discounts[place].entered)
            .set(order_discount::invoiced, Amount {});
        TRY(work.unit.create(std::move(row)));
    }
    return {};
}

Result<void> save_charges(OrderWork& work, PricedOrder const& order)
{
    TRY(remove_all(
        work.unit, Query::from(order_charge::table).where(order_charge::order == work.order.id())));
    auto const rules = TRY(load_charge_rules(work.unit, work.books.code));
    std::int64_t number = 0;
    for (auto const& charge : order.priced.charges) {
        auto const rule = std::ranges::find(rules, charge.code, &ChargeRule::code);
        auto const entered =
            order.priced.prices_include_tax ? TRY(charge.net.plus(charge.tax)) : charge.net;
        Row row(order_charge::table);
        row.set(order_charge::company, work.books.code)
            .set(order_charge::order, work.order.id())
            .set(order_charge::line_number, ++number)
            .set(order_charge::code, charge.code)
            .set(order_charge::label, charge.label)
            .set(order_charge::amount, entered);
        if (rule != rules.end()) {
            row.set(order_charge::tax_item_group, rule->tax_item_group);
        }
        TRY(work.unit.create(std::move(row)));
    }
    return {};
}

// Whether prices include tax is the customer's way on the day the order comes.
Result<void> keep_price_terms(Unit& unit, Change& change)
{
    if (!change.values.is_null(header::prices_include_tax)) {
        return {};
    }
    auto elevated = unit.elevated();
    auto const customer = TRY(find_customer(elevated, change.values.text_or(header::company),
        change.values.text_or(header::customer_account)));
    if (customer) {
        change.values.set(header::prices_include_tax,
            customer->get(finance_customer::prices_include_tax).value_or(false));
    }
    return {};
}

// What another system delivered long ago is delivered; no document, stock or voucher says so here.
Result<void> history_is_delivered(Unit& unit, Change& change)
{
    if (!change.values.get(header::is_history).value_or(false)) {
        return {};
    }
    return unit.elevated().update(header::table, change.id,
        Row(header::table)
            .set(header::processing_status, FinanceOrderProcessingStatus::delivered)
            .set(header::order_status, order_status(FinanceOrderProcessingStatus::delivered)));
}

Result<void> history_line_is_delivered(Unit& unit, Change& change)
{
    auto const after = change.after();
    auto const order = after.get(order_line::order);
    auto elevated = unit.elevated();
    auto const parent = order ? TRY(elevated.find(header::table, order->id, { header::is_history }))
                              : std::optional<Row> {};
    if (parent && parent->get(header::is_history).value_or(false)) {
        auto const ordered = after.get(order_line::ordered);
        change.values.set(order_line::picked, ordered)
            .set(order_line::packed, ordered)
            .set(order_line::line_status, FinanceOrderLineLineStatus::delivered);
    }
    return {};
}

// A coupon counts as it is on the day the order comes.
Result<void> grant_coupons(Unit& unit, Change& change)
{
    auto const order = change.after();
    auto const codes = order.text_or(header::coupons);
    auto const* registry = unit.context().registry;
    auto* port = registry->find_port<catalog::Coupons>();
    if (codes.empty() || order.get(header::is_history).value_or(false) || !port) {
        return {};
    }
    auto elevated = unit.elevated();
    auto const books = TRY(books_of(elevated, order.text_or(header::company)));
    auto const customer =
        TRY(customer_row(elevated, books.code, order.text_or(header::customer_account)));
    auto const currency = TRY(currency_by_code(elevated, order.text_or(header::currency_code)));
    std::int64_t number = 0;
    for (auto const part : text::split(codes, ',')) {
        auto const found = TRY(port->coupon(elevated,
            { .code = std::string(text::trim(part)),
                .company = books.party,
                .customer = customer.get(finance_customer::party),
                .currency = currency.id,
                .date = unit.today() }));
        auto row = discount_row(order, ++number,
            { .code = found.code,
                .label = found.label,
                .percent = found.percent,
                .amount = found.amount,
                .is_coupon = true });
        std::string items;
        for (auto const& product_id : found.products) {
            auto const product_row =
                TRY(elevated.retrieve(product::table, product_id, { product::number }));
            items += (items.empty() ? "" : "\n") + product_row.text_or(product::number);
        }
        row.set(order_discount::items, items);
        TRY(elevated.create(std::move(row)));
    }
    return {};
}

}

Result<std::vector<GrantedDiscount>> granted_discounts(
    Reader& reader, Id order, std::vector<Row> const& lines)
{
    std::vector<GrantedDiscount> granted;
    auto elevated = reader.elevated_reader();
    for (auto const& row : TRY(discount_rows(elevated, order))) {
        auto const items = row.text_or(order_discount::items);
        auto places = lines_named(items, lines);
        if (!items.empty() && places.empty()) {
            continue; // None of its items is on the order any more.
        }
        catalog::DiscountInput input { .code = row.text_or(order_discount::code),
            .label = row.text_or(order_discount::label),
            .percent = row.get(order_discount::percent),
            .amount = row.amount_or_zero(order_discount::amount),
            .lines = std::move(places),
            .is_coupon = row.get(order_discount::is_coupon).value_or(false) };
        granted.push_back({ row, std::move(input) });
    }
    return granted;
}

Result<PricedOrder> price_order(Reader& reader, Row const& order, std::vector<Row> const& lines)
{
    auto elevated = reader.elevated_reader();
    auto const books = TRY(books_of(elevated, order.text_or(header::company)));
    auto const customer =
        TRY(customer_row(elevated, books.code, order.text_or(header::customer_account)));
    auto const products = TRY(products_of(elevated, lines));
    catalog::PriceRequest request { .company = books.party,
        .customer = customer.get(finance_customer::party),
        .currency = TRY(currency_by_code(elevated, order.text_or(header::currency_code))).id,
        .date = reader.today(),
        .discount_typed = order.amount_or_zero(header::discount_amount),
        .discount_percent = order.get(header::discount_percentage),
        .delivery_mode = order.text_or(header::delivery_mode) };
    KnownTerms known { .terms = terms_of_order(order, customer) };
    for (auto const& line : lines) {
        request.lines.push_back(TRY(price_line_of(line, products)));
        known.tax_item_groups.push_back(line.text_or(order_line::tax_item_group));
    }
    for (auto& granted : TRY(granted_discounts(elevated, order.id(), lines))) {
        if (granted.input.is_coupon) {
            known.coupons.push_back(std::move(granted.input));
        }
    }
    DocumentPricing pricing(elevated, request, &known);
    PricedOrder result { .input = TRY(pricing.input()) };
    result.priced = TRY(catalog::calculate(result.input));
    return result;
}

Result<void> save_pricing(OrderWork& work, PricedOrder const& order)
{
    for (std::size_t place = 0; place < work.lines.size(); ++place) {
        auto const& priced = order.priced.lines[place];
        TRY(work.unit.update(order_line::table, work.lines[place].id(),
            Row(order_line::table)
                .set(order_line::price, TRY(Amount::from(priced.price, 4, Rounding::half_away)))
                .set(order_line::price_quantity, priced.price_quantity)
                .set(order_line::amount, priced.net)
                .set(order_line::tax, priced.tax)));
    }
    TRY(save_discounts(work, order));
    TRY(save_charges(work, order));
    return work.unit.update(header::table, work.order.id(),
        Row(header::table)
            .set(header::total_line_amount, order.priced.net)
            .set(header::total_discount, order.priced.discount)
            .set(header::total_charge, order.priced.charge)
            .set(header::total_tax, order.priced.tax)
            .set(header::total, order.priced.gross));
}

void register_order_pricing(Registry& registry)
{
    registry.before(Operation::create, header::table, keep_price_terms);
    registry.after(Operation::create, header::table, grant_coupons);
    registry.after(Operation::create, header::table, history_is_delivered);
    registry.before_save(order_line::table, history_line_is_delivered, { order_line::ordered });
}

}
