#include "apps/finance/invoice/finance_invoice_charge_table.h"
#include "apps/finance/invoice/finance_invoice_line_table.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/finance/tax/tax_transaction_table.h"
#include "apps/finance/verify/verify_documents.h"

namespace cashline::finance {

namespace {

namespace header = finance_invoice;

// The rows that make one total of an invoice.
struct Part {
    MoneyColumn total;
    MoneyColumn amount; // of each row
    std::vector<Row> rows {};
};

class Invoices {
public:
    Invoices(Reader& reader, std::map<Id, Claim> const& claims) : m_reader(reader), m_claims(claims)
    {
    }

    Result<std::vector<VerifyFinding>> run();

private:
    using Rows = std::map<Id, std::vector<Row>>;
    Result<Rows> rows_by(TableHandle table, LookupColumn const& invoice);
    Result<void> check(Row const& invoice);
    Result<void> check_part(Row const& invoice, Part const& part, bool adds_up);
    Result<void> check_open(Row const& invoice);
    void report(
        Row const& row, ColumnHandle const& column, std::string expected, std::string found);
    void compare(Row const& row, MoneyColumn const& column, Amount expected);

    Reader& m_reader;
    std::map<Id, Claim> const& m_claims;
    Rows m_lines {};
    Rows m_charges {};
    Rows m_taxes {};
    std::vector<VerifyFinding> m_findings {};
};

Result<Amount> sum_of(Part const& part)
{
    Amount sum;
    for (auto const& row : part.rows) {
        sum = TRY(sum.plus(row.amount_or_zero(part.amount)));
    }
    return sum;
}

Result<Amount> total_of_totals(Row const& invoice)
{
    auto const net = TRY(invoice.amount_or_zero(header::total_line_amount)
            .minus(invoice.amount_or_zero(header::total_discount)));
    return TRY(net.plus(invoice.amount_or_zero(header::total_charge)))
        .plus(invoice.amount_or_zero(header::total_tax));
}

std::string status_name(FinanceInvoicePaymentStatus status)
{
    switch (status) {
    case FinanceInvoicePaymentStatus::open:
        return "open";
    case FinanceInvoicePaymentStatus::partially_paid:
        return "partially paid";
    case FinanceInvoicePaymentStatus::paid:
        return "paid";
    }
    return {};
}

void Invoices::report(
    Row const& row, ColumnHandle const& column, std::string expected, std::string found)
{
    m_findings.push_back({ "ledger", m_reader.schema().table(row.table()).name, row.id(),
        column.name, std::move(expected), std::move(found) });
}

void Invoices::compare(Row const& row, MoneyColumn const& column, Amount expected)
{
    auto const found = row.amount_or_zero(column);
    if (found != expected) {
        report(row, column, expected.to_string(), found.to_string());
    }
}

Result<Invoices::Rows> Invoices::rows_by(TableHandle table, LookupColumn const& invoice)
{
    Rows rows;
    for (auto& row : TRY(m_reader.query(Query::from(table)))) {
        rows[row.get(invoice).value_or(Lookup {}).id].push_back(std::move(row));
    }
    return rows;
}

// Where the totals agree with each other but not with their rows, a row is wrong: the only one, or
// the line that contradicts itself.
Result<void> Invoices::check_part(Row const& invoice, Part const& part, bool adds_up)
{
    auto const sum = TRY(sum_of(part));
    auto const total = invoice.amount_or_zero(part.total);
    if (sum == total) {
        return {};
    }
    Row const* wrong = adds_up && part.rows.size() == 1 ? &part.rows.front() : nullptr;
    auto const is_line = part.amount.index == finance_invoice_line::amount.index
        && part.amount.table == finance_invoice_line::table.id
        && !invoice.get(header::prices_include_tax).value_or(false);
    for (auto const& row : part.rows) {
        wrong = adds_up && !wrong && is_line && contradicts_itself(row) ? &row : wrong;
    }
    if (!wrong) {
        compare(invoice, part.total, sum);
        return {};
    }
    auto const others = TRY(sum.minus(wrong->amount_or_zero(part.amount)));
    compare(*wrong, part.amount, TRY(total.minus(others)));
    return {};
}

Result<void> Invoices::check_open(Row const& invoice)
{
    auto const transaction = invoice.get(header::transaction);
    auto const found = transaction ? m_claims.find(transaction->id) : m_claims.end();
    auto const claim = found == m_claims.end() ? Claim {} : found->second;
    compare(invoice, header::open, claim.open);
    using Status = FinanceInvoicePaymentStatus;
    auto const expected = claim.open.is_zero() ? Status::paid
        : claim.open == claim.amount           ? Status::open
                                               : Status::partially_paid;
    auto const status = invoice.get(header::payment_status).value_or(Status::open);
    if (status != expected) {
        report(invoice, header::payment_status, status_name(expected), status_name(status));
    }
    return {};
}

Result<void> Invoices::check(Row const& invoice)
{
    auto const adds_up = TRY(total_of_totals(invoice)) == invoice.amount_or_zero(header::total);
    auto const before = m_findings.size();
    namespace line = finance_invoice_line;
    auto const& lines = m_lines[invoice.id()];
    TRY(check_part(invoice, { header::total_line_amount, line::amount, lines }, adds_up));
    TRY(check_part(invoice, { header::total_discount, line::document_discount, lines }, adds_up));
    TRY(check_part(invoice,
        { header::total_charge, finance_invoice_charge::amount, m_charges[invoice.id()] },
        adds_up));
    TRY(check_part(
        invoice, { header::total_tax, tax_transaction::amount, m_taxes[invoice.id()] }, adds_up));
    // Only when every part is right can the total be wrong.
    if (!adds_up && m_findings.size() == before) {
        compare(invoice, header::total, TRY(total_of_totals(invoice)));
    }
    return check_open(invoice);
}

Result<std::vector<VerifyFinding>> Invoices::run()
{
    m_lines = TRY(rows_by(finance_invoice_line::table, finance_invoice_line::invoice));
    m_charges = TRY(rows_by(finance_invoice_charge::table, finance_invoice_charge::invoice));
    m_taxes = TRY(rows_by(tax_transaction::table, tax_transaction::invoice));
    for (auto const& invoice : TRY(m_reader.query(Query::from(header::table)))) {
        TRY(check(invoice));
    }
    return std::move(m_findings);
}

}

bool contradicts_itself(Row const& line)
{
    namespace column = finance_invoice_line;
    auto const price = line.amount_or_zero(column::price).to_decimal().without_trailing_zeros();
    auto const quantity = line.get(column::quantity).value_or(Decimal {}).without_trailing_zeros();
    auto const per = line.get(column::price_quantity).value_or(Decimal::from(1));
    auto const goods = price.times(quantity);
    auto const exact = goods
        ? goods->divided_by(per.without_trailing_zeros(), 4, Rounding::half_away)
        : Result<Decimal>(std::unexpected(goods.error()));
    auto const amount =
        exact ? Amount::from(*exact, 2, Rounding::half_away) : Result<Amount>(Amount {});
    auto const net = amount ? amount->minus(line.amount_or_zero(column::line_discount)) : amount;
    return !net || *net != line.amount_or_zero(column::amount);
}

Result<std::vector<VerifyFinding>> verify_invoices(
    Reader& reader, std::map<Id, Claim> const& claims)
{
    return Invoices(reader, claims).run();
}

}
