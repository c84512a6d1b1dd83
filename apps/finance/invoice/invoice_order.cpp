#include "apps/finance/invoice/invoice_order.h"

#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/customer/payment_term_table.h"
#include "apps/finance/invoice/due_date.h"
#include "apps/finance/invoice/e_invoice_of.h"
#include "apps/finance/invoice/invoice_draft.h"
#include "apps/finance/invoice/render_invoice.h"
#include "apps/finance/invoice/write_invoice.h"
#include "apps/finance/ledger/customer_transaction_table.h"
#include "apps/finance/ledger/posting_plan.h"
#include "apps/finance/order/order_charge_table.h"
#include "apps/finance/order/order_discount_table.h"
#include "apps/finance/tax/tax_code_table.h"
#include "apps/finance/workspace/fulfilment.h"

namespace cashline::finance {

namespace {

namespace header = finance_order;
namespace order_line = finance_order_line;

Result<PaymentTermFacts> term_facts(OrderWork& work, std::string const& code)
{
    auto const row = TRY(work.unit.first(Query::from(payment_term::table)
            .where(payment_term::company == work.books.code && payment_term::code == code)));
    if (!row) {
        return conflict("payment_terms_unknown",
            "There are no terms of payment '" + code + "' in company " + work.books.code + ".");
    }
    auto const small = [&](WholeColumn const& column) {
        return static_cast<std::int32_t>(row->get(column).value_or(0));
    };
    PaymentTermFacts facts { .base =
                                 row->get(payment_term::method) == PaymentTermMethod::end_of_month
            ? DueBase::end_of_month
            : DueBase::document_date,
        .months = small(payment_term::months),
        .days = small(payment_term::days),
        .discount_percent = row->get(payment_term::discount_percent).value_or(Decimal {}) };
    if (!row->is_null(payment_term::discount_days)) {
        facts.discount_days = small(payment_term::discount_days);
    }
    return facts;
}

// Which account each part of the invoice posts to.
class Planning {
public:
    Planning(OrderWork& work, InvoiceDraft const& draft) : m_work(work), m_draft(draft) { }

    Result<Voucher> plan(std::string const& number);

private:
    Result<std::string> account(PostingRole role, InvoicedLine const* line = nullptr) const;
    Result<std::string> tax_account(std::string const& code) const;
    Result<void> add_lines(InvoicePosting&) const;
    Result<void> add_revenue(InvoicePosting&, std::string account, Amount amount) const;

    OrderWork& m_work;
    InvoiceDraft const& m_draft;
    PostingAccounts m_accounts {};
};

Result<std::string> Planning::account(PostingRole role, InvoicedLine const* line) const
{
    return m_accounts.account({ .role = role,
        .item = line ? line->line.text_or(order_line::item) : std::string {},
        .item_group = line ? line->item_group : std::string {},
        .customer = m_work.customer.text_or(finance_customer::account),
        .customer_group = m_work.customer.text_or(finance_customer::group) });
}

Result<std::string> Planning::tax_account(std::string const& code) const
{
    auto const row = TRY(m_work.unit.first(Query::from(tax_code::table)
            .select({ tax_code::ledger_account })
            .where(tax_code::company == m_work.books.code && tax_code::code == code)));
    auto const own = row ? row->text_or(tax_code::ledger_account) : std::string {};
    return own.empty() ? account(PostingRole::sales_tax) : Result<std::string>(own);
}

// One line per account: the invoice itself has the details.
Result<void> Planning::add_revenue(
    InvoicePosting& posting, std::string account_number, Amount amount) const
{
    for (auto& revenue : posting.revenue) {
        if (revenue.account == account_number) {
            revenue.amount = TRY(revenue.amount.plus(amount));
            return {};
        }
    }
    posting.revenue.push_back({ .account = std::move(account_number), .amount = amount });
    return {};
}

Result<void> Planning::add_lines(InvoicePosting& posting) const
{
    for (std::size_t place = 0; place < m_draft.lines.size(); ++place) {
        auto const& line = m_draft.lines[place];
        TRY(add_revenue(
            posting, TRY(account(PostingRole::revenue, &line)), m_draft.priced.lines[place].base));
        if (line.cost.is_zero()) {
            continue;
        }
        posting.costs.push_back({ .cost = line.cost,
            .is_delivered_posted = true,
            .cogs_delivered_account = TRY(account(PostingRole::cogs_delivered, &line)),
            .units_delivered_account = TRY(account(PostingRole::units_delivered, &line)),
            .cogs_account = TRY(account(PostingRole::cogs, &line)),
            .inventory_account = TRY(account(PostingRole::inventory, &line)) });
    }
    return {};
}

Result<Voucher> Planning::plan(std::string const& number)
{
    m_accounts = TRY(PostingAccounts::load(m_work.unit, m_work.books.code));
    auto const& priced = m_draft.priced;
    InvoicePosting posting { .date = m_work.unit.today(),
        .text = "Invoice " + number,
        .customer = m_work.customer.text_or(finance_customer::account),
        .customer_account = TRY(account(PostingRole::customer)),
        .currency = { .document = m_work.currency.id,
            .accounting = m_work.books.currency.id,
            .rate = TRY(exchange_rate(m_work.currency, m_work.books.currency)),
            .precision = m_work.books.currency.precision },
        .gross = priced.gross };
    TRY(add_lines(posting));
    for (auto const& charge : priced.charges) {
        posting.charges.push_back({ .account = TRY(account(PostingRole::charge)),
            .amount = charge.net,
            .text = charge.label });
    }
    for (auto const& tax : priced.taxes) {
        posting.taxes.push_back({ .account = TRY(tax_account(tax.rate.code)),
            .code = tax.rate.code,
            .base = tax.base,
            .amount = tax.amount });
    }
    return plan_invoice(posting);
}

// The order keeps what of it is invoiced.
Result<void> mark_invoiced(OrderWork& work, InvoiceDraft const& draft)
{
    for (auto const& line : draft.lines) {
        TRY(work.unit.update(order_line::table, line.line.id(),
            Row(order_line::table)
                .set(order_line::invoiced,
                    TRY(quantities_of(line.line).invoiced.plus(line.quantity)))
                .set(order_line::invoiced_cost,
                    TRY(line.line.amount_or_zero(order_line::invoiced_cost).plus(line.cost)))));
    }
    for (std::size_t place = 0; place < draft.discounts.size(); ++place) {
        auto const& row = draft.discounts[place].row;
        TRY(work.unit.update(order_discount::table, row.id(),
            Row(order_discount::table)
                .set(order_discount::invoiced,
                    TRY(row.amount_or_zero(order_discount::invoiced)
                            .plus(draft.priced.discounts[place].entered)))));
    }
    for (auto const& charge : draft.charges) {
        TRY(work.unit.update(order_charge::table, charge.id(),
            Row(order_charge::table).set(order_charge::is_invoiced, true)));
    }
    return {};
}

Result<Id> add_claim(OrderWork& work, NewInvoice const& made)
{
    namespace claim = customer_transaction;
    auto const accounting = TRY(accounting_balance_of(made.planned, PostingRole::customer));
    Row row(claim::table);
    row.set(claim::company, work.books.code)
        .set(claim::customer_account, work.customer.text_or(finance_customer::account))
        .set(claim::transaction_type, CustomerTransactionTransactionType::invoice)
        .set(claim::voucher, made.voucher.id)
        .set(claim::document, made.number)
        .set(claim::date, made.date)
        .set(claim::due_date, made.dates.due)
        .set(claim::currency_code, work.currency.code)
        .set(claim::amount, made.draft.priced.gross)
        .set(claim::accounting_amount, accounting)
        .set(claim::discount_date, made.dates.discount_until)
        .set(claim::discount, made.dates.discount)
        .set(claim::payment_reference, made.number)
        .set(claim::open, made.draft.priced.gross)
        .set(claim::open_accounting, accounting)
        .set(claim::is_open, true);
    return work.unit.create(std::move(row));
}

Result<void> customer_must_accept_invoices(OrderWork const& work)
{
    if (work.customer.get(finance_customer::hold) == FinanceCustomerHold::invoice) {
        return conflict("customer_on_hold",
            "Customer " + work.customer.text_or(finance_customer::account)
                + " is on hold for invoices. Take the hold off before you invoice.");
    }
    return {};
}

}

Result<DocumentReply> invoice_order(Unit& unit, InvoiceOrder const& request)
{
    auto work = TRY(OrderWork::load(unit, request.order));
    TRY(work.must_be_confirmed());
    TRY(customer_must_accept_invoices(work));
    // 1. The figures: what is packed and not yet invoiced, at the prices of the confirmation.
    NewInvoice made { .draft = TRY(draft_invoice(work)), .date = unit.today() };
    made.terms = work.order.text_or(
        header::payment_terms, work.customer.text_or(finance_customer::payment_terms));
    made.dates = TRY(due_dates(TRY(term_facts(work, made.terms)), made.date,
        made.draft.priced.gross, work.currency.precision));
    // 2. The number has no gaps: it is drawn here, in the unit that posts.
    made.number = TRY(work.unit.next_number("finance.invoice", work.books.code));
    // 3. Receivable, revenue, tax and cost in one voucher that balances.
    made.planned = TRY(Planning(work, made.draft).plan(made.number));
    made.voucher = TRY(post_voucher(work.unit, work.books,
        { .type = PostingType::invoice, .document = made.number }, made.planned));
    // 4. The claim on the customer, and the invoice with its lines, charges and taxes.
    if (!made.draft.priced.gross.is_zero()) {
        made.claim = TRY(add_claim(work, made));
    }
    auto const invoice = TRY(write_invoice(work, made));
    TRY(mark_invoiced(work, made.draft));
    TRY(work.update_status(FinanceOrderDocumentStatus::invoice));
    // 5. Who receives e-invoices gets a valid one or none is posted.
    if (work.customer.get(finance_customer::receives_e_invoices).value_or(false)) {
        TRY(e_invoice_must_be_valid(TRY(e_invoice_of(work.unit, invoice))));
    }
    // 6. PDF, UBL and the mail follow after the commit.
    work.unit.later(render_invoice_job(invoice));
    return DocumentReply { TRY(fulfilment_order(unit, request.order)) };
}

}
