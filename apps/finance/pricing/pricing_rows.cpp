#include "apps/finance/pricing/pricing_rows.h"

#include "apps/finance/pricing/auto_charge_table.h"
#include "apps/finance/pricing/trade_agreement_table.h"

namespace cashline::finance {

namespace {

static_assert(static_cast<int>(TradeAgreementRelation::total_discount)
    == static_cast<int>(Relation::total_discount));
static_assert(static_cast<int>(TradeAgreementAccountScope::all) == static_cast<int>(Scope::all));
static_assert(static_cast<int>(TradeAgreementItemScope::all) == static_cast<int>(Scope::all));
static_assert(static_cast<int>(AutoChargeAccountScope::all) == static_cast<int>(Scope::all));
static_assert(static_cast<int>(AutoChargeDeliveryScope::all) == static_cast<int>(Scope::all));
static_assert(static_cast<int>(AutoChargeKind::per_piece)
    == static_cast<int>(catalog::ChargeKind::per_piece));

// The values of a scope's relation that could concern this document; the empty text stands in for
// "all" and keeps the list from being empty.
void add_value(std::vector<Value>& values, std::string const& text)
{
    if (!text.empty()) {
        values.emplace_back(text);
    }
}

std::vector<Value> account_values(CustomerTerms const& terms)
{
    std::vector<Value> values;
    add_value(values, terms.account);
    add_value(values, terms.price_group);
    add_value(values, terms.line_discount_group);
    add_value(values, terms.multiline_discount_group);
    add_value(values, terms.total_discount_group);
    return values;
}

std::vector<Value> item_values(std::span<ItemFacts const> items)
{
    std::vector<Value> values;
    for (auto const& item : items) {
        add_value(values, item.number);
        add_value(values, item.line_discount_group);
        add_value(values, item.multiline_discount_group);
    }
    return values;
}

Filter one_of(Filter for_all, ColumnHandle const& column, std::vector<Value> values)
{
    return values.empty() ? std::move(for_all) : std::move(for_all) || is_in(column, values);
}

Agreement agreement_of(Row const& row)
{
    namespace columns = trade_agreement;
    auto const relation = row.get(columns::relation).value_or(TradeAgreementRelation::price);
    auto const account = row.get(columns::account_scope).value_or(TradeAgreementAccountScope::all);
    auto const item = row.get(columns::item_scope).value_or(TradeAgreementItemScope::all);
    return { .id = row.id(),
        .name = row.text_or(columns::name),
        .relation = static_cast<Relation>(relation),
        .account_scope = static_cast<Scope>(account),
        .account = row.text_or(columns::account),
        .item_scope = static_cast<Scope>(item),
        .item = row.text_or(columns::item),
        .quantity_from = row.get(columns::quantity_from).value_or(Decimal {}),
        .quantity_to = row.get(columns::quantity_to),
        .unit = row.text_or(columns::unit),
        .currency = row.text_or(columns::currency_code),
        .from = row.get(columns::from),
        .to = row.get(columns::to),
        .price = row.amount_or_zero(columns::price).to_decimal(),
        .price_quantity = row.get(columns::price_quantity).value_or(Decimal::from(1)),
        .fixed_charge = row.amount_or_zero(columns::fixed_charge),
        .unit_discount = row.amount_or_zero(columns::unit_discount).to_decimal(),
        .percent1 = row.get(columns::percent1).value_or(Decimal {}),
        .percent2 = row.get(columns::percent2).value_or(Decimal {}),
        .find_next = row.get(columns::find_next).value_or(false) };
}

ChargeRule charge_of(Row const& row)
{
    namespace columns = auto_charge;
    return { .id = row.id(),
        .code = row.text_or(columns::code),
        .label = row.text_or(columns::label),
        .account_scope = static_cast<Scope>(
            row.get(columns::account_scope).value_or(AutoChargeAccountScope::all)),
        .account = row.text_or(columns::account),
        .delivery_scope = static_cast<Scope>(
            row.get(columns::delivery_scope).value_or(AutoChargeDeliveryScope::all)),
        .delivery_mode = row.text_or(columns::delivery_mode),
        .currency = row.text_or(columns::currency_code),
        .kind = static_cast<catalog::ChargeKind>(
            row.get(columns::kind).value_or(AutoChargeKind::fixed)),
        .value = row.get(columns::value).value_or(Decimal {}),
        .amount_max = row.get(columns::amount_max),
        .amount_from = row.amount_or_zero(columns::amount_from),
        .amount_to = row.get(columns::amount_to),
        .tax_item_group = row.text_or(columns::tax_item_group) };
}

}

Result<std::vector<Agreement>> load_agreements(Reader& reader, std::string_view company,
    CustomerTerms const& terms, std::span<ItemFacts const> items)
{
    auto elevated = reader.elevated_reader();
    auto const accounts = one_of(trade_agreement::account_scope == TradeAgreementAccountScope::all,
        trade_agreement::account, account_values(terms));
    auto const goods = one_of(trade_agreement::item_scope == TradeAgreementItemScope::all,
        trade_agreement::item, item_values(items));
    auto const rows = TRY(elevated.query(Query::from(trade_agreement::table)
            .where(trade_agreement::company == company && accounts && goods)
            .order_by_descending(trade_agreement::created_on)));
    std::vector<Agreement> agreements;
    for (auto const& row : rows) {
        agreements.push_back(agreement_of(row));
    }
    return agreements;
}

Result<std::vector<ChargeRule>> load_charge_rules(Reader& reader, std::string_view company)
{
    auto elevated = reader.elevated_reader();
    std::vector<ChargeRule> rules;
    for (auto const& row : TRY(elevated.query(
             Query::from(auto_charge::table).where(auto_charge::company == company)))) {
        rules.push_back(charge_of(row));
    }
    return rules;
}

}
