#include "apps/finance/api.h"
#include "apps/finance/e_invoice/ubl_writer.h"
#include "apps/finance/invoice/e_invoice_of.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/finance/invoice/invoice_pdf.h"
#include "platform/web_api/documents/document_routes.h"

namespace cashline::finance {

namespace {

using documents::Wanted;
using documents::WebDocument;

// The stored files; before the job has made them, the same bytes made now.
struct Found {
    std::optional<WebDocument> file {};
    std::optional<pages::Document> paper {}; // drawn outside the transaction
};

Result<Found> pdf_of(Reader& reader, Row const& row)
{
    if (auto const file = row.get(finance_invoice::pdf_file)) {
        return Found { .file = TRY(documents::stored_document(reader, *file)) };
    }
    return Found { .paper = TRY(invoice_document(reader, row.id())) };
}

Result<Found> ubl_of(Reader& reader, Row const& row)
{
    if (auto const file = row.get(finance_invoice::ubl_file)) {
        return Found { .file = TRY(documents::stored_document(reader, *file)) };
    }
    // Some invoices cannot be one (several taxes on a line): then there is none.
    auto elevated = reader.elevated_reader();
    auto const e_invoice = e_invoice_of(elevated, row.id());
    if (!e_invoice) {
        return documents::no_such_document();
    }
    return Found { .file = WebDocument { .file_name = row.text_or(finance_invoice::number) + ".xml",
                       .content_type = "application/xml",
                       .bytes = write_ubl(*e_invoice) } };
}

Result<WebDocument> invoice_for(Platform& platform, Caller const& caller, Wanted const& wanted)
{
    auto found = TRY(platform.read<Found>(caller, [&](Reader& reader) -> Result<Found> {
        auto const row = TRY(reader.retrieve(finance_invoice::table, wanted.id));
        if (wanted.extension == "pdf") {
            return pdf_of(reader, row);
        }
        return wanted.extension == "xml" ? ubl_of(reader, row) : documents::no_such_document();
    }));
    if (found.file) {
        return std::move(*found.file);
    }
    return WebDocument { .file_name = found.paper->number + ".pdf",
        .content_type = "application/pdf",
        .bytes = TRY(pages::render_pdf(*found.paper)) };
}

}

void add_finance_routes(WebContext& context)
{
    documents::add_documents(context, "finance-invoices", invoice_for);
}

}
