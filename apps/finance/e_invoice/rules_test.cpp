// Each rule has an invoice that breaks it and only then is named; a rule without such a case fails
// the last test.
#include "apps/finance/e_invoice/e_invoice_testing.h"
#include "apps/finance/e_invoice/rules.h"

#include <functional>
#include <gtest/gtest.h>
#include <set>

namespace cashline::finance {

using namespace testing;

namespace {

struct Row {
    std::string id;
    std::function<void(EInvoice&)> break_it;
    VATCategory category { VATCategory::standard };
};

std::set<std::string> ids_of(EInvoice const& invoice)
{
    std::set<std::string> ids;
    for (auto const& finding : check_e_invoice(invoice)) {
        ids.insert(std::string(finding.id));
    }
    return ids;
}

AllowanceCharge& allowance(EInvoice& i) { return i.allowance_charges[0]; }
AllowanceCharge& charge(EInvoice& i) { return i.allowance_charges[1]; }
Amount const mill { 1 }; // 0.0001

std::vector<Row> document_rows()
{
    auto const payee = [](EInvoice& i) { i.payee.emplace(); };
    auto const representative = [](EInvoice& i) {
        i.representative =
            TaxRepresentative { "Rep", "SE123", PostalAddress { .city = "Town", .country = "SE" } };
    };
    Period const backwards { Date::of(2026, 5, 2), Date::of(2026, 5, 1) };
    return {
        { "BR-01", [](auto& i) { i.customization.clear(); } },
        { "BR-02", [](auto& i) { i.number.clear(); } },
        { "BR-03", [](auto& i) { i.issue_date.reset(); } },
        { "BR-04", [](auto& i) { i.type.clear(); } },
        { "BR-05", [](auto& i) { i.currency.clear(); } },
        { "BR-06", [](auto& i) { i.seller.name.clear(); } },
        { "BR-07", [](auto& i) { i.buyer.name.clear(); } },
        { "BR-08", [](auto& i) { i.seller.address.reset(); } },
        { "BR-09", [](auto& i) { i.seller.address->country = "Sweden"; } },
        { "BR-10", [](auto& i) { i.buyer.address.reset(); } },
        { "BR-11", [](auto& i) { i.buyer.address->country = "no"; } },
        { "BR-16", [](auto& i) { i.lines.clear(); } },
        { "BR-17", payee },
        { "BR-18", [=](auto& i) { representative(i), i.representative->name.clear(); } },
        { "BR-19", [=](auto& i) { representative(i), i.representative->address.reset(); } },
        { "BR-20",
            [=](auto& i) { representative(i), i.representative->address->country.clear(); } },
        { "BR-21", [](auto& i) { i.lines[0].id.clear(); } },
        { "BR-22", [](auto& i) { i.lines[0].quantity.reset(); } },
        { "BR-23", [](auto& i) { i.lines[0].unit.clear(); } },
        { "BR-25", [](auto& i) { i.lines[1].name.clear(); } },
        { "BR-27", [](auto& i) { i.lines[0].price = decimal("-1"); } },
        { "BR-28", [](auto& i) { i.lines[0].price_gross = decimal("-1"); } },
        { "BR-29", [=](auto& i) { i.period = backwards; } },
        { "BR-30", [=](auto& i) { i.lines[0].period = backwards; } },
        { "BR-31", [](auto& i) { allowance(i).amount = amount("-1"); } },
        { "BR-32", [](auto& i) { allowance(i).category.reset(); } },
        { "BR-33", [](auto& i) { allowance(i).reason.clear(), allowance(i).reason_code.clear(); } },
    };
}

std::vector<Row> further_document_rows()
{
    auto const representative = [](EInvoice& i) {
        i.representative =
            TaxRepresentative { "Rep", "SE123", PostalAddress { .city = "Town", .country = "SE" } };
    };
    return {
        { "BR-36", [](auto& i) { charge(i).amount = amount("-1"); } },
        { "BR-37", [](auto& i) { charge(i).category.reset(); } },
        { "BR-38", [](auto& i) { charge(i).reason.clear(); } },
        { "BR-41", [](auto& i) { i.lines[0].allowance_charges[0].amount = amount("-1"); } },
        { "BR-42", [](auto& i) { i.lines[0].allowance_charges[0] = { .amount = amount("1") }; } },
        { "BR-43",
            [](auto& i) {
                i.lines[0].allowance_charges.push_back(
                    { .is_charge = true, .amount = amount("-1") });
            } },
        { "BR-44", [](auto& i) { i.lines[0].allowance_charges.push_back({ .is_charge = true }); } },
        { "BR-48", [](auto& i) { i.vat[0].rate.reset(); } },
        { "BR-49", [](auto& i) { i.payment->code.clear(); } },
        { "BR-50", [](auto& i) { i.payment->bank = "ESSESESS", i.payment->account.clear(); } },
        { "BR-53", [](auto& i) { i.vat_currency = "SEK"; } },
        { "BR-54", [](auto& i) { i.lines[0].attributes = { { "Colour", "" } }; } },
        { "BR-55", [](auto& i) { i.preceding = { {} }; } },
        { "BR-56", [=](auto& i) { representative(i), i.representative->vat_id.clear(); } },
        { "BR-57",
            [](auto& i) { i.delivery = Delivery { .address = PostalAddress { .city = "X" } }; } },
        { "BR-61", [](auto& i) { i.payment->account.clear(); } },
        { "BR-62", [](auto& i) { i.seller.endpoint.scheme.clear(); } },
        { "BR-63", [](auto& i) { i.buyer.endpoint.scheme.clear(); } },
        { "BR-64", [](auto& i) { i.lines[0].standard_id.value = "7300010000001"; } },
        { "BR-65", [](auto& i) { i.lines[0].classes = { { "49101600", "" } }; } },
        { "BR-CL-01", [](auto& i) { i.type = "381x"; } },
        { "BR-CL-04", [](auto& i) { i.currency = "Euro"; } },
        { "BR-CO-03", [](auto& i) { i.tax_point_date = i.issue_date, i.tax_point_code = "3"; } },
        { "BR-CO-04", [](auto& i) { i.lines[0].category.reset(); } },
        { "BR-CO-09", [](auto& i) { i.seller.vat_id = "123456789"; } },
        { "CASHLINE-VAT-COUNTRY", [](auto& i) { i.seller.vat_id = "DE123456789"; } },
        { "BR-CO-18", [](auto& i) { i.vat.clear(); } },
        { "BR-CO-19", [](auto& i) { i.period.emplace(); } },
        { "BR-CO-20", [](auto& i) { i.lines[0].period.emplace(); } },
        { "BR-CO-25", [](auto& i) { i.due_date.reset(); } },
        { "BR-CO-26", [](auto& i) { i.seller.vat_id.clear(); } },
    };
}

std::vector<Row> amount_rows()
{
    auto const off = [](Amount& value) { value.ten_thousandths += 100; };
    auto const line_charge = [](Amount value, std::optional<Amount> base = {}) {
        return AllowanceCharge { .is_charge = true, .amount = value, .base = base, .reason = "x" };
    };
    return {
        { "BR-CO-10", [=](auto& i) { off(i.line_total); } },
        { "BR-CO-11", [=](auto& i) { off(i.allowance_total); } },
        { "BR-CO-12", [=](auto& i) { off(i.charge_total); } },
        { "BR-CO-13", [=](auto& i) { off(i.total_without_vat); } },
        { "BR-CO-14", [=](auto& i) { off(i.vat_total); } },
        { "BR-CO-15", [=](auto& i) { off(i.total_with_vat); } },
        { "BR-CO-16", [=](auto& i) { off(i.prepaid); } },
        { "BR-CO-17", [=](auto& i) { off(i.vat[0].amount); } },
        { "BR-DEC-01", [](auto& i) { allowance(i).amount = mill; } },
        { "BR-DEC-02", [](auto& i) { allowance(i).base = mill; } },
        { "BR-DEC-05", [](auto& i) { charge(i).amount = mill; } },
        { "BR-DEC-06", [](auto& i) { charge(i).base = mill; } },
        { "BR-DEC-09", [](auto& i) { i.line_total = mill; } },
        { "BR-DEC-10", [](auto& i) { i.allowance_total = mill; } },
        { "BR-DEC-11", [](auto& i) { i.charge_total = mill; } },
        { "BR-DEC-12", [](auto& i) { i.total_without_vat = mill; } },
        { "BR-DEC-13", [](auto& i) { i.vat_total = mill; } },
        { "BR-DEC-14", [](auto& i) { i.total_with_vat = mill; } },
        { "BR-DEC-15", [](auto& i) { i.vat_in_vat_currency = mill; } },
        { "BR-DEC-16", [](auto& i) { i.prepaid = mill; } },
        { "BR-DEC-17", [](auto& i) { i.rounding = mill; } },
        { "BR-DEC-18", [](auto& i) { i.payable = mill; } },
        { "BR-DEC-19", [](auto& i) { i.vat[0].base = mill; } },
        { "BR-DEC-20", [](auto& i) { i.vat[0].amount = mill; } },
        { "BR-DEC-23", [](auto& i) { i.lines[0].net = mill; } },
        { "BR-DEC-24", [](auto& i) { i.lines[0].allowance_charges[0].amount = mill; } },
        { "BR-DEC-25", [](auto& i) { i.lines[0].allowance_charges[0].base = mill; } },
        { "BR-DEC-27",
            [=](auto& i) { i.lines[0].allowance_charges.push_back(line_charge(mill)); } },
        { "BR-DEC-28",
            [=](auto& i) { i.lines[0].allowance_charges.push_back(line_charge({}, mill)); } },
    };
}

std::vector<Row> peppol_rows()
{
    Period const may { Date::of(2026, 5, 1), Date::of(2026, 5, 31) };
    auto const scheme = [](std::string name, std::string value) {
        return [=](EInvoice& i) { i.buyer.endpoint = { value, name }; };
    };
    auto const reason = [](std::string code) {
        return [=](EInvoice& i) { i.vat[0].reason_code = code; };
    };
    std::string const prefix = "PEPPOL-EN16931-";
    return {
        { prefix + "R001", [](auto& i) { i.profile.clear(); } },
        { prefix + "R003", [](auto& i) { i.purchase_order.clear(); } },
        { prefix + "R004", [](auto& i) { i.customization = "urn:cen.eu:en16931:2017"; } },
        { prefix + "R005",
            [](auto& i) { i.vat_currency = "EUR", i.vat_in_vat_currency = i.vat_total; } },
        { prefix + "R007", [](auto& i) { i.profile = "urn:other"; } },
        { prefix + "R010", [](auto& i) { i.buyer.endpoint = {}; } },
        { prefix + "R020", [](auto& i) { i.seller.endpoint = {}; } },
        { prefix + "R040",
            [](auto& i) { allowance(i).base = amount("1"), allowance(i).percent = decimal("3"); } },
        { prefix + "R041", [](auto& i) { allowance(i).percent = decimal("3"); } },
        { prefix + "R042", [](auto& i) { i.lines[0].allowance_charges[0].base = amount("3"); } },
        { prefix + "R046", [](auto& i) { i.lines[0].price_gross = decimal("31"); } },
        { prefix + "R054", [](auto& i) { i.vat_in_vat_currency = amount("1"); } },
        { prefix + "R055",
            [](auto& i) { i.vat_currency = "SEK", i.vat_in_vat_currency = amount("-1"); } },
        { prefix + "R061", [](auto& i) { i.payment->code = "59"; } },
        { prefix + "R110",
            [=](auto& i) {
                i.period = may, i.lines[0].period = Period { Date::of(2026, 4, 30), {} };
            } },
        { prefix + "R111",
            [=](auto& i) {
                i.period = may, i.lines[0].period = Period { {}, Date::of(2026, 6, 1) };
            } },
        { prefix + "R120",
            [](auto& i) { i.lines[0].net = i.lines[0].net.plus(amount("0.03")).value(); } },
        { prefix + "R121", [](auto& i) { i.lines[0].base_quantity = decimal("0"); } },
        { prefix + "R130", [](auto& i) { i.lines[1].base_unit = "KGM"; } },
        { prefix + "P0104", reason("VATEX-EU-G") },
        { prefix + "P0105", reason("VATEX-EU-O") },
        { prefix + "P0106", reason("VATEX-EU-IC") },
        { prefix + "P0107", reason("VATEX-EU-AE") },
        { prefix + "P0108", reason("VATEX-EU-D") },
        { prefix + "P0109", reason("VATEX-EU-F") },
        { prefix + "P0110", reason("VATEX-EU-I") },
        { prefix + "P0111", reason("VATEX-EU-J") },
        { "PEPPOL-COMMON-R040", scheme("0088", "7300010000002") },
        { "PEPPOL-COMMON-R041", scheme("0192", "974760674") },
        { "PEPPOL-COMMON-R042", scheme("0184", "13585629") },
        { "PEPPOL-COMMON-R043", scheme("0208", "0202239952") },
        { "PEPPOL-COMMON-R049", scheme("0007", "5560360794") },
        { "PEPPOL-COMMON-R050", scheme("0151", "51824753557") },
    };
}

void spoil_numbers(EInvoice& i, VATCategory category)
{
    if (category == VATCategory::not_subject) {
        i.seller.vat_id = "SE123456789001";
    } else {
        i.seller.vat_id.clear();
    }
}

std::vector<Row> family_rows(std::string const& stem, VATCategory c)
{
    auto const other = c == VATCategory::exempt ? VATCategory::zero : VATCategory::exempt;
    auto const wrong_rate = c == VATCategory::standard ? decimal("0") : decimal("5");
    auto const needs_none = c == VATCategory::standard || c == VATCategory::zero;
    return {
        { stem + "01", [=](auto& i) { i.vat[0].category = other; }, c },
        { stem + "02", [=](auto& i) { i.allowance_charges.clear(), spoil_numbers(i, c); }, c },
        { stem + "03",
            [=](auto& i) { i.lines.clear(), i.allowance_charges.pop_back(), spoil_numbers(i, c); },
            c },
        { stem + "04",
            [=](auto& i) {
                i.lines.clear();
                i.allowance_charges.erase(i.allowance_charges.begin());
                spoil_numbers(i, c);
            },
            c },
        { stem + "05", [=](auto& i) { i.lines[0].rate = wrong_rate; }, c },
        { stem + "06", [=](auto& i) { allowance(i).rate = wrong_rate; }, c },
        { stem + "07", [=](auto& i) { charge(i).rate = wrong_rate; }, c },
        { stem + "08", [=](auto& i) { i.vat[0].base = amount("1"); }, c },
        { stem + "09", [=](auto& i) { i.vat[0].amount = amount("1"); }, c },
        { stem + "10", [=](auto& i) { i.vat[0].reason = needs_none ? "because" : ""; }, c },
    };
}

std::vector<Row> vat_rows()
{
    auto const k = VATCategory::intra_community;
    auto const o = VATCategory::not_subject;
    auto const z = VATCategory::zero;
    std::vector<Row> rows {
        { "BR-IC-11", [](auto& i) { i.delivery->date.reset(); }, k },
        { "BR-IC-12", [](auto& i) { i.delivery->address.reset(); }, k },
        { "BR-O-11", [=](auto& i) { i.vat.push_back({ .category = z }); }, o },
        { "BR-O-12", [=](auto& i) { i.lines[0].category = z; }, o },
        { "BR-O-13", [=](auto& i) { allowance(i).category = z; }, o },
        { "BR-O-14", [=](auto& i) { charge(i).category = z; }, o },
    };
    for (auto const& [stem, category] : std::vector<std::pair<std::string, VATCategory>> {
             { "BR-S-", VATCategory::standard }, { "BR-Z-", z }, { "BR-E-", VATCategory::exempt },
             { "BR-AE-", VATCategory::reverse_charge }, { "BR-IC-", k },
             { "BR-G-", VATCategory::export_outside }, { "BR-O-", o } }) {
        for (auto& row : family_rows(stem, category)) {
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

std::vector<Row> all_rows()
{
    std::vector<Row> rows;
    for (auto const& part :
        { document_rows(), further_document_rows(), amount_rows(), peppol_rows(), vat_rows() }) {
        rows.insert(rows.end(), part.begin(), part.end());
    }
    return rows;
}

}

TEST(EInvoiceRules, a_valid_invoice_of_each_category_breaks_none)
{
    for (auto const category : { VATCategory::standard, VATCategory::zero, VATCategory::exempt,
             VATCategory::reverse_charge, VATCategory::intra_community, VATCategory::export_outside,
             VATCategory::not_subject }) {
        EXPECT_EQ(ids_of(valid_invoice(category)), std::set<std::string> {}) << letters(category);
    }
    EXPECT_EQ(ids_of(peppol_base_example()), std::set<std::string> {});
}

TEST(EInvoiceRules, each_rule_names_the_invoice_that_breaks_it)
{
    for (auto const& row : all_rows()) {
        auto invoice = valid_invoice(row.category);
        row.break_it(invoice);
        EXPECT_TRUE(ids_of(invoice).contains(row.id)) << row.id;
    }
}

TEST(EInvoiceRules, no_rule_is_without_its_case)
{
    std::set<std::string> cases;
    for (auto const& row : all_rows()) {
        cases.insert(row.id);
    }
    std::set<std::string> rules;
    for (auto const& rule : e_invoice_rules()) {
        EXPECT_TRUE(rules.insert(std::string(rule.id)).second) << rule.id << " stands twice.";
    }
    EXPECT_EQ(rules, cases);
}

TEST(EInvoiceRules, known_good_numbers_pass)
{
    for (auto const& [scheme, value] : std::vector<std::pair<std::string, std::string>> {
             { "0088", "7300010000001" }, { "0192", "974760673" }, { "0184", "DK13585628" },
             { "0208", "0202239951" }, { "0007", "5560360793" }, { "0151", "51824753556" } }) {
        auto invoice = valid_invoice();
        invoice.buyer.endpoint = { value, scheme };
        EXPECT_EQ(ids_of(invoice), std::set<std::string> {}) << scheme;
    }
}

// F17: reverse charge without the buyer's VAT number is refused with the rule's id.
TEST(EInvoiceRules, a_refusal_names_the_rules_and_warnings_do_not_refuse)
{
    auto invoice = valid_invoice(VATCategory::reverse_charge);
    EXPECT_TRUE(e_invoice_must_be_valid(invoice));
    invoice.buyer.vat_id.clear();
    auto const refused = e_invoice_must_be_valid(invoice);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "e_invoice_rule_broken");
    EXPECT_NE(refused.error().text.find("BR-AE-02"), std::string::npos);
    invoice = valid_invoice();
    invoice.seller.vat_id = "DE123456789";
    EXPECT_EQ(ids_of(invoice), std::set<std::string> { "CASHLINE-VAT-COUNTRY" });
    EXPECT_TRUE(e_invoice_must_be_valid(invoice));
}

}
