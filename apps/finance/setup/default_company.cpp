#include "apps/finance/setup/default_company.h"

#include "apps/parties/api.h"

namespace cashline::finance {

Result<Books> books_or_default(Reader& reader, std::optional<std::string> const& code)
{
    if (code && !code->empty()) {
        return books_of(reader, *code);
    }
    auto const company = TRY(parties::default_company(reader));
    auto books = company ? TRY(find_books(reader, *company)) : std::optional<Books> {};
    if (!books) {
        return conflict("company_without_books",
            "No company keeps books yet. Create a company first, or name one.");
    }
    return std::move(*books);
}

}
