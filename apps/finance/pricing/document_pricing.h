// Finds everything that makes the amounts of one document and hands it to the calculation. Used
// once, then thrown away.
#pragma once

#include "apps/finance/pricing/pricing_rows.h"
#include "apps/finance/tax/tax_setup.h"

namespace cashline::finance {

// What a stored document knows already and is not searched again.
struct KnownTerms {
    CustomerTerms terms {};
    std::vector<catalog::DiscountInput> coupons {}; // as they were granted
    std::vector<std::string> tax_item_groups {}; // one per line
};

class DocumentPricing {
public:
    DocumentPricing(
        Reader& reader, catalog::PriceRequest const& request, KnownTerms const* known = nullptr)
        : m_reader(reader.elevated_reader())
        , m_request(request)
        , m_known(known)
    {
    }

    // What the calculation takes; the price of each line names its source.
    Result<catalog::DocumentInput> input();

private:
    Result<void> find_company();
    Result<void> find_items();
    Result<void> add_line(std::size_t position);
    Result<void> set_price(std::size_t position, catalog::LineInput& line);
    Result<void> set_discounts(std::size_t position, catalog::LineInput& line);
    Result<void> add_discounts();
    Result<void> add_total_discount(Amount net);
    Result<void> add_coupons(Amount net);
    Result<CustomerTerms> terms();
    Result<void> add_charges();
    Result<std::vector<std::size_t>> taxes_of(std::string const& item_group);
    AgreementQuestion question_of(std::size_t position) const;
    Result<Decimal> quantity_in_group(std::size_t position) const;

    Reader m_reader;
    catalog::PriceRequest const& m_request;
    KnownTerms const* m_known; // null: everything is searched
    std::optional<Books> m_books {};
    CustomerTerms m_terms {};
    CurrencyFacts m_currency {};
    std::optional<TaxSetup> m_taxes {};
    std::vector<ItemFacts> m_items {}; // one per line
    std::vector<Agreement> m_agreements {};
    catalog::DocumentInput m_input {};
};

}
