// Steps as in docs/contracts/collaboration.md.
#include "apps/collaboration/channel/open_channel.h"

#include "apps/collaboration/channel/channel_table.h"
#include "apps/collaboration/channel_member/channel_member_table.h"
#include "core/text.h"
#include "platform/metadata/display.h"
#include "platform/metadata/json_values.h"
#include "platform/security/share/share_table.h"
#include "platform/security/system_user/system_user_table.h"

#include <algorithm>
#include <array>

namespace cashline::collaboration {

namespace {

// The facts a card shows, as far as the table has them.
constexpr std::array card_columns { "estimatedvalue", "actualvalue", "estimatedclosedate",
    "closeprobability", "statuscode", "customerid", "customertypecode", "telephone1",
    "emailaddress1", "websiteurl", "totalamount", "description", "ownerid" };

Result<Table const*> known_table(Reader& reader, std::string_view name)
{
    auto const* table = reader.schema().find(name);
    if (!table || table->is_hidden || table->is_intersect) {
        return invalid("InvalidArgument", "There is no table '" + std::string(name) + "'.");
    }
    return table;
}

std::string title_of(Table const& table, Row const& row)
{
    auto const& column = table.name_or_id_column();
    return display_text(column, row.value(column.index));
}

Result<void> add_member(Unit& elevated, Id channel, Lookup user)
{
    auto const known = TRY(elevated.exists(Query::from(channel_member::table)
            .where(channel_member::channel == channel && channel_member::user == user.id)));
    if (known || user.table != system_user::table) {
        return {};
    }
    TRY(elevated.create(Row(channel_member::table)
            .set(channel_member::channel, channel)
            .set(channel_member::user, user.id)
            .set(channel_member::role, ChannelMemberRole::member)));
    return {};
}

// The record's owner and the people it is shared with, its sales team among them. Customers are
// never members (collaboration-insights.md 8, COL-9).
Result<std::vector<Lookup>> suggested(Unit& elevated, Table const& table, Row const& record)
{
    std::vector<Lookup> people;
    if (auto const* owner = table.find("ownerid")) {
        if (auto const* found = record.value(owner->index).as_lookup()) {
            people.push_back(*found);
        }
    }
    auto const shares = TRY(elevated.query(
        Query::from(share::table).where(share::object == Lookup { table.id, record.id() })));
    for (auto const& row : shares) {
        if (auto const principal = row.get(share::principal)) {
            people.push_back(*principal);
        }
    }
    return people;
}

Result<std::string> target_name(Reader& reader, Lookup target)
{
    auto const* table = reader.schema().find(target.table);
    auto const row = table ? TRY(reader.find(target.table, target.id)) : std::optional<Row> {};
    return row ? title_of(*table, *row) : std::string {};
}

Result<json::Value> card_fields(Reader& reader, Table const& table, Row const& row, bool may_write)
{
    json::Array fields;
    for (auto const* name : card_columns) {
        auto const* column = table.find(name);
        auto const value = column ? row.value(column->index) : Value {};
        if (!column || value.is_null()) {
            continue;
        }
        json::Value field { json::Object {} };
        field.set("column", column->name);
        field.set("label", column->label);
        field.set("type", column->is_lookup() ? "lookup" : "text");
        auto const* target = value.as_lookup();
        field.set("value", value_to_json(*column, value));
        field.set(
            "text", target ? TRY(target_name(reader, *target)) : display_text(*column, value));
        auto const is_fixed =
            column->is_derived || column->is_lookup() || column->writable != Writable::always;
        field.set("editable", may_write && !is_fixed);
        fields.push_back(std::move(field));
    }
    return json::Value(std::move(fields));
}

}

Result<OpenChannel::Reply> open_channel(Unit& unit, OpenChannel const& request)
{
    // 1. Only a record that the caller sees can be talked about.
    auto const* table = TRY(known_table(unit, request.table));
    auto const record = TRY(unit.retrieve(table->id, request.record));

    // 2. One channel a record; who is no member has to be let in by its owner.
    auto elevated = unit.elevated();
    auto const known = TRY(elevated.first(Query::from(channel::table)
            .where(channel::record_id == request.record && channel::record_table == table->name)));
    if (known) {
        if (!TRY(unit.find(channel::table, known->id()))) {
            return denied(
                "not_a_member", "This record has a channel already. Ask its owner to add you.");
        }
        return OpenChannel::Reply { .channel = known->id() };
    }

    // 3. The caller owns it; owner and sales team of the record are members from the start.
    auto const name =
        request.title && !request.title->empty() ? *request.title : title_of(*table, record);
    auto const id = TRY(unit.create(Row(channel::table)
            .set(channel::name, text::truncate_utf16(name, 200))
            .set(channel::record_table, table->name)
            .set(channel::record_id, request.record)));
    for (auto const& person : TRY(suggested(elevated, *table, record))) {
        TRY(add_member(elevated, id, person));
    }
    return OpenChannel::Reply { .channel = id };
}

Result<RetrieveRecordCard::Reply> retrieve_record_card(
    Reader& reader, RetrieveRecordCard const& request)
{
    auto const* table = TRY(known_table(reader, request.table));
    json::Value card { json::Object {} };
    card.set("table", table->name);
    card.set("tableLabel", table->label);
    card.set("id", request.record.to_string());
    auto const all = TRY(reader.elevated_reader().find(table->id, request.record));
    if (!all) {
        card.set("title", "");
        card.set("access", "gone");
        return RetrieveRecordCard::Reply { .document = std::move(card) };
    }
    card.set("title", title_of(*table, *all));
    auto const own = reader.find(table->id, request.record);
    if (!own && own.error().fault != Fault::denied) {
        return std::unexpected(own.error());
    }
    if (!own || !*own) {
        card.set("access", "none"); // The title and nothing else (CARD-2).
        return RetrieveRecordCard::Reply { .document = std::move(card) };
    }
    auto const may_write = TRY(reader.may(Privilege::write, table->id, request.record));
    card.set("access", may_write ? "write" : "read");
    card.set("etag", "W/\"" + std::to_string((*own)->version()) + "\"");
    card.set("fields", TRY(card_fields(reader, *table, **own, may_write)));
    return RetrieveRecordCard::Reply { .document = std::move(card) };
}

}
