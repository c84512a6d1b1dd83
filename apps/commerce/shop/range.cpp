#include "apps/commerce/shop/range.h"

#include "apps/catalog/product/product_table.h"
#include "core/text.h"

namespace cashline::commerce {

namespace {

Filter from_to(Date today)
{
    return (is_null(product::valid_from) || product::valid_from <= today)
        && (is_null(product::valid_to) || product::valid_to >= today);
}

Filter has_words(std::string_view words)
{
    Filter filter;
    for (auto const word : text::split(words, ' ')) {
        auto const trimmed = text::trim(word);
        if (!trimmed.empty()) {
            filter = std::move(filter)
                && (contains(product::name, trimmed) || contains(product::number, trimmed));
        }
    }
    return filter;
}

Filter behind(Row const& last)
{
    auto const greater = [](TextColumn const& column, std::string const& value) {
        return Filter::condition(column, Operator::greater, { Value(value) });
    };
    auto const name = last.text_or(product::name);
    return greater(product::name, name)
        || (product::name == name && greater(product::number, last.text_or(product::number)));
}

}

Filter sold_on(Date today)
{
    return product::state == ProductState::active
        && product::structure != ProductStructure::product_family && from_to(today);
}

bool is_sold(Row const& row, Date today)
{
    auto const from = row.get(product::valid_from);
    auto const to = row.get(product::valid_to);
    return row.get(product::state) == ProductState::active
        && row.get(product::structure) != ProductStructure::product_family
        && (!from || *from <= today) && (!to || *to >= today);
}

Result<std::vector<Family>> families(Reader& reader)
{
    std::vector<Family> list;
    for (auto const& row : TRY(reader.query(Query::from(product::table)
                 .select({ product::number, product::name })
                 .where(product::state == ProductState::active
                     && product::structure == ProductStructure::product_family)
                 .order_by(product::name)
                 .top(50)))) {
        list.push_back({ row.id(), row.text_or(product::number), row.text_or(product::name) });
    }
    return list;
}

Result<RangePage> range_page(Reader& reader, RangeQuestion const& question)
{
    auto filter = sold_on(reader.today()) && has_words(question.words);
    if (question.family) {
        filter = std::move(filter) && product::family == *question.family;
    }
    RangePage page { .count = TRY(reader.count(Query::from(product::table).where(filter))) };
    if (!question.after.empty()) {
        auto const last =
            TRY(reader.first(Query::from(product::table).where(product::number == question.after)));
        if (last) {
            filter = std::move(filter) && behind(*last);
        }
    }
    page.products = TRY(reader.query(Query::from(product::table)
            .where(std::move(filter))
            .order_by(product::name)
            .order_by(product::number)
            .top(question.page_size + 1)));
    if (static_cast<std::int64_t>(page.products.size()) > question.page_size) {
        page.products.pop_back();
        page.next = page.products.back().text_or(product::number);
    }
    return page;
}

Result<std::optional<Row>> find_product(Reader& reader, std::string_view number)
{
    return reader.first(
        Query::from(product::table).where(product::number == number && sold_on(reader.today())));
}

}
