#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/lead/lead_table.h"
#include "apps/sales/lead/qualification_plan.h"
#include "apps/sales/lead/qualify_lead.h"
#include "platform/metadata/display.h"

namespace cashline::sales {

namespace {

std::string action_name(PlannedRow::Action action)
{
    switch (action) {
    case PlannedRow::Action::create:
        return "create";
    case PlannedRow::Action::reuse:
        return "reuse";
    case PlannedRow::Action::none:
        return "none";
    }
    return {};
}

json::Array shown_values(Schema const& schema, Row const& values)
{
    json::Array list;
    for (auto const& cell : values.cells()) {
        auto const& column = schema.table(values.table()).column(cell.column);
        // A "no" nobody has said is no news.
        if (auto const* answer = cell.value.as_bool(); answer && !*answer) {
            continue;
        }
        auto text = display_text(column, cell.value);
        if (!text.empty()) {
            list.push_back(json::Object { { "column", column.name }, { "label", column.label },
                { "text", std::move(text) } });
        }
    }
    return list;
}

Result<json::Array> shown_duplicates(Reader& reader, PlannedRow const& planned)
{
    json::Array list;
    if (planned.action != PlannedRow::Action::create) {
        return list;
    }
    for (auto const& match : TRY(possible_duplicates(reader, planned.values))) {
        json::Array labels(match.matched.begin(), match.matched.end());
        list.push_back(json::Object { { "table", reader.schema().table(match.row.table).name },
            { "id", match.row.id.to_string() }, { "name", match.name },
            { "matched", std::move(labels) } });
    }
    return list;
}

Result<json::Value> shown(Reader& reader, PlannedRow const& planned, TextColumn const* name)
{
    json::Value part { json::Object { { "action", action_name(planned.action) } } };
    if (!planned.reason.empty()) {
        part.set("reason", planned.reason);
    }
    if (planned.existing && name) {
        part.set("id", planned.existing->to_string());
        auto const row = TRY(reader.find(name->table, *planned.existing, { *name }));
        part.set("name", row ? row->text_or(*name) : std::string {});
    }
    part.set("values", shown_values(reader.schema(), planned.values));
    part.set("duplicates", name ? TRY(shown_duplicates(reader, planned)) : json::Array {});
    return part;
}

}

Result<PreviewQualification::Reply> preview_qualification(
    Reader& reader, PreviewQualification const& request)
{
    auto const row = TRY(reader.retrieve(lead::table, request.lead.id));
    auto const plan = TRY(plan_qualification(reader, row, {}));
    return PreviewQualification::Reply { .account =
                                             TRY(shown(reader, plan.account, &account::name)),
        .contact = TRY(shown(reader, plan.contact, &contact::full_name)),
        .opportunity = TRY(shown(reader, plan.opportunity, nullptr)) };
}

}
