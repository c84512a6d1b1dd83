#include "apps/finance/tax/tax_setup.h"

#include "apps/finance/tax/tax_code_table.h"
#include "apps/finance/tax/tax_group_member_table.h"
#include "apps/finance/tax/tax_item_group_table.h"
#include "apps/finance/tax/tax_rate_row_table.h"
#include "core/text.h"

#include <algorithm>

namespace cashline::finance {

namespace {

Result<std::vector<TaxCode>> load_codes(Reader& reader, std::string_view company)
{
    std::vector<TaxCode> codes;
    for (auto const& row :
        TRY(reader.query(Query::from(tax_code::table).where(tax_code::company == company)))) {
        codes.push_back({ .code = row.text_or(tax_code::code),
            .label = row.text_or(tax_code::label),
            .category = catalog::vat_category(row.text_or(tax_code::category))
                .value_or(catalog::VATCategory::standard),
            .reason = row.text_or(tax_code::reason),
            .reason_code = row.text_or(tax_code::reason_code) });
    }
    auto const rates =
        TRY(reader.query(Query::from(tax_rate_row::table).where(tax_rate_row::company == company)));
    for (auto const& row : rates) {
        auto const code = std::ranges::find(codes, row.text_or(tax_rate_row::code), &TaxCode::code);
        if (code != codes.end()) {
            code->rates.push_back({ .from = row.get(tax_rate_row::from).value_or(Date {}),
                .to = row.get(tax_rate_row::to),
                .percent = row.get(tax_rate_row::percent).value_or(Decimal {}) });
        }
    }
    return codes;
}

Result<std::vector<TaxGroupCode>> load_members(
    Reader& reader, std::string_view company, std::string_view group)
{
    std::vector<TaxGroupCode> members;
    auto const rows = TRY(reader.query(Query::from(tax_group_member::table)
            .where(tax_group_member::company == company && tax_group_member::group == group)
            .order_by(tax_group_member::line_number)));
    for (auto const& row : rows) {
        auto const treatment =
            row.get(tax_group_member::treatment).value_or(TaxGroupMemberTreatment::normal);
        members.push_back({ .code = row.text_or(tax_group_member::code),
            .treatment = static_cast<TaxTreatment>(treatment),
            .reason = row.text_or(tax_group_member::reason),
            .reason_code = row.text_or(tax_group_member::reason_code) });
    }
    return members;
}

}

static_assert(
    static_cast<int>(TaxTreatment::exempt) == static_cast<int>(TaxGroupMemberTreatment::exempt)
    && static_cast<int>(TaxTreatment::reverse_charge)
        == static_cast<int>(TaxGroupMemberTreatment::reverse_charge));

Result<TaxSetup> TaxSetup::load(Reader& reader, std::string_view company, std::string_view group)
{
    auto elevated = reader.elevated_reader();
    TaxSetup setup;
    setup.m_members = TRY(load_members(elevated, company, group));
    setup.m_codes = TRY(load_codes(elevated, company));
    auto const groups = TRY(elevated.query(
        Query::from(tax_item_group::table).where(tax_item_group::company == company)));
    for (auto const& row : groups) {
        auto& codes = setup.m_item_groups[row.text_or(tax_item_group::code)];
        auto const listed = row.text_or(tax_item_group::codes);
        for (auto const code : text::split(listed, ',')) {
            codes.emplace_back(text::trim(code));
        }
    }
    return setup;
}

Result<std::vector<std::size_t>> TaxSetup::taxes_of(
    std::vector<catalog::TaxRate>& all, std::string const& item_group, Date date) const
{
    auto const group = m_item_groups.find(item_group);
    if (group == m_item_groups.end()) {
        return std::vector<std::size_t> {};
    }
    auto const rates = TRY(applicable_taxes({ .customer_group = m_members,
        .item_group = group->second,
        .codes = m_codes,
        .date = date }));
    return add_rates(all, rates);
}

}
