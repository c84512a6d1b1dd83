#include "apps/finance/credit/credit.h"
#include "apps/finance/customer/customers.h"
#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/setup/default_company.h"
#include "platform/pipeline/registry.h"

namespace cashline::finance {

namespace {

Result<NoReply> set_customer_credit(Unit& unit, SetCustomerCredit const& request)
{
    if (request.credit_limit && request.credit_limit->is_negative()) {
        return invalid("InvalidArgument", "A credit limit is not below zero.", "CreditLimit");
    }
    auto const books = TRY(books_or_default(unit, request.company));
    auto const customer = TRY(customer_row(unit, books.code, request.customer_account));
    Row changes(finance_customer::table);
    changes.set(finance_customer::credit_limit, request.credit_limit);
    if (request.on_hold) {
        changes.set(finance_customer::hold,
            *request.on_hold ? FinanceCustomerHold::all : FinanceCustomerHold::none);
    }
    TRY(unit.update(finance_customer::table, customer.id(), std::move(changes)));
    return NoReply {};
}

Result<void> add_amount(json::Value& entry, Reader& reader, std::pair<std::string, Amount> named,
    std::string const& code)
{
    entry.set(named.first, named.second.to_string(2));
    entry.set(named.first + "Text", TRY(amount_text(reader, named.second, code)));
    return {};
}

Result<json::Value> entry_of(Reader& reader, Books const& books, Row const& customer)
{
    auto const standing = TRY(credit_of(reader, books, customer));
    auto const code = customer.text_or(finance_customer::currency_code);
    auto const is_customer =
        customer.get(finance_customer::relation) == FinanceCustomerRelation::customer;
    json::Value entry { json::Object {
        { "account", customer.text_or(finance_customer::account) },
        { "name", customer.text_or(finance_customer::name) },
        { "kind", is_customer ? "customer" : "prospect" },
        { "currency", code },
    } };
    if (standing.has_limit) {
        TRY(add_amount(entry, reader, { "creditLimit", standing.limit }, code));
        TRY(add_amount(entry, reader, { "available", standing.available }, code));
    }
    TRY(add_amount(entry, reader, { "balance", standing.balance }, code));
    TRY(add_amount(entry, reader, { "openOrders", standing.open_orders }, code));
    entry.set("onHold", customer.get(finance_customer::hold) == FinanceCustomerHold::all);
    auto const party = customer.get(finance_customer::party);
    auto const is_organization =
        customer.get(finance_customer::party_type) == FinanceCustomerPartyType::organization;
    if (party && is_organization) {
        entry.set("accountId", party->to_string());
    }
    return entry;
}

Result<RetrieveCustomerCredit::Reply> retrieve_customer_credit(
    Reader& reader, RetrieveCustomerCredit const& request)
{
    auto const books = TRY(books_or_default(reader, request.company));
    json::Array customers;
    for (auto const& row : TRY(reader.query(Query::from(finance_customer::table)
                 .where(finance_customer::company == books.code)
                 .order_by(finance_customer::name)))) {
        customers.emplace_back(TRY(entry_of(reader, books, row)));
    }
    return RetrieveCustomerCredit::Reply { json::Object { { "customers", std::move(customers) } } };
}

}

void register_credit(Registry& registry)
{
    registry.provide<catalog::CustomerAccounts>(std::make_unique<FinanceCustomerAccounts>());
    registry.message<SetCustomerCredit>(set_customer_credit).requires_privilege("prvManageCredit");
    registry.function<RetrieveCustomerCredit>(retrieve_customer_credit);
}

}
