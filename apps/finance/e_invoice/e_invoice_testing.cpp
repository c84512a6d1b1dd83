#include "apps/finance/e_invoice/e_invoice_testing.h"

namespace cashline::finance::testing {

namespace {

InvoiceParty party(std::string name, std::string vat_id, std::string country)
{
    return { .endpoint = { "7300010000001", "0088" },
        .name = std::move(name),
        .vat_id = std::move(vat_id),
        .address = PostalAddress { .street = "Main street 1",
            .city = "Town",
            .postal_zone = "1000",
            .country = std::move(country) } };
}

catalog::TaxRate rate_of(VATCategory category)
{
    catalog::TaxRate rate { .code = "T", .category = category };
    if (category == VATCategory::standard) {
        rate.percent = { 25, 0 };
    } else if (category != VATCategory::zero) {
        rate.reason = "No VAT is charged";
    }
    return rate;
}

EInvoice header()
{
    EInvoice invoice { .customization = std::string(peppol_customization),
        .profile = std::string(peppol_profile),
        .number = "INV-10001",
        .issue_date = Date::of(2026, 5, 4),
        .due_date = Date::of(2026, 6, 3),
        .currency = "EUR",
        .purchase_order = "PO-7",
        .seller = party("Adventure Works", "SE123456789001", "SE"),
        .buyer = party("Northwind Traders", "NO999888777MVA", "NO") };
    invoice.payment = PaymentMeans {
        .code = "30", .remittance = "INV-10001", .account = "SE4550000000058398257466"
    };
    return invoice;
}

EInvoiceLine item(std::string id, std::string name)
{
    return { .id = std::move(id), .unit = "H87", .name = std::move(name) };
}

}

EInvoice valid_invoice(VATCategory category)
{
    auto invoice = header();
    invoice.lines = { item("1", "Surfboard"), item("2", "Fin set") };
    catalog::DocumentInput input { .taxes = { rate_of(category) } };
    input.lines = {
        { .quantity = { 10, 0 },
            .price = { 3075, 2 },
            .percents = { Decimal { 5, 0 } },
            .taxes = { 0 } },
        { .quantity = { 2, 0 }, .price = { 12345, 4 }, .price_quantity = { 10, 0 }, .taxes = { 0 } }
    };
    input.discounts = { { .label = "Total discount", .percent = Decimal { 10, 0 } } };
    input.charges = { { .label = "Freight", .value = { 20, 0 }, .taxes = { 0 } } };
    if (category == VATCategory::not_subject) {
        invoice.seller.vat_id.clear();
        invoice.seller.legal_id = { "5566778899", "0007" };
        invoice.seller.legal_id.scheme.clear();
        invoice.buyer.vat_id.clear();
    }
    if (category == VATCategory::intra_community) {
        invoice.buyer.vat_id = "DE123456789";
        invoice.buyer.address->country = "DE";
        invoice.delivery = Delivery { .date = Date::of(2026, 5, 2),
            .address = PostalAddress { .city = "Town", .country = "DE" } };
    }
    auto const document = catalog::calculate(input).value();
    (void)take_amounts(invoice, document).value();
    return invoice;
}

EInvoice peppol_base_example()
{
    auto invoice = header();
    invoice.lines = { item("1", "item name"), item("2", "item name 2") };
    catalog::DocumentInput input { .taxes = { rate_of(VATCategory::standard) } };
    input.lines = { { .quantity = { 7, 0 }, .price = { 400, 0 }, .taxes = { 0 } },
        { .quantity = { -3, 0 }, .price = { 500, 0 }, .taxes = { 0 } } };
    input.charges = { { .label = "Insurance", .value = { 25, 0 }, .taxes = { 0 } } };
    (void)take_amounts(invoice, catalog::calculate(input).value()).value();
    return invoice;
}

}
