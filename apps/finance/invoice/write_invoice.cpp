#include "apps/finance/invoice/write_invoice.h"

#include "apps/catalog/api.h"
#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/invoice/finance_invoice_charge_table.h"
#include "apps/finance/invoice/finance_invoice_line_table.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/finance/tax/tax_transaction_table.h"

namespace cashline::finance {

namespace {

namespace header = finance_order;
namespace order_line = finance_order_line;
namespace columns = finance_invoice;

Row invoice_row(OrderWork const& work, NewInvoice const& made)
{
    namespace buyer = finance_customer;
    auto const& customer = work.customer;
    auto const& priced = made.draft.priced;
    Row row(columns::table);
    row.set(columns::company, work.books.code)
        .set(columns::number, made.number)
        .set(columns::date, made.date)
        .set(columns::due_date, made.dates.due)
        .set(columns::voucher_number, made.voucher.number)
        .set(columns::voucher, made.voucher.id)
        .set(columns::order, work.order.id())
        .set(columns::order_number, work.number())
        .set(columns::sales_order, work.order.get(header::sales_order))
        .set(columns::customer_account, customer.text_or(buyer::account))
        .set(columns::customer_name, customer.text_or(buyer::name))
        .set(columns::currency_code, work.currency.code)
        .set(columns::customer_reference, work.order.text_or(header::customer_reference))
        .set(columns::payment_terms, made.terms)
        .set(columns::payment_reference, made.number)
        .set(columns::vat_number, customer.text_or(buyer::vat_number))
        .set(columns::email, work.order.text_or(header::email, customer.text_or(buyer::email)))
        .set(columns::street, customer.text_or(buyer::street))
        .set(columns::city, customer.text_or(buyer::city))
        .set(columns::province, customer.text_or(buyer::province))
        .set(columns::postal_code, customer.text_or(buyer::postal_code))
        .set(columns::country, customer.text_or(buyer::country))
        .set(columns::prices_include_tax, priced.prices_include_tax)
        .set(columns::total_line_amount, priced.net)
        .set(columns::total_discount, priced.discount)
        .set(columns::total_charge, priced.charge)
        .set(columns::total_tax, priced.tax)
        .set(columns::total, priced.gross)
        .set(columns::open, priced.gross)
        .set(columns::payment_status,
            priced.gross.is_zero() ? FinanceInvoicePaymentStatus::paid
                                   : FinanceInvoicePaymentStatus::open)
        .set(columns::priced_document, catalog::to_json(priced).to_string());
    if (made.claim) {
        row.set(columns::transaction, *made.claim);
    }
    return row;
}

Result<void> write_lines(OrderWork& work, NewInvoice const& made, Id invoice)
{
    namespace line = finance_invoice_line;
    for (std::size_t place = 0; place < made.draft.lines.size(); ++place) {
        auto const& source = made.draft.lines[place];
        auto const& priced = made.draft.priced.lines[place];
        Row row(line::table);
        row.set(line::company, work.books.code)
            .set(line::invoice, invoice)
            .set(line::line_number, static_cast<std::int64_t>(place) + 1)
            .set(line::order_line, source.line.id())
            .set(line::item, source.line.text_or(order_line::item))
            .set(line::description,
                source.line.text_or(order_line::description, source.line.text_or(order_line::item)))
            .set(line::quantity, source.quantity)
            .set(line::unit, source.line.text_or(order_line::unit))
            .set(line::price, TRY(Amount::from(priced.price, 4, Rounding::half_away)))
            .set(line::price_quantity, priced.price_quantity)
            .set(line::line_discount, priced.line_discount)
            .set(line::amount, priced.net)
            .set(line::document_discount, priced.document_discount)
            .set(line::tax, priced.tax)
            .set(line::cost, source.cost);
        TRY(work.unit.create(std::move(row)));
    }
    return {};
}

Result<void> write_charges(OrderWork& work, NewInvoice const& made, Id invoice)
{
    namespace charge = finance_invoice_charge;
    std::int64_t number = 0;
    for (auto const& priced : made.draft.priced.charges) {
        Row row(charge::table);
        row.set(charge::company, work.books.code)
            .set(charge::invoice, invoice)
            .set(charge::line_number, ++number)
            .set(charge::code, priced.code)
            .set(charge::label, priced.label)
            .set(charge::amount, priced.net)
            .set(charge::tax, priced.tax);
        TRY(work.unit.create(std::move(row)));
    }
    return {};
}

Result<void> write_taxes(OrderWork& work, NewInvoice const& made, Id invoice)
{
    namespace tax = tax_transaction;
    std::int64_t number = 0;
    for (auto const& priced : made.draft.priced.taxes) {
        Row row(tax::table);
        row.set(tax::company, work.books.code)
            .set(tax::invoice, invoice)
            .set(tax::line_number, ++number)
            .set(tax::code, priced.rate.code)
            .set(tax::label, priced.rate.label)
            .set(tax::category, std::string(catalog::letters(priced.rate.category)))
            .set(tax::percent, priced.rate.percent)
            .set(tax::base, priced.base)
            .set(tax::amount, priced.amount)
            .set(tax::reason, priced.rate.reason)
            .set(tax::reason_code, priced.rate.reason_code)
            .set(tax::date, made.date);
        TRY(work.unit.create(std::move(row)));
    }
    return {};
}

}

Result<Id> write_invoice(OrderWork& work, NewInvoice const& made)
{
    auto const invoice = TRY(work.unit.create(invoice_row(work, made)));
    TRY(write_lines(work, made, invoice));
    TRY(write_charges(work, made, invoice));
    TRY(write_taxes(work, made, invoice));
    return invoice;
}

}
