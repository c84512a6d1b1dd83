#include "apps/finance/pricing/document_pricing.h"

#include "apps/catalog/product/product_table.h"
#include "apps/catalog/unit/unit_table.h"
#include "apps/finance/pricing/prices.h"
#include "apps/finance/product/released_product_table.h"
#include "apps/finance/setup/finance_company_table.h"

#include <algorithm>

namespace cashline::finance {

namespace {

using catalog::PriceLine;

template<class Get>
std::vector<Value> ids_of(std::vector<PriceLine> const& lines, Get get)
{
    std::vector<Value> ids;
    for (auto const& line : lines) {
        auto const& id = get(line);
        if (id && std::ranges::find(ids, Value(*id)) == ids.end()) {
            ids.emplace_back(*id);
        }
    }
    return ids;
}

Row const* find_row(std::vector<Row> const& rows, Id id)
{
    auto const found = std::ranges::find(rows, id, [](Row const& row) { return row.id(); });
    return found == rows.end() ? nullptr : &*found;
}

Result<std::vector<Row>> rows_of(Reader& reader, Query query, std::vector<Value> const& wanted)
{
    return wanted.empty() ? Result<std::vector<Row>>(std::vector<Row> {}) : reader.query(query);
}

ItemFacts facts_of(Row const& product_row)
{
    auto const currency = product_row.get(product::currency);
    return { .number = product_row.text_or(product::number),
        .list_price = product_row.get(product::list_price),
        .list_currency = currency ? currency->id : Id {} };
}

void add_released(ItemFacts& facts, std::vector<Row> const& released)
{
    for (auto const& row : released) {
        if (row.text_or(released_product::number) == facts.number) {
            facts.line_discount_group = row.text_or(released_product::line_discount_group);
            facts.multiline_discount_group =
                row.text_or(released_product::multiline_discount_group);
            facts.tax_item_group = row.text_or(released_product::tax_item_group);
        }
    }
}

}

Result<CustomerTerms> DocumentPricing::terms()
{
    if (m_known) {
        return m_known->terms;
    }
    auto const customer = m_request.customer
        ? TRY(find_customer_of_party(m_reader, m_books->code, *m_request.customer))
        : std::optional<Row> {};
    return customer ? terms_of(*customer) : default_terms(m_reader, *m_books);
}

Result<void> DocumentPricing::find_company()
{
    m_currency = TRY(currency_by_id(m_reader, m_request.currency));
    m_input.currency = m_currency.id;
    m_input.precision = m_currency.precision;
    m_books = TRY(find_books(m_reader, m_request.company));
    if (!m_books) {
        return {};
    }
    m_terms = TRY(terms());
    m_taxes = TRY(TaxSetup::load(m_reader, m_books->code, m_terms.tax_group));
    auto const method = m_books->settings.get(finance_company::tax_method);
    m_input.tax_rules = { .method = method == FinanceCompanyTaxMethod::per_line
            ? catalog::TaxMethod::per_line
            : catalog::TaxMethod::per_document,
        .prices_include_tax = m_terms.prices_include_tax };
    return {};
}

Result<void> DocumentPricing::find_items()
{
    auto const product_ids = ids_of(m_request.lines, [](auto const& line) { return line.product; });
    auto const products = TRY(rows_of(m_reader,
        Query::from(product::table)
            .select(
                { product::number, product::list_price, product::currency, product::default_unit })
            .where(is_in(product::id, product_ids)),
        product_ids));
    // A line without a unit is in the product's own, and has what was agreed for that.
    auto const unit_of = [&](PriceLine const& line) -> std::optional<Id> {
        auto const* row = line.product ? find_row(products, *line.product) : nullptr;
        if (line.unit || !row) {
            return line.unit;
        }
        auto const own = row->get(product::default_unit);
        return own ? std::optional(own->id) : std::nullopt;
    };
    auto const unit_ids = ids_of(m_request.lines, unit_of);
    auto const units = TRY(rows_of(m_reader,
        Query::from(unit::table).select({ unit::name }).where(is_in(unit::id, unit_ids)),
        unit_ids));
    std::vector<Value> numbers;
    for (auto const& row : products) {
        numbers.emplace_back(row.text_or(product::number));
    }
    auto const company = m_books ? m_books->code : std::string {};
    auto const released = TRY(rows_of(m_reader,
        Query::from(released_product::table)
            .where(
                released_product::company == company && is_in(released_product::number, numbers)),
        numbers));
    for (auto const& line : m_request.lines) {
        auto& facts = m_items.emplace_back();
        if (line.product) {
            auto const* row = find_row(products, *line.product);
            if (!row) {
                return missing("ObjectDoesNotExist",
                    "product With Id = " + line.product->to_string() + " Does Not Exist");
            }
            facts = facts_of(*row);
            add_released(facts, released);
        }
        auto const unit = unit_of(line);
        auto const* unit_row = unit ? find_row(units, *unit) : nullptr;
        facts.unit = unit_row ? unit_row->text_or(unit::name) : std::string {};
        if (m_known && !m_known->tax_item_groups[m_items.size() - 1].empty()) {
            facts.tax_item_group = m_known->tax_item_groups[m_items.size() - 1];
        }
        if (facts.tax_item_group.empty() && m_books) {
            facts.tax_item_group = m_books->settings.text_or(finance_company::tax_item_group);
        }
    }
    return {};
}

AgreementQuestion DocumentPricing::question_of(std::size_t position) const
{
    auto const& item = m_items[position];
    return { .customer = m_terms.account,
        .price_group = m_terms.price_group,
        .line_discount_group = m_terms.line_discount_group,
        .multiline_discount_group = m_terms.multiline_discount_group,
        .total_discount_group = m_terms.total_discount_group,
        .item = item.number,
        .item_line_discount_group = item.line_discount_group,
        .item_multiline_discount_group = item.multiline_discount_group,
        .unit = item.unit,
        .currency = m_currency.code,
        .date = m_request.date,
        .quantity = m_request.lines[position].quantity };
}

// 1. The price: what the seller typed, else an agreement, else the price list, else the product.
Result<void> DocumentPricing::set_price(std::size_t position, catalog::LineInput& line)
{
    auto const& asked = m_request.lines[position];
    if (asked.price_typed) {
        line.price = *asked.price_typed;
        line.price_quantity = asked.price_quantity;
        line.price_source = "typed";
        return {};
    }
    if (auto const found = TRY(find_price(m_agreements, question_of(position)))) {
        line.price = found->price;
        line.price_quantity = found->price_quantity;
        line.fixed_charge = found->fixed_charge;
        line.price_source = "agreement: " + found->source;
        return {};
    }
    if (asked.product && m_request.price_list) {
        auto const listed =
            TRY(catalog::list_price(m_reader, *m_request.price_list, *asked.product, asked.unit));
        if (listed) {
            line.price = *listed;
            line.price_source = "price_list";
            return {};
        }
    }
    auto const& item = m_items[position];
    auto const in_currency = item.list_currency.is_nil() || item.list_currency == m_currency.id;
    if (asked.product && item.list_price && in_currency) {
        line.price = item.list_price->to_decimal();
        line.price_source = "product";
        return {};
    }
    return conflict("price_missing",
        asked.product ? "Product " + item.number
                + " has no price here. Add it to the price list, or type a price on the line."
                      : "A line without a product needs a price: " + asked.description);
}

Result<Decimal> DocumentPricing::quantity_in_group(std::size_t position) const
{
    auto const& group = m_items[position].multiline_discount_group;
    Decimal total {};
    for (std::size_t other = 0; other < m_items.size(); ++other) {
        if (other == position
            || (!group.empty() && m_items[other].multiline_discount_group == group)) {
            total = TRY(total.plus(m_request.lines[other].quantity));
        }
    }
    return total;
}

// 2. and 3. Line and multiline discount; a typed price is what it is.
Result<void> DocumentPricing::set_discounts(std::size_t position, catalog::LineInput& line)
{
    auto const& asked = m_request.lines[position];
    line.line_discount = asked.discount_typed;
    if (asked.percent_typed) {
        line.percents.push_back(*asked.percent_typed);
    }
    if (asked.price_typed || !asked.product) {
        return {};
    }
    auto question = question_of(position);
    auto found = TRY(find_discount(m_agreements, question, Relation::line_discount));
    question.quantity = TRY(quantity_in_group(position));
    auto const multiline = TRY(find_discount(m_agreements, question, Relation::multiline_discount));
    if (found && multiline) {
        auto const how = m_books->settings.get(finance_company::discount_combination)
                             .value_or(FinanceCompanyDiscountCombination::line);
        found = TRY(combine(*found, *multiline, static_cast<DiscountCombination>(how)));
    } else if (multiline) {
        found = multiline;
    }
    if (found) {
        line.unit_discount = found->unit_discount;
        line.percents.insert(line.percents.begin(), found->percents.begin(), found->percents.end());
        line.price_source += ", discount: " + found->source;
    }
    return {};
}

Result<std::vector<std::size_t>> DocumentPricing::taxes_of(std::string const& item_group)
{
    return m_taxes ? m_taxes->taxes_of(m_input.taxes, item_group, m_request.date)
                   : Result<std::vector<std::size_t>>(std::vector<std::size_t> {});
}

Result<void> DocumentPricing::add_line(std::size_t position)
{
    auto const& asked = m_request.lines[position];
    catalog::LineInput line {
        .label = asked.product ? m_items[position].number : asked.description,
        .quantity = asked.quantity,
    };
    TRY(set_price(position, line));
    TRY(set_discounts(position, line));
    line.taxes = TRY(taxes_of(m_items[position].tax_item_group));
    m_input.lines.push_back(std::move(line));
    return {};
}

// 5. Discounts on the whole document: agreement, what the seller typed, coupons.
Result<void> DocumentPricing::add_discounts()
{
    auto const has_totals = std::ranges::any_of(m_agreements,
        [](Agreement const& agreement) { return agreement.relation == Relation::total_discount; });
    auto const net =
        has_totals || !m_request.coupons.empty() ? TRY(catalog::calculate(m_input)).net : Amount {};
    if (has_totals && !m_items.empty()) {
        TRY(add_total_discount(net));
    }
    if (m_request.discount_percent && !m_request.discount_percent->is_zero()) {
        m_input.discounts.push_back(
            { .code = "header", .label = "Discount", .percent = m_request.discount_percent });
    }
    if (!m_request.discount_typed.is_zero()) {
        m_input.discounts.push_back({ .code = "header",
            .label = "Discount",
            .amount = m_request.discount_typed,
            .excess = catalog::Excess::refuse });
    }
    return add_coupons(net);
}

Result<void> DocumentPricing::add_coupons(Amount net)
{
    if (m_known) {
        m_input.discounts.insert(
            m_input.discounts.end(), m_known->coupons.begin(), m_known->coupons.end());
        return {};
    }
    CouponLines places { .amount = net };
    for (auto const& line : m_request.lines) {
        places.products.push_back(line.product);
    }
    for (auto const& code : m_request.coupons) {
        m_input.discounts.push_back(TRY(coupon_discount(m_reader,
            { .code = code,
                .company = m_request.company,
                .customer = m_request.customer,
                .currency = m_request.currency,
                .date = m_request.date },
            places)));
    }
    return {};
}

Result<void> DocumentPricing::add_total_discount(Amount net)
{
    auto question = question_of(0);
    question.quantity = net.to_decimal();
    auto const found = TRY(find_discount(m_agreements, question, Relation::total_discount));
    for (auto const& percent : found ? found->percents : std::vector<Decimal> {}) {
        m_input.discounts.push_back(
            { .code = "agreement", .label = found->source, .percent = percent });
    }
    return {};
}

// 6. Typed freight stands for the automatic charges.
Result<void> DocumentPricing::add_charges()
{
    auto const default_group =
        m_books ? m_books->settings.text_or(finance_company::tax_item_group) : std::string {};
    if (m_request.freight_typed) {
        auto charge = catalog::ChargeInput {
            .code = "FREIGHT", .label = "Freight", .value = m_request.freight_typed->to_decimal()
        };
        charge.taxes = TRY(taxes_of(default_group));
        m_input.charges.push_back(std::move(charge));
        return {};
    }
    auto const rules =
        m_books ? TRY(load_charge_rules(m_reader, m_books->code)) : std::vector<ChargeRule> {};
    if (rules.empty() || m_input.lines.empty()) {
        return {};
    }
    auto const so_far = TRY(catalog::calculate(m_input));
    auto const found = find_charges(rules,
        { .customer = m_terms.account,
            .charges_group = m_terms.charges_group,
            .delivery_mode =
                m_request.delivery_mode.empty() ? m_terms.delivery_mode : m_request.delivery_mode,
            .currency = m_currency.code,
            .order_amount = TRY(so_far.net.minus(so_far.discount)) });
    for (auto const& rule : found) {
        auto charge = catalog::ChargeInput { .code = rule.code,
            .label = rule.label,
            .kind = rule.kind,
            .value = rule.value,
            .amount_max = rule.amount_max };
        charge.taxes =
            TRY(taxes_of(rule.tax_item_group.empty() ? default_group : rule.tax_item_group));
        m_input.charges.push_back(std::move(charge));
    }
    return {};
}

Result<catalog::DocumentInput> DocumentPricing::input()
{
    TRY(find_company());
    TRY(find_items());
    if (m_books) {
        m_agreements = TRY(load_agreements(m_reader, m_books->code, m_terms, m_items));
    }
    for (std::size_t position = 0; position < m_request.lines.size(); ++position) {
        TRY(add_line(position));
    }
    TRY(add_discounts());
    TRY(add_charges());
    return std::move(m_input);
}

}
