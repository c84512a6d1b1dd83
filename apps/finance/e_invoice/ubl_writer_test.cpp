#include "apps/finance/e_invoice/e_invoice_testing.h"
#include "apps/finance/e_invoice/rules.h"
#include "apps/finance/e_invoice/ubl_writer.h"
#include "platform/pages/xml.h"

#include <gtest/gtest.h>

namespace cashline::finance {

using namespace testing;

namespace {

xml::Element parsed(EInvoice const& invoice) { return xml::read(write_ubl(invoice)).value(); }

std::string at(xml::Element const& document, std::string_view path)
{
    return std::string(document.text_at(path));
}

std::string order_of(xml::Element const& node)
{
    std::string names;
    std::string_view last;
    for (auto const& child : node.children) {
        names += child.name == last ? "" : std::string(child.local_name()) + " ";
        last = child.name;
    }
    return names;
}

void expect_no_empty(xml::Element const& node)
{
    EXPECT_FALSE(node.children.empty() && node.text.empty()) << node.name << " is empty.";
    for (auto const& child : node.children) {
        expect_no_empty(child);
    }
}

}

TEST(UBL, the_base_example_has_its_amounts)
{
    auto const document = parsed(peppol_base_example());
    EXPECT_EQ(at(document, "CustomizationID"), peppol_customization);
    EXPECT_EQ(at(document, "InvoiceTypeCode"), "380");
    EXPECT_EQ(at(document, "LegalMonetaryTotal/LineExtensionAmount"), "1300.00");
    EXPECT_EQ(at(document, "LegalMonetaryTotal/ChargeTotalAmount"), "25.00");
    EXPECT_EQ(at(document, "LegalMonetaryTotal/PayableAmount"), "1656.25");
    EXPECT_EQ(at(document, "TaxTotal/TaxSubtotal/TaxableAmount"), "1325.00");
    EXPECT_EQ(at(document, "TaxTotal/TaxSubtotal/TaxAmount"), "331.25");
    auto const& second = *document.all("InvoiceLine")[1];
    EXPECT_EQ(at(second, "InvoicedQuantity"), "-3");
    EXPECT_EQ(at(second, "Price/PriceAmount"), "500.00");
    EXPECT_EQ(document.find("LegalMonetaryTotal/PayableAmount")->attribute("currencyID"), "EUR");
    EXPECT_EQ(second.find("InvoicedQuantity")->attribute("unitCode"), "H87");
}

TEST(UBL, elements_come_in_the_order_of_the_schema)
{
    auto invoice = valid_invoice(VATCategory::intra_community);
    invoice.note = "Thank you";
    invoice.tax_point_date = invoice.issue_date;
    invoice.period = Period { Date::of(2026, 5, 1), Date::of(2026, 5, 31) };
    invoice.preceding = { { "INV-9", Date::of(2026, 4, 1) } };
    invoice.sales_order = "SO-1";
    invoice.despatch_advice = "PS-1";
    invoice.contract = "C-1";
    invoice.project = "P-1";
    invoice.buyer_reference = "Mona";
    invoice.payment_terms = "30 days";
    invoice.payee = Payee { .name = "Factor" };
    invoice.representative = TaxRepresentative { "Rep", "DE1", PostalAddress { .country = "DE" } };
    invoice.lines[0].note = "note";
    invoice.lines[0].order_line = "1";
    invoice.lines[0].description = "long";
    invoice.lines[0].seller_id = "B1";
    invoice.lines[0].standard_id = { "7300010000001", "0160" };
    invoice.lines[0].classes = { { "49101600", "STI" } };
    invoice.lines[0].attributes = { { "Colour", "blue" } };
    auto const document = parsed(invoice);
    EXPECT_EQ(order_of(document),
        "CustomizationID ProfileID ID IssueDate DueDate InvoiceTypeCode Note TaxPointDate "
        "DocumentCurrencyCode BuyerReference InvoicePeriod OrderReference BillingReference "
        "DespatchDocumentReference ContractDocumentReference ProjectReference "
        "AccountingSupplierParty AccountingCustomerParty PayeeParty TaxRepresentativeParty "
        "Delivery "
        "PaymentMeans PaymentTerms AllowanceCharge TaxTotal LegalMonetaryTotal InvoiceLine ");
    EXPECT_EQ(order_of(*document.find("InvoiceLine")),
        "ID Note InvoicedQuantity LineExtensionAmount OrderLineReference AllowanceCharge Item "
        "Price ");
    EXPECT_EQ(order_of(*document.find("InvoiceLine/Item")),
        "Description Name SellersItemIdentification StandardItemIdentification "
        "CommodityClassification ClassifiedTaxCategory AdditionalItemProperty ");
    EXPECT_EQ(order_of(*document.find("AccountingSupplierParty/Party")),
        "EndpointID PostalAddress PartyTaxScheme PartyLegalEntity ");
    EXPECT_EQ(order_of(*document.find("LegalMonetaryTotal")),
        "LineExtensionAmount TaxExclusiveAmount TaxInclusiveAmount AllowanceTotalAmount "
        "ChargeTotalAmount PayableAmount ");
}

TEST(UBL, no_element_is_empty_and_text_is_escaped)
{
    auto invoice = valid_invoice();
    invoice.buyer.name = "Müller & Söhne <GmbH>";
    auto const text = write_ubl(invoice);
    EXPECT_NE(text.find("Müller &amp; Söhne &lt;GmbH&gt;"), std::string::npos);
    auto const document = parsed(invoice);
    expect_no_empty(document);
    EXPECT_EQ(at(document, "AccountingCustomerParty/Party/PartyLegalEntity/RegistrationName"),
        invoice.buyer.name);
}

TEST(UBL, a_credit_note_has_positive_amounts_and_its_own_names)
{
    auto invoice = valid_invoice();
    invoice.type = "381";
    catalog::DocumentInput input { .taxes = { { .code = "T", .percent = { 25, 0 } } } };
    input.lines = {
        { .quantity = { -1, 0 }, .price = { 4500, 2 }, .taxes = { 0 } },
        { .quantity = { -2, 0 }, .price = { 1000, 2 }, .percents = { { 10, 0 } }, .taxes = { 0 } }
    };
    ASSERT_TRUE(take_amounts(invoice, catalog::calculate(input).value()));
    for (auto const& finding : check_e_invoice(invoice)) {
        ADD_FAILURE() << finding.id;
    }
    auto const document = parsed(invoice);
    EXPECT_EQ(document.name, "CreditNote");
    EXPECT_EQ(at(document, "CreditNoteTypeCode"), "381");
    EXPECT_EQ(at(document, "CreditNoteLine/CreditedQuantity"), "1");
    EXPECT_EQ(at(document, "LegalMonetaryTotal/PayableAmount"), "78.75");
    EXPECT_EQ(at(document, "PaymentMeans/PaymentDueDate"), "2026-06-03");
    EXPECT_EQ(at(document, "DueDate"), "");
}

TEST(EInvoiceAmounts, a_price_keeps_all_its_digits_by_the_base_quantity)
{
    auto invoice = valid_invoice();
    invoice.lines.pop_back();
    catalog::DocumentInput input { .taxes = { { .code = "T", .percent = { 25, 0 } } } };
    input.lines = { { .quantity = decimal("278362.5"),
        .price = decimal("11.10515964"),
        .price_quantity = decimal("1000"),
        .taxes = { 0 } } };
    ASSERT_TRUE(take_amounts(invoice, catalog::calculate(input).value()));
    EXPECT_TRUE(e_invoice_must_be_valid(invoice));
    auto const document = parsed(invoice);
    EXPECT_EQ(at(document, "InvoiceLine/LineExtensionAmount"), "3091.26");
    EXPECT_EQ(at(document, "InvoiceLine/Price/PriceAmount"), "11.10515964");
    EXPECT_EQ(at(document, "InvoiceLine/Price/BaseQuantity"), "1000");
}

TEST(EInvoiceAmounts, inclusive_prices_become_net_lines_that_hold)
{
    auto invoice = valid_invoice();
    catalog::DocumentInput input { .taxes = { { .code = "T", .percent = { 19, 0 } } },
        .tax_rules = { .prices_include_tax = true } };
    input.lines = { { .quantity = { 3, 0 }, .price = { 999, 2 }, .taxes = { 0 } },
        { .quantity = { -1, 0 }, .price = { 119, 2 }, .taxes = { 0 } } };
    ASSERT_TRUE(take_amounts(invoice, catalog::calculate(input).value()));
    for (auto const& finding : check_e_invoice(invoice)) {
        ADD_FAILURE() << finding.id;
    }
    EXPECT_EQ(invoice.payable, amount("28.78"));
}

TEST(EInvoiceAmounts, two_rates_an_exempt_line_and_a_prepayment)
{
    auto invoice = valid_invoice();
    invoice.lines.push_back({ .id = "3", .unit = "KGM", .name = "Wax" });
    catalog::DocumentInput input {
        .taxes = { { .code = "E", .category = VATCategory::exempt, .reason = "exempt" },
            { .code = "R6", .percent = { 6, 0 } } }
    };
    input.lines = { { .quantity = { 1, 0 }, .price = { 9030, 2 }, .taxes = { 0 } },
        { .quantity = decimal("0.45"), .price = decimal("2.54"), .taxes = { 1 } },
        { .quantity = decimal("0.28"), .price = decimal("6.87"), .taxes = { 1 } } };
    ASSERT_TRUE(take_amounts(invoice, catalog::calculate(input).value(), amount("50")));
    EXPECT_TRUE(e_invoice_must_be_valid(invoice));
    EXPECT_EQ(invoice.line_total, amount("93.36"));
    EXPECT_EQ(invoice.payable, amount("43.54"));
}

TEST(EInvoiceAmounts, what_the_norm_cannot_say_is_refused)
{
    auto invoice = valid_invoice();
    catalog::DocumentInput input { .taxes = { { .code = "A", .percent = { 5, 0 } },
                                       { .code = "B", .percent = { 5, 0 } } } };
    input.lines = { { .price = { 1, 0 }, .taxes = { 0, 1 } },
        { .price = { 1, 0 }, .taxes = { 0 } } };
    EXPECT_EQ(take_amounts(invoice, catalog::calculate(input).value()).error().code,
        "e_invoice_several_taxes");
    input.lines.pop_back();
    EXPECT_EQ(take_amounts(invoice, catalog::calculate(input).value()).error().code,
        "e_invoice_lines_differ");
    input.precision = 3;
    invoice.lines.pop_back();
    EXPECT_EQ(take_amounts(invoice, catalog::calculate(input).value()).error().code,
        "e_invoice_precision");
}

}
