#include "apps/parties/letterhead/letterhead.h"

#include "apps/parties/company/company_table.h"

namespace cashline::parties {

void add_line(std::vector<std::string>& lines, std::string text)
{
    if (!text.empty()) {
        lines.push_back(std::move(text));
    }
}

std::string joined(std::string const& first, std::string const& second)
{
    return first.empty() || second.empty() ? first + second : first + " " + second;
}

void put_letterhead(pages::Document& document, Row const& own)
{
    auto const place = joined(own.text_or(company::postal_code), own.text_or(company::city));
    document.company_name = own.text_or(company::name);
    add_line(document.company_lines, own.text_or(company::street));
    add_line(document.company_lines, place);
    add_line(document.company_lines, own.text_or(company::email));
    document.sender_line =
        document.company_name + ", " + own.text_or(company::street) + ", " + place;
    std::vector<std::string> numbers;
    add_line(
        numbers, own.is_null(company::vat_number) ? "" : "VAT " + own.text_or(company::vat_number));
    add_line(numbers, own.text_or(company::registration));
    std::vector<std::string> bank;
    add_line(bank, own.is_null(company::iban) ? "" : "IBAN " + own.text_or(company::iban));
    add_line(bank, own.is_null(company::bic) ? "" : "BIC " + own.text_or(company::bic));
    document.footer = { { document.company_name }, numbers, bank };
}

}
