#include "apps/activities/activity_party/address_book.h"

#include "core/text.h"

#include <array>

namespace cashline::activities {

namespace {

constexpr std::array address_columns { "internalemailaddress", "emailaddress1", "emailaddress2",
    "emailaddress3", "emailaddress" };
// Who is looked up for an address, in this order (sales.md 7).
constexpr std::array party_tables { "systemuser", "contact", "account", "lead" };

std::vector<Column const*> addresses_of(Table const& table)
{
    std::vector<Column const*> columns;
    for (auto const* name : address_columns) {
        if (auto const* column = table.find(name)) {
            columns.push_back(column);
        }
    }
    return columns;
}

Filter has_address(Table const& table, std::string_view address)
{
    Filter any { .kind = Filter::Kind::any };
    for (auto const* column : addresses_of(table)) {
        any.children.push_back(
            Filter::condition(column->index, Operator::equal, { Value(address) }));
    }
    return any;
}

// Closed leads and former contacts answer no mails.
Filter is_alive(Table const& table)
{
    if (auto const* state = table.find("statecode")) {
        return Filter::condition(state->index, Operator::equal, { Value(0) });
    }
    if (auto const* disabled = table.find("isdisabled")) {
        return Filter::condition(disabled->index, Operator::equal, { Value(false) });
    }
    return {};
}

}

Result<std::optional<PartyFacts>> party_facts(Reader& reader, Lookup party)
{
    auto const* table = reader.schema().find(party.table);
    auto const row = table ? TRY(reader.find(party.table, party.id)) : std::optional<Row> {};
    if (!row) {
        return std::nullopt;
    }
    PartyFacts facts;
    if (auto const* name = row->value(table->name_or_id_column().index).as_text()) {
        facts.name = *name;
    }
    for (auto const* column : addresses_of(*table)) {
        auto const* address = row->value(column->index).as_text();
        if (address && facts.address.empty()) {
            facts.address = *address;
        }
    }
    if (auto const* refusal = table->find("donotemail")) {
        facts.wants_no_mail = row->value(refusal->index) == Value(true);
    }
    return facts;
}

Result<std::optional<Lookup>> find_party(Reader& reader, std::string_view address)
{
    for (auto const* name : party_tables) {
        auto const* table = reader.schema().find(name);
        if (!table) {
            continue;
        }
        auto query =
            Query::from(table->id).where(has_address(*table, address) && is_alive(*table)).top(2);
        query.columns = { table->id_column };
        auto const rows = reader.query(query);
        if (!rows && rows.error().fault == Fault::denied) {
            continue; // Whom he may not see, he cannot mean.
        }
        auto const found = TRY(rows);
        if (!found.empty()) {
            return found.size() == 1 ? std::optional(Lookup { table->id, found[0].id() })
                                     : std::nullopt;
        }
    }
    return std::nullopt;
}

}
