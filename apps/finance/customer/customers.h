// What pricing, posting and credit need to know of a customer, read from its row or from the
// defaults of the company.
#pragma once

#include "apps/finance/setup/books.h"

namespace cashline::finance {

struct CustomerTerms {
    std::string account {}; // empty: unknown in Finance, company defaults apply
    std::string group {};
    std::string tax_group {};
    bool prices_include_tax {};
    std::string price_group {};
    std::string line_discount_group {};
    std::string multiline_discount_group {};
    std::string total_discount_group {};
    std::string charges_group {};
    std::string delivery_mode {};
};

// By the id of the account or contact in Sales; nothing when Finance does not know it in this
// company.
Result<std::optional<Row>> find_customer_of_party(Reader&, std::string_view company, Id party);
Result<std::optional<Row>> find_customer(
    Reader&, std::string_view company, std::string_view account);
// "customer_unknown".
Result<Row> customer_row(Reader&, std::string_view company, std::string_view account);

CustomerTerms terms_of(Row const& customer);
Result<CustomerTerms> default_terms(Reader&, Books const&);

}
