#include "apps/finance/credit/credit.h"

#include "apps/finance/customer/customers.h"
#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/finance/ledger/customer_transaction_table.h"
#include "apps/finance/order/finance_order_table.h"
#include "apps/finance/setup/finance_company_table.h"
#include "apps/parties/account/account_table.h"

#include <map>

namespace cashline::finance {

namespace {

namespace transaction = customer_transaction;

// Adds amounts of any currency as amounts of one.
class Adding {
public:
    Adding(Reader& reader, CurrencyFacts currency)
        : m_reader(reader)
        , m_currency(std::move(currency))
    {
    }

    Result<void> add(Amount amount, std::string const& code)
    {
        if (code != m_currency.code) {
            auto const from = TRY(currency_by_code(m_reader, code));
            amount = TRY(amount.times(
                TRY(exchange_rate(from, m_currency)), m_currency.precision, Rounding::half_away));
        }
        m_total = TRY(m_total.plus(amount));
        return {};
    }
    Amount total() const { return m_total; }

private:
    Reader& m_reader;
    CurrencyFacts m_currency;
    Amount m_total {};
};

struct Standing {
    Reader& reader; // with all rights
    Books const& books;
    std::string account {};
    CurrencyFacts currency {};
};

Result<Amount> open_balance(Standing const& of)
{
    Adding sum(of.reader, of.currency);
    for (auto const& row : TRY(of.reader.query(Query::from(transaction::table)
                 .select({ transaction::open, transaction::currency_code })
                 .where(transaction::company == of.books.code
                     && transaction::customer_account == of.account
                     && transaction::is_open == true)))) {
        TRY(sum.add(
            row.amount_or_zero(transaction::open), row.text_or(transaction::currency_code)));
    }
    return sum.total();
}

Result<std::map<Id, Amount>> invoiced_of(Reader& reader, std::vector<Row> const& orders)
{
    std::map<Id, Amount> invoiced;
    std::vector<Value> ids;
    for (auto const& order : orders) {
        ids.emplace_back(Lookup { finance_order::table, order.id() });
    }
    if (ids.empty()) {
        return invoiced;
    }
    for (auto const& row : TRY(reader.query(Query::from(finance_invoice::table)
                 .select({ finance_invoice::order, finance_invoice::total })
                 .where(is_in(finance_invoice::order, std::move(ids)))))) {
        auto& total = invoiced[row.get(finance_invoice::order).value_or(Lookup {}).id];
        total = TRY(total.plus(row.amount_or_zero(finance_invoice::total)));
    }
    return invoiced;
}

// What is ordered and not yet invoiced.
Result<Amount> open_orders(Standing const& of)
{
    namespace header = finance_order;
    auto const orders = TRY(of.reader.query(Query::from(header::table)
            .select({ header::total, header::currency_code, header::is_history })
            .where(header::company == of.books.code && header::customer_account == of.account
                && is_in(header::order_status,
                    { Value(FinanceOrderOrderStatus::open_order),
                        Value(FinanceOrderOrderStatus::delivered) }))));
    auto const invoiced = TRY(invoiced_of(of.reader, orders));
    Adding sum(of.reader, of.currency);
    for (auto const& order : orders) {
        if (order.get(header::is_history).value_or(false)) {
            continue;
        }
        auto const found = invoiced.find(order.id());
        auto const done = found == invoiced.end() ? Amount {} : found->second;
        auto const rest = TRY(order.amount_or_zero(header::total).minus(done));
        if (!rest.is_negative()) {
            TRY(sum.add(rest, order.text_or(header::currency_code)));
        }
    }
    return sum.total();
}

// A person orders for his company: the customer of the books may be known by either.
Result<std::optional<Row>> customer_of(Reader& reader, Lookup party)
{
    auto elevated = reader.elevated_reader();
    return elevated.first(
        Query::from(finance_customer::table).where(finance_customer::party == party.id));
}

}

Result<catalog::CreditStanding> credit_of(Reader& reader, Books const& books, Row const& customer)
{
    auto elevated = reader.elevated_reader();
    Standing const of { .reader = elevated,
        .books = books,
        .account = customer.text_or(finance_customer::account),
        .currency =
            TRY(currency_by_code(elevated, customer.text_or(finance_customer::currency_code))) };
    catalog::CreditStanding standing { .is_known = true };
    auto const hold = customer.get(finance_customer::hold);
    standing.on_hold = hold == FinanceCustomerHold::all || hold == FinanceCustomerHold::invoice;
    standing.has_limit = !customer.is_null(finance_customer::credit_limit);
    standing.limit = customer.amount_or_zero(finance_customer::credit_limit);
    standing.balance = TRY(open_balance(of));
    standing.open_orders = TRY(open_orders(of));
    standing.available =
        TRY(TRY(standing.limit.minus(standing.balance)).minus(standing.open_orders));
    return standing;
}

Result<void> credit_must_suffice(Reader& reader, Books const& books, Row const& customer)
{
    auto const check = books.settings.get(finance_company::credit_check);
    if (check == FinanceCompanyCreditCheck::none
        || customer.is_null(finance_customer::credit_limit)) {
        return {};
    }
    auto const standing = TRY(credit_of(reader, books, customer));
    if (standing.available.is_negative()) {
        return conflict("credit_limit_exceeded",
            "Customer " + customer.text_or(finance_customer::account) + " may owe "
                + standing.limit.to_string(2) + "; with this order it would be "
                + standing.available.negated().to_string(2)
                + " more. Raise the limit, or wait for a payment.");
    }
    return {};
}

Result<catalog::CreditStanding> FinanceCustomerAccounts::credit(Reader& reader, Lookup party)
{
    auto const customer = TRY(customer_of(reader, party));
    if (!customer) {
        return catalog::CreditStanding {};
    }
    return credit_of(
        reader, TRY(books_of(reader, customer->text_or(finance_customer::company))), *customer);
}

Result<std::vector<catalog::OpenInvoice>> FinanceCustomerAccounts::open_invoices(
    Reader& reader, Lookup party)
{
    std::vector<catalog::OpenInvoice> invoices;
    auto const customer = TRY(customer_of(reader, party));
    if (!customer) {
        return invoices;
    }
    auto elevated = reader.elevated_reader();
    auto const rows = TRY(elevated.query(Query::from(finance_invoice::table)
            .where(finance_invoice::company == customer->text_or(finance_customer::company)
                && finance_invoice::customer_account == customer->text_or(finance_customer::account)
                && finance_invoice::payment_status != FinanceInvoicePaymentStatus::paid)
            .order_by(finance_invoice::due_date)));
    for (auto const& row : rows) {
        invoices.push_back({ .id = row.id(),
            .number = row.text_or(finance_invoice::number),
            .date = row.get(finance_invoice::date).value_or(Date {}),
            .due = row.get(finance_invoice::due_date).value_or(Date {}),
            .amount = row.amount_or_zero(finance_invoice::total),
            .open = row.amount_or_zero(finance_invoice::open),
            .currency =
                TRY(currency_by_code(elevated, row.text_or(finance_invoice::currency_code))).id });
    }
    return invoices;
}

Result<std::vector<catalog::InvoiceFile>> FinanceCustomerAccounts::invoice_files(
    Reader& reader, Lookup party, std::string_view number)
{
    std::vector<catalog::InvoiceFile> files;
    auto const customer = TRY(customer_of(reader, party));
    if (!customer) {
        return files;
    }
    auto elevated = reader.elevated_reader();
    auto const row = TRY(elevated.first(Query::from(finance_invoice::table)
            .where(finance_invoice::company == customer->text_or(finance_customer::company)
                && finance_invoice::customer_account == customer->text_or(finance_customer::account)
                && finance_invoice::number == number)));
    // A job makes them soon after the invoice is posted.
    auto const add = [&](char const* label, std::optional<Id> file) {
        if (file) {
            files.push_back({ .label = label, .file = *file });
        }
    };
    if (row) {
        add("PDF", row->get(finance_invoice::pdf_file));
        add("E-invoice (XML)", row->get(finance_invoice::ubl_file));
    }
    return files;
}

}
