#include "server/demo/demo_parts.h"

#include "platform/organization/organization_table.h"
#include "platform/security/business_unit/business_unit_table.h"
#include "platform/security/role/role_table.h"
#include "platform/security/system_user/system_user_table.h"
#include "platform/security/team/team_table.h"

namespace cashline::demo {

std::vector<Person> const& people()
{
    static std::vector<Person> const list {
        { "daisy", "Daisy", "Phillips", "Seller", "sales_europe", { "Salesperson" } },
        { "tom", "Tom", "Becker", "Account executive", "sales_europe", { "Salesperson" } },
        { "lena", "Lena", "Novak", "Seller", "sales_europe", { "Salesperson" } },
        { "sam", "Sam", "Okafor", "Sales manager", "sales_europe", { "Sales Manager" } },
        { "grace", "Grace", "Miller", "Seller", "sales_americas", { "Salesperson" } },
        { "noah", "Noah", "Bennett", "Seller", "sales_americas", { "Salesperson" } },
        { "mira", "Mira", "Rossi", "Marketer", "sales_europe", { "Marketing Professional" } },
        { "paul", "Paul", "Murphy", "Merchandiser", "operations", { "Merchandiser" } },
        { "ines", "Ines", "Walsh", "Clerk", "operations", { "Accounts Receivable Clerk" } },
        { "otto", "Otto", "Brandt", "Warehouse", "operations", { "Warehouse Worker" } },
        { "finn", "Finn", "Doyle", "Warehouse", "operations", { "Warehouse Worker" } },
        { "ada", "Ada", "Byrne", "Administrator", "adventure_works", { "System Administrator" } },
    };
    return list;
}

namespace {

Result<void> make_units(Unit& unit)
{
    TRY(unit.update(business_unit::table, root_business_unit_id(),
        Row {}.set(business_unit::name, "Adventure Works")));
    struct Part {
        char const* name;
        char const* label;
    };
    for (auto const& part : { Part { "sales_europe", "Sales Europe" },
             Part { "sales_americas", "Sales Americas" }, Part { "operations", "Operations" } }) {
        Row row(business_unit::table, named("businessunit", part.name));
        row.set(business_unit::name, part.label)
            .set(business_unit::parent, root_business_unit_id());
        TRY(unit.create(std::move(row)));
    }
    return {};
}

Result<void> make_person(Unit& unit, Person const& person)
{
    auto const id = named("systemuser", person.user_name);
    auto const is_root = std::string_view(person.unit) == "adventure_works";
    Row row(system_user::table, id);
    row.set(system_user::first_name, person.first_name)
        .set(system_user::last_name, person.last_name)
        .set(system_user::user_name, person.user_name)
        .set(system_user::email, std::string(person.user_name) + "@adventure-works.example")
        .set(system_user::title, person.title)
        .set(system_user::unit,
            is_root ? root_business_unit_id() : named("businessunit", person.unit))
        .set(system_user::time_zone,
            std::string_view(person.unit) == "sales_americas" ? "America/New_York"
                                                              : "Europe/Dublin");
    TRY(unit.create(std::move(row)));
    for (auto const* role : person.roles) {
        TRY(unit.associate(
            "systemuserroles_association", id, Id::from_name(std::string("role/") + role)));
    }
    return {};
}

Result<void> make_team(
    Unit& unit, char const* name, char const* label, std::vector<char const*> const& members)
{
    Row row(team::table, named("team", name));
    row.set(team::name, label)
        .set(team::team_type, TeamTeamType::owner)
        .set(team::unit, named("businessunit", "sales_europe"));
    TRY(unit.create(std::move(row)));
    for (auto const* member : members) {
        TRY(unit.associate(
            "teammembership_association", named("systemuser", member), named("team", name)));
    }
    return {};
}

}

Result<void> make_people(Unit& unit)
{
    TRY(make_units(unit));
    for (auto const& person : people()) {
        TRY(make_person(unit, person));
    }
    for (auto const* member : { "daisy", "tom", "lena" }) {
        TRY(unit.update(system_user::table, named("systemuser", member),
            Row {}.set(system_user::manager, named("systemuser", "sam"))));
    }
    return make_team(unit, "inside_sales", "Inside Sales", { "daisy", "lena" });
}

}
