#include "apps/sales/papers/paper.h"

#include "apps/catalog/product/product_table.h"
#include "apps/catalog/unit/unit_table.h"
#include "apps/parties/account/account_table.h"
#include "apps/parties/api.h"
#include "apps/parties/company/company_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/pricing/document_columns.h"
#include "apps/sales/pricing/document_pricing.h"
#include "apps/sales/quote/quote_table.h"
#include "apps/sales/sales_order/sales_order_table.h"

namespace cashline::sales {

namespace {

using parties::add_line;
using parties::joined;

class Paper {
public:
    Paper(Reader& reader, DocumentColumns const& columns, Row row, parties::MoneyTexts money)
        : m_reader(reader)
        , m_columns(columns)
        , m_row(std::move(row))
        , m_money(std::move(money))
    {
    }
    static Result<Paper> begin(Reader& reader, DocumentColumns const& columns, Id id);

    Result<void> add_letterhead(LookupColumn company);
    Result<void> add_recipient(TextColumn name, std::vector<TextColumn> const& address);
    Result<void> add_lines();
    void add_totals();
    void add_fact(std::string label, std::string value);
    void add_date(std::string label, std::optional<Date> day);
    Row const& row() const { return m_row; }
    pages::Document& document() { return m_document; }

private:
    Result<pages::DocumentLine> line(Row const& line);
    Result<void> add_customer_of_record();
    void add_total(std::string label, Amount amount);

    Reader& m_reader;
    DocumentColumns const& m_columns;
    Row m_row;
    parties::MoneyTexts m_money;
    pages::Document m_document {};
};

Result<Paper> Paper::begin(Reader& reader, DocumentColumns const& columns, Id id)
{
    auto row = TRY(reader.retrieve(columns.header.table, id));
    auto const currency = row.get(columns.header.currency);
    auto money = TRY(parties::money_texts(reader, currency ? currency->id : Id {}));
    return Paper(reader, columns, std::move(row), std::move(money));
}

Result<void> Paper::add_letterhead(LookupColumn company_column)
{
    auto const named = m_row.get(company_column);
    auto const own = named ? std::optional(named->id) : TRY(parties::default_company(m_reader));
    if (own) {
        parties::put_letterhead(m_document, TRY(m_reader.retrieve(company::table, *own)));
    }
    return {};
}

// What the document says, else what the customer's record says.
Result<void> Paper::add_recipient(TextColumn name, std::vector<TextColumn> const& address)
{
    if (m_row.text_or(name).empty()) {
        return add_customer_of_record();
    }
    add_line(m_document.recipient, m_row.text_or(name));
    for (auto const& column : address) {
        add_line(m_document.recipient, m_row.text_or(column));
    }
    return {};
}

Result<void> Paper::add_customer_of_record()
{
    auto const customer = m_row.get(m_columns.header.customer);
    if (!customer) {
        return {};
    }
    auto const party = TRY(m_reader.retrieve(*customer));
    auto& lines = m_document.recipient;
    if (customer->table == account::table) {
        add_line(lines, party.text_or(account::name));
        add_line(lines, party.text_or(account::street));
        add_line(lines, joined(party.text_or(account::postal_code), party.text_or(account::city)));
        add_line(lines, party.text_or(account::country));
        add_fact("Customer", party.text_or(account::number));
        return {};
    }
    add_line(lines, party.text_or(contact::full_name));
    add_line(lines, party.text_or(contact::street));
    add_line(lines, joined(party.text_or(contact::postal_code), party.text_or(contact::city)));
    add_line(lines, party.text_or(contact::country));
    return {};
}

void Paper::add_fact(std::string label, std::string value)
{
    if (!value.empty()) {
        m_document.facts.push_back({ std::move(label), std::move(value) });
    }
}

void Paper::add_date(std::string label, std::optional<Date> day)
{
    add_fact(std::move(label), day ? day->to_string() : std::string {});
}

Result<pages::DocumentLine> Paper::line(Row const& line)
{
    auto const& columns = m_columns.line;
    std::string number;
    auto description = line.text_or(columns.description);
    if (auto const reference = line.get(columns.product)) {
        auto const sold = TRY(m_reader.retrieve(*reference));
        number = sold.text_or(product::number);
        description = description.empty() ? sold.text_or(product::name) : description;
    }
    std::string unit_name;
    if (auto const reference = line.get(columns.unit)) {
        unit_name = TRY(m_reader.retrieve(*reference)).text_or(unit::name);
    }
    // What the line costs without tax; the stored amount of a quote or order includes it.
    auto const net =
        TRY(line.amount_or_zero(columns.extended_amount).minus(line.amount_or_zero(columns.tax)));
    auto const discount = TRY(line.amount_or_zero(columns.base_amount).minus(net));
    return pages::DocumentLine {
        .cells = { std::move(description),
            line.get(columns.quantity).value_or(Decimal {}).without_trailing_zeros().to_string(),
            std::move(unit_name), m_money.price(line.amount_or_zero(columns.price).to_decimal()),
            discount.is_zero() ? std::string {} : m_money.amount(discount), m_money.amount(net) },
        .detail = std::move(number),
    };
}

Result<void> Paper::add_lines()
{
    using pages::TextAlign;
    m_document.columns = { { "Description", TextAlign::left, 1 }, { "Quantity", TextAlign::right },
        { "Unit", TextAlign::left }, { "Price", TextAlign::right },
        { "Discount", TextAlign::right }, { "Amount", TextAlign::right } };
    for (auto const& row : TRY(lines_of(m_reader, m_columns, m_row.id()))) {
        m_document.lines.push_back(TRY(line(row)));
    }
    return {};
}

void Paper::add_total(std::string label, Amount amount)
{
    m_document.totals.push_back({ .label = std::move(label), .value = m_money.amount(amount) });
}

void Paper::add_totals()
{
    auto const& columns = m_columns.header;
    add_total("Lines", m_row.amount_or_zero(columns.total_line_amount));
    auto const discount = m_row.amount_or_zero(columns.total_discount);
    if (!discount.is_zero()) {
        add_total("Discount", discount.negated());
    }
    auto const charges = m_row.amount_or_zero(columns.freight);
    if (!charges.is_zero()) {
        add_total("Freight and charges", charges);
    }
    add_total("Tax", m_row.amount_or_zero(columns.total_tax));
    add_total("Total", m_row.amount_or_zero(columns.total));
    m_document.totals.back().is_emphasised = true;
}

}

Result<pages::Document> quote_paper(Reader& reader, Id id)
{
    auto elevated = reader.elevated_reader();
    auto paper = TRY(Paper::begin(elevated, quote_document(), id));
    auto const& row = paper.row();
    auto& document = paper.document();
    auto const is_draft = row.get(quote::state) == QuoteState::draft;
    document.title = is_draft ? "Quote (draft)" : "Quote";
    document.number = row.text_or(quote::number);
    document.created_at = row.get(quote::modified_on).value_or(Timestamp {});
    TRY(paper.add_letterhead(quote::company));
    paper.add_fact("Quote", document.number);
    auto const revision = row.get(quote::revision).value_or(0);
    paper.add_fact("Revision", revision > 0 ? std::to_string(revision) : std::string {});
    paper.add_date("Date",
        row.get(quote::effective_from)
            .value_or(row.get(quote::created_on).value_or(Timestamp {}).date_utc()));
    paper.add_date("Valid until", row.get(quote::effective_to));
    paper.add_date("Delivery by", row.get(quote::request_delivery_by));
    TRY(paper.add_recipient(quote::bill_to_name,
        { quote::bill_to_street, quote::bill_to_street_2, quote::bill_to_postal_code,
            quote::bill_to_city, quote::bill_to_country }));
    TRY(paper.add_lines());
    paper.add_totals();
    if (auto const text = row.get(quote::description); text && !text->empty()) {
        document.notes.push_back({ "Notes", std::string(*text) });
    }
    return std::move(document);
}

Result<pages::Document> order_paper(Reader& reader, Id id)
{
    auto elevated = reader.elevated_reader();
    auto paper = TRY(Paper::begin(elevated, order_document(), id));
    auto const& row = paper.row();
    auto& document = paper.document();
    document.title = "Order";
    document.number = row.text_or(sales_order::number);
    document.created_at = row.get(sales_order::modified_on).value_or(Timestamp {});
    TRY(paper.add_letterhead(sales_order::company));
    paper.add_fact("Order", document.number);
    paper.add_date("Date",
        row.get(sales_order::submit_date)
            .value_or(row.get(sales_order::created_on).value_or(Timestamp {}).date_utc()));
    paper.add_fact("Your reference", row.text_or(sales_order::purchase_order));
    paper.add_date("Delivery by", row.get(sales_order::request_delivery_by));
    TRY(paper.add_recipient(sales_order::bill_to_name,
        { sales_order::bill_to_street, sales_order::bill_to_street_2,
            sales_order::bill_to_postal_code, sales_order::bill_to_city,
            sales_order::bill_to_country }));
    TRY(paper.add_lines());
    paper.add_totals();
    return std::move(document);
}

}
