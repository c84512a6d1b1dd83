#include "apps/finance/invoice/invoice_pdf.h"

#include "apps/finance/customer/payment_term_table.h"
#include "apps/finance/invoice/finance_invoice_charge_table.h"
#include "apps/finance/invoice/finance_invoice_line_table.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/finance/setup/books.h"
#include "apps/finance/tax/tax_transaction_table.h"
#include "apps/parties/api.h"
#include "apps/parties/company/company_table.h"

namespace cashline::finance {

namespace {

namespace columns = finance_invoice;

using parties::add_line;
using parties::joined;

class InvoicePages {
public:
    InvoicePages(Reader& reader, Row invoice)
        : m_reader(reader)
        , m_invoice(std::move(invoice))
        , m_currency(m_invoice.text_or(columns::currency_code))
    {
    }

    Result<pages::Document> document();

private:
    void add_recipient();
    Result<void> add_facts();
    Result<void> add_lines();
    Result<void> add_totals();
    void add_payment(Row const& own);
    Result<std::string> text(Amount amount) { return amount_text(m_reader, amount, m_currency); }
    Result<void> add_total(std::string label, Amount amount);

    Reader& m_reader;
    Row m_invoice;
    std::string m_currency;
    pages::Document m_document {};
};

void InvoicePages::add_recipient()
{
    auto& lines = m_document.recipient;
    add_line(lines, m_invoice.text_or(columns::customer_name));
    add_line(lines, m_invoice.text_or(columns::street));
    add_line(
        lines, joined(m_invoice.text_or(columns::postal_code), m_invoice.text_or(columns::city)));
    add_line(lines, m_invoice.text_or(columns::province));
    add_line(lines, m_invoice.text_or(columns::country));
}

Result<void> InvoicePages::add_facts()
{
    auto& facts = m_document.facts;
    auto const add = [&](char const* label, std::string value) {
        if (!value.empty()) {
            facts.push_back({ label, std::move(value) });
        }
    };
    add("Invoice", m_invoice.text_or(columns::number));
    add("Date", m_invoice.get(columns::date).value_or(Date {}).to_string());
    add("Due", m_invoice.get(columns::due_date).value_or(Date {}).to_string());
    add("Order", m_invoice.text_or(columns::order_number));
    add("Your reference", m_invoice.text_or(columns::customer_reference));
    add("Customer", m_invoice.text_or(columns::customer_account));
    add("Your VAT number", m_invoice.text_or(columns::vat_number));
    return {};
}

Result<void> InvoicePages::add_lines()
{
    namespace line = finance_invoice_line;
    using pages::TextAlign;
    m_document.columns = { { "Description", TextAlign::left, 1 }, { "Quantity", TextAlign::right },
        { "Unit", TextAlign::left }, { "Price", TextAlign::right },
        { "Discount", TextAlign::right }, { "Amount", TextAlign::right } };
    for (auto const& row : TRY(m_reader.query(Query::from(line::table)
                 .where(line::invoice == m_invoice.id())
                 .order_by(line::line_number)))) {
        auto price = TRY(text(row.amount_or_zero(line::price)));
        auto const per = row.get(line::price_quantity).value_or(Decimal::from(1));
        if (per != Decimal::from(1)) {
            price += " / " + per.without_trailing_zeros().to_string();
        }
        auto const discount = row.amount_or_zero(line::line_discount);
        auto const quantity = row.get(line::quantity).value_or(Decimal {});
        m_document.lines.push_back(
            { .cells = { row.text_or(line::description),
                  quantity.without_trailing_zeros().to_string(), row.text_or(line::unit),
                  std::move(price), discount.is_zero() ? std::string {} : TRY(text(discount)),
                  TRY(text(row.amount_or_zero(line::amount))) },
                .detail = row.text_or(line::item) });
    }
    return {};
}

Result<void> InvoicePages::add_total(std::string label, Amount amount)
{
    m_document.totals.push_back({ .label = std::move(label), .value = TRY(text(amount)) });
    return {};
}

Result<void> InvoicePages::add_totals()
{
    namespace charge = finance_invoice_charge;
    namespace tax = tax_transaction;
    TRY(add_total("Lines", m_invoice.amount_or_zero(columns::total_line_amount)));
    auto const discount = m_invoice.amount_or_zero(columns::total_discount);
    if (!discount.is_zero()) {
        TRY(add_total("Discount", discount.negated()));
    }
    for (auto const& row : TRY(m_reader.query(Query::from(charge::table)
                 .where(charge::invoice == m_invoice.id())
                 .order_by(charge::line_number)))) {
        TRY(add_total(row.text_or(charge::label), row.amount_or_zero(charge::amount)));
    }
    for (auto const& row : TRY(m_reader.query(Query::from(tax::table)
                 .where(tax::invoice == m_invoice.id())
                 .order_by(tax::line_number)))) {
        TRY(add_total(row.text_or(tax::label) + " on " + TRY(text(row.amount_or_zero(tax::base))),
            row.amount_or_zero(tax::amount)));
        if (auto const reason = row.get(tax::reason)) {
            m_document.notes.push_back({ row.text_or(tax::label), std::string(*reason) });
        }
    }
    TRY(add_total("Total", m_invoice.amount_or_zero(columns::total)));
    m_document.totals.back().is_emphasised = true;
    return {};
}

void InvoicePages::add_payment(Row const& own)
{
    if (own.is_null(company::iban)) {
        return;
    }
    m_document.notes.push_back({ "Payment",
        "Please pay to IBAN " + own.text_or(company::iban) + " by "
            + m_invoice.get(columns::due_date).value_or(Date {}).to_string() + ", quoting "
            + m_invoice.text_or(columns::payment_reference) + "." });
}

Result<pages::Document> InvoicePages::document()
{
    auto const books = TRY(books_of(m_reader, m_invoice.text_or(columns::company)));
    auto const own = TRY(m_reader.retrieve(company::table, books.party));
    m_document.title = "Invoice";
    m_document.number = m_invoice.text_or(columns::number);
    m_document.created_at = m_invoice.get(columns::created_on).value_or(Timestamp {});
    parties::put_letterhead(m_document, own);
    add_recipient();
    TRY(add_facts());
    TRY(add_lines());
    TRY(add_totals());
    add_payment(own);
    return std::move(m_document);
}

}

Result<pages::Document> invoice_document(Reader& reader, Id invoice)
{
    auto elevated = reader.elevated_reader();
    return InvoicePages(elevated, TRY(elevated.retrieve(columns::table, invoice))).document();
}

}
