#include "apps/finance/bank/bank_match_table.h"
#include "apps/finance/bank/bank_messages.h"
#include "apps/finance/bank/statement_line_table.h"
#include "apps/finance/bank/statement_table.h"
#include "apps/finance/invoice/finance_invoice_table.h"

namespace cashline::finance {

namespace {

struct Wanted {
    Id invoice {};
    std::optional<Amount> amount {};
};

Refusal bad_invoices(std::string text)
{
    return invalid("InvalidArgument", std::move(text), "Invoices");
}

Result<std::vector<Wanted>> wanted_of(json::Value const& invoices)
{
    if (!invoices.is_array()) {
        return bad_invoices("Invoices is a list of {InvoiceId, Amount?}.");
    }
    std::vector<Wanted> wanted;
    for (auto const& entry : *invoices.as_array()) {
        auto const id = Id::parse(entry.text("InvoiceId"));
        if (!id) {
            return bad_invoices("Each match has an InvoiceId.");
        }
        wanted.push_back({ .invoice = *id });
        auto const* amount = entry.find("Amount");
        if (!amount || amount->is_null()) {
            continue;
        }
        auto const text = amount->as_string() ? *amount->as_string()
            : amount->as_number()             ? amount->as_number()->to_string()
                                              : std::string {};
        wanted.back().amount = Amount::parse(text);
        if (!wanted.back().amount || wanted.back().amount->ten_thousandths <= 0) {
            return bad_invoices("An Amount is above zero.");
        }
    }
    return wanted;
}

Result<void> invoices_must_fit(Unit& unit, Row const& line, std::vector<Wanted> const& wanted)
{
    auto const head = TRY(unit.retrieve(
        statement::table, line.get(statement_line::statement).value_or(Lookup {}).id));
    std::string account;
    for (auto const& one : wanted) {
        auto const invoice = TRY(unit.retrieve(finance_invoice::table, one.invoice));
        if (invoice.text_or(finance_invoice::company) != head.text_or(statement::company)
            || invoice.text_or(finance_invoice::currency_code)
                != head.text_or(statement::currency_code)) {
            return conflict("bank_match_foreign",
                "Invoice " + invoice.text_or(finance_invoice::number)
                    + " is of another company or currency.");
        }
        if (invoice.amount_or_zero(finance_invoice::open).is_zero()) {
            return conflict("invoice_is_paid",
                "Invoice " + invoice.text_or(finance_invoice::number) + " is paid already.");
        }
        auto const customer = invoice.text_or(finance_invoice::customer_account);
        if (!account.empty() && account != customer) {
            return conflict("bank_match_customers",
                "One payment settles invoices of one customer. Choose invoices of the same.");
        }
        account = customer;
    }
    return {};
}

}

Result<NoReply> match_bank_line(Unit& unit, MatchBankLine const& request)
{
    TRY(unit.retrieve(statement_line::table, request.line, { statement_line::line_status }));
    auto elevated = unit.elevated();
    auto const line = TRY(elevated.retrieve_for_update(statement_line::table, request.line));
    // 1. What is posted keeps its match.
    auto const status = line.get(statement_line::line_status);
    if (status != StatementLineLineStatus::open && status != StatementLineLineStatus::matched) {
        return conflict(
            "bank_line_is_posted", "This line is posted or not to be matched. It stays as it is.");
    }
    if (line.amount_or_zero(statement_line::amount).ten_thousandths <= 0) {
        return conflict("bank_line_pays_nothing", "Only money that came in pays an invoice.");
    }
    auto const wanted = TRY(wanted_of(request.invoices));
    TRY(invoices_must_fit(elevated, line, wanted));
    // 2. The new match stands for the old one.
    for (auto const& row : TRY(elevated.query(
             Query::from(bank_match::table).where(bank_match::line == request.line)))) {
        TRY(elevated.remove(bank_match::table, row.id()));
    }
    for (auto const& one : wanted) {
        TRY(elevated.create(Row(bank_match::table)
                .set(bank_match::company, line.text_or(statement_line::company))
                .set(bank_match::line, request.line)
                .set(bank_match::invoice, one.invoice)
                .set(bank_match::amount, one.amount)));
    }
    Row changes(statement_line::table);
    changes
        .set(statement_line::line_status,
            wanted.empty() ? StatementLineLineStatus::open : StatementLineLineStatus::matched)
        .clear(statement_line::confidence)
        .clear(statement_line::explanation);
    TRY(elevated.update(statement_line::table, request.line, std::move(changes)));
    return NoReply {};
}

}
