#include "apps/finance/invoice/finance_invoice_line_table.h"
#include "apps/finance/order/finance_order_line_table.h"
#include "apps/finance/order/finance_order_table.h"
#include "apps/finance/order/order_document_line_table.h"
#include "apps/finance/order/order_document_table.h"
#include "apps/finance/verify/verify_documents.h"

#include <set>

namespace cashline::finance {

namespace {

namespace order_line = finance_order_line;

// What the papers say of one line of an order.
struct Done {
    Decimal picked {};
    Decimal packed {};
    Decimal invoiced {};
    Amount packed_cost {};
    Amount invoiced_cost {};
    std::vector<Row> contradicting {}; // lines of invoices that are wrong in themselves
};

class Orders {
public:
    explicit Orders(Reader& reader) : m_reader(reader) { }

    Result<std::vector<VerifyFinding>> run();

private:
    Result<void> add_documents();
    Result<void> add_invoices();
    Result<void> compare_invoiced(Row const& line, Done const& done);
    void compare(Row const& line, DecimalColumn const& column, Decimal const& expected);
    void compare(Row const& line, MoneyColumn const& column, Amount expected);

    Reader& m_reader;
    std::map<Id, Done> m_done {};
    std::vector<VerifyFinding> m_findings {};
};

Result<void> Orders::add_documents()
{
    std::map<Id, OrderDocumentDocumentType> types;
    for (auto const& row : TRY(m_reader.query(Query::from(order_document::table)))) {
        types[row.id()] = row.get(order_document::document_type)
                              .value_or(OrderDocumentDocumentType::confirmation);
    }
    for (auto const& row : TRY(m_reader.query(Query::from(order_document_line::table)))) {
        auto const type = types[row.get(order_document_line::document).value_or(Lookup {}).id];
        auto& done = m_done[row.get(order_document_line::line).value_or(Lookup {}).id];
        auto const quantity = row.get(order_document_line::quantity).value_or(Decimal {});
        if (type == OrderDocumentDocumentType::picking_list) {
            done.picked = TRY(done.picked.plus(quantity));
        } else if (type == OrderDocumentDocumentType::packing_slip) {
            done.packed = TRY(done.packed.plus(quantity));
            done.packed_cost =
                TRY(done.packed_cost.plus(row.amount_or_zero(order_document_line::cost)));
        }
    }
    return {};
}

Result<void> Orders::add_invoices()
{
    namespace invoiced = finance_invoice_line;
    for (auto const& row : TRY(m_reader.query(Query::from(invoiced::table)))) {
        auto& done = m_done[row.get(invoiced::order_line).value_or(Lookup {}).id];
        done.invoiced = TRY(done.invoiced.plus(row.get(invoiced::quantity).value_or(Decimal {})));
        done.invoiced_cost = TRY(done.invoiced_cost.plus(row.amount_or_zero(invoiced::cost)));
        if (contradicts_itself(row)) {
            done.contradicting.push_back(row);
        }
    }
    return {};
}

void Orders::compare(Row const& line, DecimalColumn const& column, Decimal const& expected)
{
    auto const found = line.get(column).value_or(Decimal {});
    if (found != expected) {
        m_findings.push_back({ "ledger", order_line::table.name, line.id(), column.name,
            expected.without_trailing_zeros().to_string(),
            found.without_trailing_zeros().to_string() });
    }
}

void Orders::compare(Row const& line, MoneyColumn const& column, Amount expected)
{
    auto const found = line.amount_or_zero(column);
    if (found != expected) {
        m_findings.push_back({ "ledger", order_line::table.name, line.id(), column.name,
            expected.to_string(), found.to_string() });
    }
}

// The line that was invoiced may be right and the invoice's wrong.
Result<void> Orders::compare_invoiced(Row const& line, Done const& done)
{
    auto const found = line.get(order_line::invoiced).value_or(Decimal {});
    if (found == done.invoiced || done.contradicting.size() != 1) {
        compare(line, order_line::invoiced, done.invoiced);
        return {};
    }
    namespace invoiced = finance_invoice_line;
    auto const& wrong = done.contradicting.front();
    auto const quantity = wrong.get(invoiced::quantity).value_or(Decimal {});
    auto const others = TRY(done.invoiced.minus(quantity));
    m_findings.push_back({ "ledger", invoiced::table.name, wrong.id(), invoiced::quantity.name,
        TRY(found.minus(others)).without_trailing_zeros().to_string(),
        quantity.without_trailing_zeros().to_string() });
    return {};
}

Result<std::vector<VerifyFinding>> Orders::run()
{
    TRY(add_documents());
    TRY(add_invoices());
    // What another system delivered has no papers here.
    std::set<Id> history;
    for (auto const& row : TRY(m_reader.query(Query::from(finance_order::table)
                 .select({ finance_order::is_history })
                 .where(finance_order::is_history == true)))) {
        history.insert(row.id());
    }
    for (auto const& line : TRY(m_reader.query(Query::from(order_line::table)))) {
        if (history.contains(line.get(order_line::order).value_or(Lookup {}).id)) {
            continue;
        }
        auto const& done = m_done[line.id()];
        compare(line, order_line::picked, done.picked);
        compare(line, order_line::packed, done.packed);
        TRY(compare_invoiced(line, done));
        compare(line, order_line::packed_cost, done.packed_cost);
        compare(line, order_line::invoiced_cost, done.invoiced_cost);
    }
    return std::move(m_findings);
}

}

Result<std::vector<VerifyFinding>> verify_orders(Reader& reader) { return Orders(reader).run(); }

}
