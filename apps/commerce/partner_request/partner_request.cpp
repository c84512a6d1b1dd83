#include "apps/commerce/partner_request/partner_request.h"

#include "apps/activities/note/note_table.h"
#include "apps/commerce/mails/shop_mail.h"
#include "apps/sales/lead/lead_table.h"
#include "core/text.h"
#include "platform/notification/notify.h"

namespace cashline::commerce {

namespace {

constexpr std::int64_t repeat_seconds = std::int64_t { 24 } * 3'600;
constexpr std::size_t topic_units_max = 300;
constexpr std::size_t wish_units_max = 100;

Row lead_of(PartnerRequest const& request)
{
    Row row(lead::table);
    row.set(lead::topic, topic_of(request))
        .set(lead::first_name, request.first_name)
        .set(lead::last_name, request.last_name)
        .set(lead::company_name, request.company)
        .set(lead::email, request.email)
        .set(lead::description, request.message)
        .set(lead::source, LeadSource::web)
        .set(lead::reference, request.reference);
    auto const set_if = [&](TextColumn const& column, std::string const& value) {
        if (!value.empty()) {
            row.set(column, value);
        }
    };
    set_if(lead::business_phone, request.phone);
    set_if(lead::country, request.country);
    set_if(lead::city, request.city);
    return row;
}

Result<std::optional<Row>> recent_lead(Reader& elevated, PartnerRequest const& request)
{
    return elevated.first(Query::from(lead::table)
            .where(lead::email == request.email && lead::company_name == request.company
                && lead::source == LeadSource::web && lead::state == LeadState::open
                && lead::created_on >= elevated.now().plus_seconds(-repeat_seconds))
            .order_by_descending(lead::created_on));
}

Result<void> add_to_lead(Unit& elevated, Row const& known, PartnerRequest const& request)
{
    auto const owner = known.get(lead::owner);
    TRY(elevated.create(Row(note::table)
            .set(note::title, "Asked again: " + topic_of(request))
            .set(note::text, request.message + "\n\nReference " + request.reference)
            .set(note::regarding, Lookup { lead::table, known.id() })
            .set(note::owner, owner)));
    if (!owner) {
        return {};
    }
    return notify(elevated, *owner,
        { .title = "Asked again: " + known.text_or(lead::topic),
            .body = known.text_or(lead::full_name) + ", " + known.text_or(lead::company_name),
            .about = { lead::table, known.id() } });
}

Result<void> confirm_by_mail(Unit& elevated, PartnerRequest const& request)
{
    json::Value values { json::Object {} };
    values.set("name", request.first_name + " " + request.last_name);
    values.set("reference", request.reference);
    values.set("message", request.message);
    return send_shop_mail(elevated,
        { .name = "shop_request_received",
            .to_name = request.first_name + " " + request.last_name,
            .to_address = request.email,
            .values = std::move(values) });
}

}

std::string topic_of(PartnerRequest const& request)
{
    auto wish = request.product;
    if (wish.empty()) {
        auto const first_line = text::trim(text::split(request.message, '\n').front());
        wish = text::truncate_utf16(first_line, wish_units_max);
        if (wish.size() < first_line.size()) {
            wish += "…";
        }
    }
    return text::truncate_utf16("Partner request: " + wish, topic_units_max);
}

Result<void> submit_partner_request(Unit& unit, PartnerRequest const& request)
{
    auto elevated = unit.elevated();
    if (auto const known = TRY(recent_lead(elevated, request))) {
        TRY(add_to_lead(elevated, *known, request));
    } else {
        TRY(unit.create(lead_of(request)));
    }
    return confirm_by_mail(elevated, request);
}

}
