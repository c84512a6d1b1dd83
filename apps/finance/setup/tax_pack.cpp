#include "apps/finance/setup/company_setup.h"
#include "apps/finance/tax/tax_code_table.h"
#include "apps/finance/tax/tax_group_member_table.h"
#include "apps/finance/tax/tax_group_table.h"
#include "apps/finance/tax/tax_item_group_table.h"
#include "apps/finance/tax/tax_rate_row_table.h"

#include <span>

namespace cashline::finance {

namespace {

struct Code {
    char const* code;
    char const* label;
    char const* category;
    Decimal percent;
    char const* reason {};
    char const* reason_code {};
};

struct Member {
    char const* group;
    char const* code;
    TaxGroupMemberTreatment treatment { TaxGroupMemberTreatment::normal };
};

struct Named {
    char const* code;
    char const* description;
    char const* codes {};
};

struct Pack {
    std::span<Code const> codes;
    std::span<Named const> groups;
    std::span<Member const> members;
    std::span<Named const> item_groups;
};

using enum TaxGroupMemberTreatment;

// Ireland. EXP0 stands in every item group, so that a customer abroad meets exactly this code.
constexpr std::array<Code, 4> irish_codes { {
    { "VAT23", "VAT 23 %", "S", { 23, 0 } },
    { "VAT13", "VAT 13.5 %", "S", { 135, 1 } },
    { "VAT0", "VAT 0 %", "Z", { 0, 0 } },
    { "EXP0", "Export", "G", { 0, 0 }, "Export outside the EU", "VATEX-EU-G" },
} };
constexpr std::array<Named, 3> irish_groups { {
    { "DOM", "Ireland" },
    { "EU", "Companies in the EU" },
    { "EXPORT", "Outside the EU" },
} };
constexpr std::array<Member, 7> irish_members { {
    { "DOM", "VAT23" },
    { "DOM", "VAT13" },
    { "DOM", "VAT0" },
    { "EU", "VAT23", reverse_charge },
    { "EU", "VAT13", reverse_charge },
    { "EU", "VAT0", reverse_charge },
    { "EXPORT", "EXP0" },
} };
constexpr std::array<Named, 3> irish_item_groups { {
    { "FULL", "Standard rate", "VAT23,EXP0" },
    { "REDUCED", "Reduced rate", "VAT13,EXP0" },
    { "ZERO", "Zero rate", "VAT0,EXP0" },
} };

// United States: one state's tax; resellers and buyers in other states are outside.
constexpr std::array<Code, 2> american_codes { {
    { "SALESTAX", "Sales tax 6.5 %", "S", { 65, 1 } },
    { "NOTAX", "No sales tax", "O", { 0, 0 }, "Not subject to sales tax", "VATEX-EU-O" },
} };
constexpr std::array<Named, 3> american_groups { {
    { "DOM", "In the state" },
    { "EU", "Resellers" },
    { "EXPORT", "Outside the state" },
} };
constexpr std::array<Member, 3> american_members { {
    { "DOM", "SALESTAX" },
    { "EU", "NOTAX" },
    { "EXPORT", "NOTAX" },
} };
constexpr std::array<Named, 3> american_item_groups { {
    { "FULL", "Taxed", "SALESTAX,NOTAX" },
    { "REDUCED", "Reduced rate", "SALESTAX,NOTAX" },
    { "ZERO", "Not taxed", "NOTAX" },
} };

// Any other country: no rate is known, so none is charged until somebody sets one up.
constexpr std::array<Code, 1> other_codes { { { "TAX0", "Tax 0 %", "Z", { 0, 0 } } } };
constexpr std::array<Named, 3> other_groups { {
    { "DOM", "Domestic" },
    { "EU", "Companies in the EU" },
    { "EXPORT", "Abroad" },
} };
constexpr std::array<Member, 3> other_members { {
    { "DOM", "TAX0" },
    { "EU", "TAX0" },
    { "EXPORT", "TAX0" },
} };
constexpr std::array<Named, 3> other_item_groups { {
    { "FULL", "Standard rate", "TAX0" },
    { "REDUCED", "Reduced rate", "TAX0" },
    { "ZERO", "Zero rate", "TAX0" },
} };

Pack pack_of(std::string_view country)
{
    if (country == "IE") {
        return { irish_codes, irish_groups, irish_members, irish_item_groups };
    }
    if (country == "US") {
        return { american_codes, american_groups, american_members, american_item_groups };
    }
    return { other_codes, other_groups, other_members, other_item_groups };
}

// Rates count from here: documents that are brought in may be old.
Date const first_day = Date::of(2000, 1, 1);

Result<void> create_code(NewBooks const& books, Code const& code)
{
    Row row(tax_code::table);
    row.set(tax_code::company, books.code)
        .set(tax_code::code, code.code)
        .set(tax_code::label, code.label)
        .set(tax_code::category, code.category);
    if (code.reason) {
        row.set(tax_code::reason, code.reason).set(tax_code::reason_code, code.reason_code);
    }
    TRY(books.unit.create(std::move(row)));
    Row rate(tax_rate_row::table);
    rate.set(tax_rate_row::company, books.code)
        .set(tax_rate_row::code, code.code)
        .set(tax_rate_row::from, first_day)
        .set(tax_rate_row::percent, code.percent);
    TRY(books.unit.create(std::move(rate)));
    return {};
}

}

Result<void> create_taxes(NewBooks const& books)
{
    auto const pack = pack_of(books.country);
    for (auto const& code : pack.codes) {
        TRY(create_code(books, code));
    }
    for (auto const& group : pack.groups) {
        Row row(tax_group::table);
        row.set(tax_group::company, books.code)
            .set(tax_group::code, group.code)
            .set(tax_group::description, group.description);
        TRY(books.unit.create(std::move(row)));
    }
    std::int64_t line = 0;
    for (auto const& member : pack.members) {
        Row row(tax_group_member::table);
        row.set(tax_group_member::company, books.code)
            .set(tax_group_member::group, member.group)
            .set(tax_group_member::code, member.code)
            .set(tax_group_member::treatment, member.treatment)
            .set(tax_group_member::line_number, ++line);
        TRY(books.unit.create(std::move(row)));
    }
    for (auto const& group : pack.item_groups) {
        Row row(tax_item_group::table);
        row.set(tax_item_group::company, books.code)
            .set(tax_item_group::code, group.code)
            .set(tax_item_group::description, group.description)
            .set(tax_item_group::codes, group.codes);
        TRY(books.unit.create(std::move(row)));
    }
    return {};
}

}
