#include "platform/web_api/odata/payload.h"

namespace cashline::odata {

namespace {

// A lookup with one target holds that table, also where the parent is a kind of it (the pointer of
// an activity).
Lookup stored_reference(Schema const& schema, Collection const& collection)
{
    auto const& relationship = *collection.one_to_many;
    auto const& column = schema.table(relationship.child).column(relationship.column);
    return column.is_polymorphic() ? collection.parent
                                   : Lookup { column.targets.front(), collection.parent.id };
}

bool is_first_side(Unit const& unit, Collection const& collection)
{
    auto const& many = *collection.many_to_many;
    auto const& parent = unit.schema().table(collection.parent.table);
    return many.first == parent.id || parent.extends == many.first;
}

Result<void> fill_collections(
    Unit& unit, Lookup parent, Payload const& payload, Contents const& contents)
{
    for (auto const& members : payload.collections) {
        Collection const collection { members.one_to_many, members.many_to_many, parent };
        for (auto const& row : members.rows) {
            TRY(create_in(unit, collection, row, contents));
        }
        for (auto const& reference : members.references) {
            TRY(associate(unit, collection, TRY(locate(unit, reference, contents))));
        }
    }
    return {};
}

}

Result<Row> settle(Unit& unit, Payload const& payload, Contents const& contents)
{
    auto row = payload.row;
    for (auto const& child : payload.children) {
        auto const table = child.row->row.table();
        row.set(child.column, Lookup { table, TRY(create(unit, *child.row, contents)) });
    }
    for (auto const& reference : payload.references) {
        row.set(reference.column, TRY(locate(unit, reference.target, contents)));
    }
    return row;
}

Result<Id> create(Unit& unit, Payload const& payload, Contents const& contents)
{
    auto const table = payload.row.table();
    auto row = TRY(settle(unit, payload, contents));
    auto const id = TRY(unit.create(table, std::move(row)));
    TRY(fill_collections(unit, { table, id }, payload, contents));
    return id;
}

Result<Lookup> create_in(
    Unit& unit, Collection const& collection, Payload const& payload, Contents const& contents)
{
    auto row = TRY(settle(unit, payload, contents));
    if (collection.one_to_many) {
        row.set(collection.one_to_many->column, stored_reference(unit.schema(), collection));
    }
    auto const table = payload.row.table();
    Lookup const member { table, TRY(unit.create(table, std::move(row))) };
    TRY(fill_collections(unit, member, payload, contents));
    if (collection.many_to_many) {
        TRY(associate(unit, collection, member));
    }
    return member;
}

Result<void> associate(Unit& unit, Collection const& collection, Lookup member)
{
    if (auto const* relationship = collection.one_to_many) {
        Row change(member.table);
        change.set(relationship->column, stored_reference(unit.schema(), collection));
        return unit.update(member, std::move(change));
    }
    auto const is_first = is_first_side(unit, collection);
    auto const parent = collection.parent.id;
    return unit.associate(collection.many_to_many->name, is_first ? parent : member.id,
        is_first ? member.id : parent);
}

Result<void> disassociate(Unit& unit, Collection const& collection, Lookup member)
{
    auto const parent = collection.parent.id;
    if (auto const* relationship = collection.one_to_many) {
        Columns columns;
        columns.indexes = { relationship->column };
        auto const row = TRY(unit.retrieve_for_update(member.table, member.id, columns));
        auto const* current = row.value(relationship->column).as_lookup();
        if (!current || current->id != parent) {
            return missing("ObjectDoesNotExist",
                "The two rows are not linked by '" + relationship->collection + "'.");
        }
        Row change(member.table);
        change.set(relationship->column, Value {});
        return unit.update(member, std::move(change));
    }
    auto const is_first = is_first_side(unit, collection);
    return unit.disassociate(collection.many_to_many->name, is_first ? parent : member.id,
        is_first ? member.id : parent);
}

}
