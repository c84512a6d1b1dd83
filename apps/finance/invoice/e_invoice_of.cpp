#include "apps/finance/invoice/e_invoice_of.h"

#include "apps/finance/customer/customers.h"
#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/e_invoice/amounts.h"
#include "apps/finance/invoice/finance_invoice_line_table.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/parties/company/company_table.h"
#include "core/text.h"

#include <array>

namespace cashline::finance {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Names are compared folded. What is not here is left out, and the rules say so.
constexpr std::array<Pair, 34> countries { {
    { "ireland", "IE" },
    { "united kingdom", "GB" },
    { "great britain", "GB" },
    { "united states", "US" },
    { "usa", "US" },
    { "united states of america", "US" },
    { "germany", "DE" },
    { "deutschland", "DE" },
    { "france", "FR" },
    { "spain", "ES" },
    { "portugal", "PT" },
    { "italy", "IT" },
    { "netherlands", "NL" },
    { "belgium", "BE" },
    { "luxembourg", "LU" },
    { "austria", "AT" },
    { "switzerland", "CH" },
    { "denmark", "DK" },
    { "sweden", "SE" },
    { "norway", "NO" },
    { "finland", "FI" },
    { "iceland", "IS" },
    { "poland", "PL" },
    { "czechia", "CZ" },
    { "czech republic", "CZ" },
    { "greece", "GR" },
    { "canada", "CA" },
    { "mexico", "MX" },
    { "brazil", "BR" },
    { "australia", "AU" },
    { "new zealand", "NZ" },
    { "japan", "JP" },
    { "china", "CN" },
    { "south africa", "ZA" },
} };

constexpr std::array<Pair, 12> units { {
    { "each", "EA" },
    { "ea", "EA" },
    { "piece", "H87" },
    { "pcs", "H87" },
    { "pair", "PR" },
    { "set", "SET" },
    { "box", "BX" },
    { "kg", "KGM" },
    { "m", "MTR" },
    { "l", "LTR" },
    { "hour", "HUR" },
    { "day", "DAY" },
} };

// EAS code of an electronic mail address; good for everybody who has no other.
constexpr char const* mail_scheme = "EM";

InvoiceParty seller_of(Row const& own)
{
    InvoiceParty seller { .name = own.text_or(company::name),
        .vat_id = own.text_or(company::vat_number),
        .address = PostalAddress { .street = own.text_or(company::street),
            .city = own.text_or(company::city),
            .postal_zone = own.text_or(company::postal_code),
            .country = country_code(own.text_or(company::country)) },
        .contact_phone = own.text_or(company::phone),
        .contact_mail = own.text_or(company::email) };
    if (auto const mail = own.get(company::email)) {
        seller.endpoint = { std::string(*mail), mail_scheme };
    }
    if (auto const registration = own.get(company::registration)) {
        seller.legal_id = { std::string(*registration), "" };
    }
    return seller;
}

InvoiceParty buyer_of(Row const& invoice, Row const& customer)
{
    InvoiceParty buyer { .name = invoice.text_or(finance_invoice::customer_name),
        .vat_id = invoice.text_or(finance_invoice::vat_number),
        .address = PostalAddress { .street = invoice.text_or(finance_invoice::street),
            .city = invoice.text_or(finance_invoice::city),
            .postal_zone = invoice.text_or(finance_invoice::postal_code),
            .subdivision = invoice.text_or(finance_invoice::province),
            .country = country_code(invoice.text_or(finance_invoice::country)) } };
    buyer.endpoint.value = customer.text_or(finance_customer::electronic_address);
    buyer.endpoint.scheme = customer.text_or(finance_customer::electronic_address_scheme);
    if (buyer.endpoint.value.empty() && !invoice.is_null(finance_invoice::email)) {
        buyer.endpoint = { invoice.text_or(finance_invoice::email), mail_scheme };
    }
    return buyer;
}

EInvoiceLine line_of(Row const& row)
{
    return { .id = std::to_string(row.get(finance_invoice_line::line_number).value_or(0)),
        .unit = unit_code(row.text_or(finance_invoice_line::unit)),
        .name = row.text_or(finance_invoice_line::description),
        .seller_id = row.text_or(finance_invoice_line::item) };
}

std::optional<PaymentMeans> payment_of(Row const& own, std::string const& number)
{
    auto const iban = own.text_or(company::iban);
    if (iban.empty()) {
        return std::nullopt;
    }
    return PaymentMeans { .code = "30",
        .remittance = number,
        .account = iban,
        .account_name = own.text_or(company::name),
        .bank = own.text_or(company::bic) };
}

// Without any VAT of its own the parties' VAT numbers must not stand there (BR-O-02).
void leave_out_vat_numbers(EInvoice& invoice)
{
    for (auto const& vat : invoice.vat) {
        if (vat.category != VATCategory::not_subject) {
            return;
        }
    }
    if (invoice.seller.legal_id.value.empty()) {
        invoice.seller.legal_id = { invoice.seller.vat_id, "" };
    }
    invoice.seller.vat_id.clear();
    invoice.buyer.vat_id.clear();
}

template<std::size_t Size>
std::string_view looked_up(std::array<Pair, Size> const& table, std::string const& folded)
{
    for (auto const& [name, code] : table) {
        if (name == folded) {
            return code;
        }
    }
    return {};
}

}

std::string country_code(std::string_view name)
{
    auto const folded = text::fold(text::trim(name));
    auto const is_letter = [](char letter) { return letter >= 'a' && letter <= 'z'; };
    if (folded.size() == 2 && is_letter(folded[0]) && is_letter(folded[1])) {
        return { static_cast<char>(folded[0] - 'a' + 'A'),
            static_cast<char>(folded[1] - 'a' + 'A') };
    }
    return std::string(looked_up(countries, folded));
}

std::string unit_code(std::string_view name)
{
    auto const code = looked_up(units, text::fold(text::trim(name)));
    return code.empty() ? "C62" : std::string(code);
}

Result<EInvoice> e_invoice_of(Reader& reader, Id id)
{
    namespace columns = finance_invoice;
    auto elevated = reader.elevated_reader();
    auto const row = TRY(elevated.retrieve(columns::table, id));
    auto const books = TRY(books_of(elevated, row.text_or(columns::company)));
    auto const own = TRY(elevated.retrieve(company::table, books.party));
    auto const customer =
        TRY(customer_row(elevated, books.code, row.text_or(columns::customer_account)));
    auto const number = row.text_or(columns::number);
    auto const reference = row.text_or(columns::customer_reference);
    EInvoice invoice { .customization = std::string(peppol_customization),
        .profile = std::string(peppol_profile),
        .number = number,
        .issue_date = row.get(columns::date),
        .due_date = row.get(columns::due_date),
        .currency = row.text_or(columns::currency_code),
        .buyer_reference = reference.empty() ? row.text_or(columns::customer_account) : reference,
        .purchase_order = reference,
        .sales_order = reference.empty() ? std::string {} : row.text_or(columns::order_number),
        .seller = seller_of(own),
        .buyer = buyer_of(row, customer),
        .payment = payment_of(own, number) };
    for (auto const& line : TRY(elevated.query(Query::from(finance_invoice_line::table)
                 .where(finance_invoice_line::invoice == id)
                 .order_by(finance_invoice_line::line_number)))) {
        invoice.lines.push_back(line_of(line));
    }
    auto const stored = TRY(json::parse(row.text_or(columns::priced_document)));
    auto const priced = TRY(catalog::document_from_json(stored));
    invoice.prices_include_tax = priced.prices_include_tax;
    TRY(take_amounts(invoice, priced));
    leave_out_vat_numbers(invoice);
    return invoice;
}

}
