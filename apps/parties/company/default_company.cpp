#include "apps/parties/api.h"
#include "apps/parties/company/company_table.h"
#include "platform/organization/organization_table.h"

namespace cashline::parties {

Result<std::optional<Id>> default_company(Reader& reader)
{
    auto elevated = reader.elevated_reader();
    auto query =
        Query::from(company::table).select({ company::code }).order_by(company::code).top(1);
    auto const organization =
        TRY(elevated.find(organization::table, organization_id(), { organization::base_currency }));
    if (organization) {
        if (auto const currency = organization->get(organization::base_currency)) {
            auto const own =
                TRY(elevated.first(Query(query).where(company::accounting_currency == *currency)));
            if (own) {
                return own->id();
            }
        }
    }
    auto const any = TRY(elevated.first(query));
    return any ? std::optional(any->id()) : std::nullopt;
}

Result<std::string> default_company_code(Reader& reader)
{
    auto const id = TRY(default_company(reader));
    if (!id) {
        return std::string {};
    }
    auto elevated = reader.elevated_reader();
    auto const row = TRY(elevated.retrieve(company::table, *id, { company::code }));
    return std::string(row.get(company::code).value_or(""));
}

Rule fill_company(LookupColumn column)
{
    return [column](Unit& unit, Change& change) -> Result<void> {
        if (change.values.is_null(column)) {
            if (auto const company = TRY(default_company(unit))) {
                change.values.set(column, *company);
            }
        }
        return {};
    };
}

}
