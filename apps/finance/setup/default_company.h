// The books a message means when it names no company.
#pragma once

#include "apps/finance/setup/books.h"

namespace cashline::finance {

// By company code, else those of the organisation's default company. "company_without_books".
Result<Books> books_or_default(Reader&, std::optional<std::string> const& code);

}
