// The tax rows of one company, loaded once for a document.
#pragma once

#include "apps/finance/tax/tax_selection.h"
#include "platform/pipeline/reader.h"

#include <map>

namespace cashline::finance {

class TaxSetup {
public:
    // `group` is the tax group of the customer or document.
    static Result<TaxSetup> load(Reader&, std::string_view company, std::string_view group);

    // Adds the taxes of a line or charge to `all` and answers their places there.
    Result<std::vector<std::size_t>> taxes_of(
        std::vector<catalog::TaxRate>& all, std::string const& item_group, Date date) const;

private:
    std::vector<TaxGroupCode> m_members {};
    std::vector<TaxCode> m_codes {};
    std::map<std::string, std::vector<std::string>> m_item_groups {};
};

}
