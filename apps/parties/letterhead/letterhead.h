// The parts of a paper that are the same on all of a company's documents.
#pragma once

#include "platform/metadata/row.h"
#include "platform/pages/pdf.h"

namespace cashline::parties {

// Name, address, sender line and footer, from a row of cdm_company.
void put_letterhead(pages::Document&, Row const& company);
// Adds a line unless there is nothing on it.
void add_line(std::vector<std::string>& lines, std::string text);
// Both with a blank between, or the one there is.
std::string joined(std::string const& first, std::string const& second);

}
