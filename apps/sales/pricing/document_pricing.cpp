#include "apps/sales/pricing/document_pricing.h"

#include "apps/catalog/product/product_table.h"
#include "apps/parties/api.h"
#include "core/text.h"

#include <algorithm>
#include <array>

namespace cashline::sales {

namespace {

// Copying a document makes many lines in one unit; the message prices once when it is done.
constexpr std::array copying_messages { "GenerateQuoteFromOpportunity", "ConvertQuoteToSalesOrder",
    "ReviseQuote", "GenerateSalesOrderFromOpportunity", "GetQuoteProductsFromOpportunity",
    "cl_PlaceOrder" };

bool prices_by_itself(Unit const& unit)
{
    return unit.caller().door == Door::import
        || std::ranges::find(copying_messages, unit.reason()) != copying_messages.end();
}

catalog::PriceLine price_line_of(LineColumns const& columns, Row const& line)
{
    catalog::PriceLine asked;
    if (auto const product = line.get(columns.product)) {
        asked.product = product->id;
    }
    if (auto const unit = line.get(columns.unit)) {
        asked.unit = unit->id;
    }
    asked.description = line.text_or(columns.description);
    asked.quantity = line.get(columns.quantity).value_or(Decimal::from(1));
    if (line.get(columns.is_price_overridden).value_or(false) || !asked.product) {
        asked.price_typed = line.amount_or_zero(columns.price).to_decimal();
    }
    asked.discount_typed = line.amount_or_zero(columns.manual_discount);
    return asked;
}

// The base amount is what agreements leave; the seller's own discount comes off it (sales.md 5).
Result<Row> line_amounts(DocumentColumns const& document, Row const& line,
    catalog::PricedLine const& priced, TaxOnDocument tax)
{
    auto const& columns = document.line;
    Row changes(columns.table);
    auto const with_tax = tax == TaxOnDocument::included;
    auto const agreed =
        TRY(priced.line_discount.minus(line.amount_or_zero(columns.manual_discount)));
    changes.set(columns.price, TRY(Amount::from(priced.price, 4, Rounding::half_away)))
        .set(columns.agreement_discount, agreed)
        .set(columns.base_amount, TRY(priced.list_amount.minus(agreed)))
        .set(columns.tax, with_tax ? std::optional(priced.tax) : std::nullopt)
        .set(columns.extended_amount, with_tax ? TRY(priced.net.plus(priced.tax)) : priced.net);
    return changes;
}

Result<Row> totals(
    HeaderColumns const& columns, catalog::PricedDocument const& priced, TaxOnDocument tax)
{
    // Finance computes tax and charges from the quote on; a deal is worth what is sold.
    auto const is_offer = tax == TaxOnDocument::included;
    auto const tax_amount = is_offer ? priced.tax : Amount {};
    auto const charge = is_offer ? priced.charge : Amount {};
    auto const less_freight = TRY(priced.net.minus(priced.discount));
    Amount line_discount {};
    for (auto const& line : priced.lines) {
        line_discount = TRY(line_discount.plus(line.line_discount));
    }
    Row changes(columns.table);
    changes.set(columns.total_line_amount, priced.net)
        .set(columns.total_line_discount, line_discount)
        .set(columns.total_discount, priced.discount)
        .set(columns.total_less_freight, less_freight)
        .set(columns.freight, charge)
        .set(columns.total_tax, tax_amount)
        .set(columns.total, TRY(TRY(less_freight.plus(charge)).plus(tax_amount)));
    return changes;
}

// A catalog line takes its unit from the product; a line without a number goes to the end.
Rule complete_line(LineColumns const& columns)
{
    return [columns](Unit& unit, Change& change) -> Result<void> {
        auto const now = change.after();
        auto const product_reference = now.get(columns.product);
        if (!product_reference && now.text_or(columns.description).empty()) {
            return invalid("InvalidArgument",
                "A line names a product, or describes what is offered (write-in).",
                columns.product.name);
        }
        if (change.operation == Operation::create && !product_reference) {
            change.values.set(columns.is_write_in, true).set(columns.is_price_overridden, true);
        }
        if (product_reference && now.is_null(columns.unit)) {
            auto elevated = unit.elevated();
            auto const row = TRY(elevated.retrieve(
                product::table, product_reference->id, { product::default_unit }));
            change.values.set(columns.unit, row.get(product::default_unit));
        }
        auto const parent = now.get(columns.parent);
        if (change.operation == Operation::create && now.is_null(columns.number) && parent) {
            auto elevated = unit.elevated();
            auto const others =
                TRY(elevated.count(Query::from(columns.table).where(columns.parent == parent->id)));
            change.values.set(columns.number, others + 1);
        }
        return {};
    };
}

}

Result<std::vector<Row>> lines_of(Reader& reader, DocumentColumns const& document, Id header)
{
    return reader.query(Query::from(document.line.table)
            .where(document.line.parent == header)
            .order_by(document.line.number));
}

Result<catalog::PriceRequest> price_request_of(Reader& reader, DocumentColumns const& document,
    Row const& header, std::vector<Row> const& lines)
{
    auto const& columns = document.header;
    catalog::PriceRequest request;
    auto const& table = reader.schema().table(columns.table);
    auto const* company = table.find("msdyn_company");
    auto const* company_value = company ? header.value(company->index).as_lookup() : nullptr;
    request.company =
        company_value ? company_value->id : TRY(parties::default_company(reader)).value_or(Id {});
    if (auto const customer = header.get(columns.customer)) {
        request.customer = customer->id;
    }
    if (auto const currency = header.get(columns.currency)) {
        request.currency = currency->id;
    }
    if (auto const list = header.get(columns.price_list)) {
        request.price_list = list->id;
    }
    if (auto const* coupons = table.find("cl_couponcodes")) {
        auto const* codes = header.value(coupons->index).as_text();
        for (auto const code : text::split(codes ? std::string_view(*codes) : "", ',')) {
            if (auto const trimmed = text::trim(code); !trimmed.empty()) {
                request.coupons.emplace_back(trimmed);
            }
        }
    }
    request.date = reader.today();
    request.discount_typed = header.amount_or_zero(columns.discount_amount);
    request.discount_percent = header.get(columns.discount_percentage);
    for (auto const& line : lines) {
        request.lines.push_back(price_line_of(document.line, line));
    }
    return request;
}

Result<catalog::PricedDocument> price_document(
    Unit& unit, DocumentColumns const& document, Id header_id, TaxOnDocument tax)
{
    auto elevated = unit.elevated();
    auto const header = TRY(elevated.retrieve(document.header.table, header_id));
    auto const lines = TRY(lines_of(elevated, document, header_id));
    auto const request = TRY(price_request_of(elevated, document, header, lines));
    auto priced = TRY(unit.port<catalog::Prices>().quote_prices(elevated, request));
    for (std::size_t position = 0; position < lines.size(); ++position) {
        TRY(elevated.update(document.line.table, lines[position].id(),
            TRY(line_amounts(document, lines[position], priced.lines[position], tax))));
    }
    TRY(elevated.update(
        document.header.table, header_id, TRY(totals(document.header, priced, tax))));
    return priced;
}

void register_pricing(Registry& registry, DocumentColumns const& document, TaxOnDocument tax)
{
    auto const& line = document.line;
    auto const& header = document.header;
    registry.before_save(
        line.table, complete_line(line), { line.product, line.description, line.unit });

    Rule const reprice_of_line = [&document, tax](Unit& unit, Change& change) -> Result<void> {
        auto const* parent = change.now(document.line.parent).as_lookup();
        if (!parent || prices_by_itself(unit)) {
            return {};
        }
        TRY(price_document(unit, document, parent->id, tax));
        return {};
    };
    registry.after_save(line.table, reprice_of_line,
        { line.product, line.unit, line.quantity, line.is_price_overridden, line.manual_discount });
    registry.after(Operation::update, line.table,
        [reprice_of_line, &document](Unit& unit, Change& change) -> Result<void> {
            // A typed price counts only where the seller overrides the list.
            auto const overridden = change.now(document.line.is_price_overridden).as_bool();
            return overridden && *overridden && change.changes(document.line.price)
                ? reprice_of_line(unit, change)
                : Result<void> {};
        },
        { line.price });
    registry.after(Operation::remove, line.table,
        [&document, tax](Unit& unit, Change& change) -> Result<void> {
            auto const parent = change.before.get(document.line.parent);
            auto elevated = unit.elevated();
            if (parent && TRY(elevated.find(document.header.table, parent->id))) {
                TRY(price_document(unit, document, parent->id, tax));
            }
            return {};
        });
    registry.after(Operation::update, header.table,
        [&document, tax](Unit& unit, Change& change) -> Result<void> {
            if (!prices_by_itself(unit)) {
                TRY(price_document(unit, document, change.id, tax));
            }
            return {};
        },
        { header.price_list, header.discount_amount, header.discount_percentage, header.customer });
}

}
