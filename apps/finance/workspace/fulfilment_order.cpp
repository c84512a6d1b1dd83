#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/inventory/stock.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/finance/order/order_document_table.h"
#include "apps/finance/order/order_pricing.h"
#include "apps/finance/product/released_product_table.h"
#include "apps/finance/setup/finance_company_table.h"
#include "apps/finance/workspace/fulfilment.h"

#include <array>
#include <map>

namespace cashline::finance {

namespace {

namespace header = finance_order;
namespace order_line = finance_order_line;

std::string plain(Decimal const& value) { return value.without_trailing_zeros().to_string(); }

enum class Emphasis : std::uint8_t { none, strong };

class OrderPage {
public:
    OrderPage(Reader& reader, Row order)
        : m_reader(reader)
        , m_all(reader.elevated_reader())
        , m_order(std::move(order))
        , m_currency(m_order.text_or(header::currency_code))
    {
    }

    Result<json::Value> document();

private:
    Result<void> read_items();
    Result<json::Array> lines();
    Result<json::Value> line(Row const& row, Amount amount);
    Result<void> add_total(std::string label, Amount amount, Emphasis emphasis = Emphasis::none);
    Result<void> add_totals();
    Result<json::Array> documents();
    Result<void> add_invoices(json::Array& all);
    Result<std::string> text(Amount amount) { return amount_text(m_all, amount, m_currency); }

    Reader& m_reader;
    Reader m_all;
    Row m_order;
    std::string m_currency;
    std::vector<Row> m_lines {};
    std::map<std::string, Row> m_items {};
    std::string m_warehouse {};
    std::optional<catalog::PricedDocument> m_priced {};
    json::Array m_totals {};
};

Result<json::Value> OrderPage::line(Row const& row, Amount amount)
{
    auto const quantities = quantities_of(row);
    auto const number = row.text_or(order_line::item);
    auto const item = m_items.find(number);
    auto const name = row.text_or(order_line::description,
        item == m_items.end() ? number : item->second.text_or(released_product::name));
    json::Value result { json::Object {
        { "id", row.id().to_string() },
        { "number", row.get(order_line::line_number).value_or(0) },
        { "product", number },
        { "name", name },
        { "unit", row.text_or(order_line::unit) },
        { "ordered", plain(quantities.ordered) },
        { "picked", plain(quantities.picked) },
        { "packed", plain(quantities.packed) },
        { "invoiced", plain(quantities.invoiced) },
        { "toPick", plain(TRY(quantities.ordered.minus(quantities.picked))) },
        { "toPack", plain(TRY(quantities.picked.minus(quantities.packed))) },
        { "priceText", TRY(text(row.amount_or_zero(order_line::price))) },
        { "amountText", TRY(text(amount)) },
    } };
    if (item != m_items.end() && item->second.get(released_product::is_stocked).value_or(false)) {
        auto const place =
            row.text_or(order_line::warehouse, m_order.text_or(header::warehouse, m_warehouse));
        result.set("onHand",
            plain(TRY(available(m_all, m_order.text_or(header::company), { number, place }))));
    }
    return result;
}

Result<void> OrderPage::read_items()
{
    auto const company = m_order.text_or(header::company);
    m_warehouse = TRY(books_of(m_all, company)).settings.text_or(finance_company::warehouse);
    std::vector<Value> numbers;
    for (auto const& row : m_lines) {
        if (auto const item = row.get(order_line::item)) {
            numbers.emplace_back(*item);
        }
    }
    if (numbers.empty()) {
        return {};
    }
    for (auto& item : TRY(m_all.query(Query::from(released_product::table)
                 .where(released_product::company == company
                     && is_in(released_product::number, std::move(numbers)))))) {
        auto number = item.text_or(released_product::number);
        m_items.emplace(std::move(number), std::move(item));
    }
    return {};
}

Result<json::Array> OrderPage::lines()
{
    TRY(read_items());
    json::Array result;
    for (std::size_t place = 0; place < m_lines.size(); ++place) {
        auto const& row = m_lines[place];
        result.emplace_back(TRY(line(
            row, m_priced ? m_priced->lines[place].net : row.amount_or_zero(order_line::amount))));
    }
    return result;
}

Result<void> OrderPage::add_total(std::string label, Amount amount, Emphasis emphasis)
{
    json::Value entry { json::Object {
        { "label", std::move(label) },
        { "text", TRY(text(amount)) },
    } };
    if (emphasis == Emphasis::strong) {
        entry.set("strong", true);
    }
    m_totals.push_back(std::move(entry));
    return {};
}

Result<void> OrderPage::add_totals()
{
    if (!m_priced) {
        return add_total("Total", m_order.amount_or_zero(header::total), Emphasis::strong);
    }
    auto const& priced = *m_priced;
    TRY(add_total("Lines", priced.net));
    for (auto const& discount : priced.discounts) {
        TRY(add_total(discount.label, discount.net.negated()));
    }
    for (auto const& charge : priced.charges) {
        TRY(add_total(charge.label, charge.net));
    }
    for (auto const& tax : priced.taxes) {
        TRY(add_total(tax.rate.label, tax.amount));
    }
    return add_total("Total", priced.gross, Emphasis::strong);
}

Result<void> OrderPage::add_invoices(json::Array& all)
{
    for (auto const& row : TRY(m_all.query(Query::from(finance_invoice::table)
                 .where(finance_invoice::order == m_order.id())
                 .order_by(finance_invoice::number)))) {
        auto const url = "/documents/finance-invoices/" + row.id().to_string();
        json::Array links;
        if (!row.is_null(finance_invoice::pdf_file)) {
            links.push_back(json::Object { { "label", "PDF" }, { "url", url + ".pdf" } });
        }
        if (!row.is_null(finance_invoice::ubl_file)) {
            links.push_back(json::Object { { "label", "E-invoice" }, { "url", url + ".xml" } });
        }
        all.push_back(json::Object {
            { "kind", "invoice" },
            { "number", row.text_or(finance_invoice::number) },
            { "postedOn", row.get(finance_invoice::date).value_or(Date {}).to_string() },
            { "totalText", TRY(text(row.amount_or_zero(finance_invoice::total))) },
            { "links", std::move(links) },
        });
    }
    return {};
}

Result<json::Array> OrderPage::documents()
{
    static constexpr std::array kinds { "confirmation", "pickingList", "packingSlip" };
    json::Array result;
    for (auto const& row : TRY(m_all.query(Query::from(order_document::table)
                 .where(order_document::order == m_order.id())
                 .order_by(order_document::created_on)))) {
        auto const type = row.get(order_document::document_type)
                              .value_or(OrderDocumentDocumentType::confirmation);
        json::Value entry { json::Object {
            { "kind", kinds.at(static_cast<std::size_t>(type)) },
            { "number", row.text_or(order_document::number) },
            { "postedOn", row.get(order_document::date).value_or(Date {}).to_string() },
            { "links", json::Array {} },
        } };
        if (auto const total = row.get(order_document::total)) {
            entry.set("totalText", TRY(text(*total)));
        }
        result.push_back(std::move(entry));
    }
    TRY(add_invoices(result));
    return result;
}

Result<json::Value> OrderPage::document()
{
    m_lines = TRY(lines_of_order(m_all, m_order.id()));
    auto const customer = TRY(find_customer(
        m_all, m_order.text_or(header::company), m_order.text_or(header::customer_account)));
    auto result = TRY(fulfilment_head(
        m_all, m_order, customer ? customer->text_or(finance_customer::name) : std::string {}));
    result.set("next", next_step_text(m_order, m_lines));
    if (!m_lines.empty() && !m_order.get(header::is_history).value_or(false)) {
        m_priced = TRY(price_order(m_reader, m_order, m_lines)).priced;
    }
    result.set("lines", TRY(lines()));
    TRY(add_totals());
    result.set("totals", std::move(m_totals));
    result.set("documents", TRY(documents()));
    return result;
}

}

Result<json::Value> fulfilment_order(Reader& reader, Id order)
{
    return OrderPage(reader, TRY(reader.retrieve(header::table, order))).document();
}

}
