// Amounts in the organisation's base currency, kept beside each money column: x_base = x / exchange
// rate, with the rate the row had when one of its amounts or its currency was last written.
#include "platform/pipeline/write.h"

#include <algorithm>

namespace cashline {

namespace {

std::optional<Value> first_value(
    UnitState& state, Table const& table, char const* column_name, std::string const& where)
{
    auto const* column = table.find(column_name);
    if (!column) {
        return std::nullopt;
    }
    std::optional<Value> value;
    auto const sql = "select \"" + column->name + "\" from \"" + table.name + "\"" + where;
    auto const read = state.sql().each(sql, {}, [&](SqlRow const& row) {
        if (row.is_null(0)) {
            return Walk::stop;
        }
        value = column->type == ColumnType::decimal
            ? Value(Decimal::from_scaled(row.integer(0), column->scale))
            : Value(row.id(0));
        return Walk::stop;
    });
    return read ? value : std::nullopt;
}

// The organisation's own currency: what it says, else the oldest currency that counts one for one.
Result<std::optional<Id>> base_currency(UnitState& state)
{
    if (state.base_currency) {
        return state.base_currency;
    }
    auto const& schema = state.schema();
    if (auto const* organization = schema.find("organization")) {
        if (auto const value = first_value(state, *organization, "basecurrencyid", " limit 1")) {
            state.base_currency = *value->as_id();
        }
    }
    auto const* currency = schema.find("transactioncurrency");
    auto const* rate = currency ? currency->find("exchangerate") : nullptr;
    if (!state.base_currency && rate) {
        auto const one = TRY(Decimal::from(1).to_scaled(rate->scale));
        auto const where = " where exchangerate = " + std::to_string(one)
            + " order by createdon, transactioncurrencyid limit 1";
        if (auto const value = first_value(state, *currency, "transactioncurrencyid", where)) {
            state.base_currency = *value->as_id();
        }
    }
    return state.base_currency;
}

Result<CurrencyFacts> currency_facts(UnitState& state, Id currency)
{
    if (auto const known = state.currencies.find(currency); known != state.currencies.end()) {
        return known->second;
    }
    auto const* table = state.schema().find("transactioncurrency");
    auto const* rate = table ? table->find("exchangerate") : nullptr;
    std::optional<CurrencyFacts> facts;
    if (rate) {
        TRY(state.sql().each("select exchangerate, currencyprecision from transactioncurrency "
                             "where transactioncurrencyid = ?1",
            { SqlValue { currency } }, [&](SqlRow const& row) {
                facts = CurrencyFacts { Decimal::from_scaled(row.integer(0), rate->scale),
                    static_cast<std::uint8_t>(row.is_null(1) ? 2 : row.integer(1)) };
                return Walk::stop;
            }));
    }
    if (!facts || facts->exchange_rate.sign() <= 0) {
        return invalid("InvalidCurrency",
            "The currency of the row does not exist or has no exchange rate.",
            "transactioncurrencyid");
    }
    state.currencies.emplace(currency, *facts);
    return *facts;
}

Result<Value> base_amount(Value const& amount, Decimal const& rate, std::uint8_t precision)
{
    auto const* value = amount.as_amount();
    if (!value) {
        return Value {};
    }
    // Half away from zero, to the base currency's own precision.
    auto const quotient = value->to_decimal().divided_by(
        rate, std::min<std::uint8_t>(precision, 4), Rounding::half_away);
    auto const base = quotient ? Amount::from(*quotient, 4, Rounding::half_away)
                               : Result<Amount>(std::unexpected(quotient.error()));
    if (!base) {
        return invalid(
            "BaseCurrencyOverflow", "An amount of the row is too large in the base currency.");
    }
    return Value(*base);
}

bool has_money(Write const& write)
{
    return std::ranges::any_of(
        write.plan.money, [&](MoneyPair const& pair) { return !write.now(pair.amount).is_null(); });
}

Result<void> fill_missing_currency(Write& write)
{
    auto const currency = *write.plan.currency;
    if (!write.now(currency).is_null() || (!write.is_create() && !has_money(write))) {
        return {};
    }
    auto const base = TRY(base_currency(write.state()));
    if (base) {
        write.values.set(
            currency, Value(Lookup { write.table().column(currency).targets[0], *base }));
    } else if (has_money(write)) {
        return invalid("CurrencyCannotBeNullDueToNonNullMoneyFields",
            "A row of '" + write.table().name + "' with amounts needs a currency.",
            write.name_of(currency));
    }
    return {};
}

}

Result<void> fill_currency(Write& write)
{
    auto const& plan = write.plan;
    if (!plan.currency || !plan.exchange_rate) {
        return {};
    }
    auto const touches = write.changes(*plan.currency)
        || std::ranges::any_of(
            plan.money, [&](MoneyPair const& pair) { return write.changes(pair.amount); });
    if (!write.is_create() && !touches) {
        return {};
    }
    TRY(fill_missing_currency(write));
    auto const* currency = write.now(*plan.currency).as_lookup();
    if (!currency) {
        return {};
    }
    auto const facts = TRY(currency_facts(write.state(), currency->id));
    write.values.set(*plan.exchange_rate, Value(facts.exchange_rate));
    auto const base = TRY(base_currency(write.state()));
    auto const precision =
        base ? TRY(currency_facts(write.state(), *base)).precision : facts.precision;
    auto const is_new_rate = write.changes(*plan.currency) || write.changes(*plan.exchange_rate);
    for (auto const& pair : plan.money) {
        if (is_new_rate || write.changes(pair.amount)) {
            write.values.set(pair.base,
                TRY(base_amount(write.now(pair.amount), facts.exchange_rate, precision)));
        }
    }
    return {};
}

}
