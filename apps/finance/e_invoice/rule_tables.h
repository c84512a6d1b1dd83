// The rule tables by subject; rules.cpp joins them. Helpers that several of them need.
#pragma once

#include "apps/finance/e_invoice/rules.h"

#include <algorithm>

namespace cashline::finance {

std::span<EInvoiceRule const> document_rules(); // BR-01 … BR-65, parties, references
std::span<EInvoiceRule const> amount_rules(); // BR-CO, BR-DEC
std::span<EInvoiceRule const> vat_rules(); // BR-S, Z, E, AE, IC, G, O
std::span<EInvoiceRule const> peppol_rules(); // PEPPOL-EN16931

template<class Range, class Predicate>
bool all(Range const& range, Predicate predicate)
{
    return std::ranges::all_of(range, predicate);
}

template<class Range, class Predicate>
bool any(Range const& range, Predicate predicate)
{
    return std::ranges::any_of(range, predicate);
}

bool is_country(std::string const&);
std::vector<AllowanceCharge const*> document_entries(EInvoice const&, bool is_charge);
std::vector<AllowanceCharge const*> line_entries(EInvoice const&, bool is_charge);
bool is_one_of(std::string_view value, std::initializer_list<std::string_view> values);

// a − b in absolute value is at most `slack` ten-thousandths.
bool is_close(Amount a, Amount b, std::int64_t slack);
Decimal sum_of(std::span<Amount const>);

}
