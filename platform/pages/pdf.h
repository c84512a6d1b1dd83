// Business documents as PDF: quote, order confirmation, invoice, delivery note. The caller fills in
// finished texts (amounts formatted, labels in the reader's language); the layout decides where
// they stand, repeats the table's head on each page and keeps totals together. The same document
// gives the same bytes.
#pragma once

#include "core/result.h"
#include "core/time.h"
#include "platform/pages/pdf_canvas.h"

#include <string>
#include <vector>

namespace cashline::pages {

enum class PageSize : std::uint8_t { a4, letter };

struct DocumentField {
    std::string label {};
    std::string value {};
};

struct DocumentColumn {
    std::string title {};
    TextAlign align { TextAlign::left };
    // Share of the room that is left; 0 means as wide as the contents (numbers).
    int weight {};
};

struct DocumentLine {
    std::vector<std::string> cells {}; // missing ones are empty
    std::string detail {}; // small print below the first column with a weight
};

struct DocumentTotal {
    std::string label {};
    std::string value {};
    bool is_emphasised {}; // the amount to pay
};

struct DocumentNote {
    std::string heading {};
    std::string text {}; // paragraphs separated by line breaks
};

struct Document {
    std::string title {}; // "Invoice"
    std::string number {}; // "INV-2026-00042"
    Timestamp created_at {};
    PageSize page_size { PageSize::a4 };
    std::uint32_t accent { 0x0F4C81 }; // 0xRRGGBB of the company's colour

    std::string company_name {};
    std::vector<std::string> company_lines {}; // below the name: address, web, mail
    std::string sender_line {}; // small, above the recipient in the envelope's window
    std::vector<std::string> recipient {};
    std::vector<DocumentField> facts {};
    std::string introduction {};

    std::vector<DocumentColumn> columns {};
    std::vector<DocumentLine> lines {};
    std::vector<DocumentTotal> totals {};
    std::vector<DocumentNote> notes {};

    std::vector<std::vector<std::string>> footer {}; // up to four columns of short lines
    std::string page_label { "Page {page} of {pages}" }; // in the reader's language
};

// "document_too_large" (12 columns, 5,000 lines, 2 MB of text, 500 pages, 25 for a single line),
// "font_missing", "pdf_failed".
Result<std::string> render_pdf(Document const& document);

}
