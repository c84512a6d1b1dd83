#include "apps/sales/api.h"
#include "apps/sales/invoice/invoice_table.h"
#include "apps/sales/papers/paper.h"
#include "apps/sales/quote/quote_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "platform/pipeline/registry.h"
#include "platform/web_api/documents/document_routes.h"

namespace cashline::sales {

namespace {

using documents::Wanted;
using documents::WebDocument;

Result<WebDocument> drawn(pages::Document const& document)
{
    return WebDocument { .file_name = document.number + ".pdf",
        .content_type = "application/pdf",
        .bytes = TRY(pages::render_pdf(document)) };
}

Result<WebDocument> quote_document_for(
    Platform& platform, Caller const& caller, Wanted const& wanted)
{
    if (wanted.extension != "pdf") {
        return documents::no_such_document();
    }
    std::optional<WebDocument> stored;
    auto const paper = TRY(platform.read<std::optional<pages::Document>>(
        caller, [&](Reader& reader) -> Result<std::optional<pages::Document>> {
            auto const row = TRY(reader.retrieve(quote::table, wanted.id));
            if (auto const file = row.get(quote::pdf_file)) {
                stored = TRY(documents::stored_document(reader, *file));
                return std::nullopt;
            }
            return std::optional(TRY(quote_paper(reader, wanted.id)));
        }));
    return paper ? drawn(*paper) : Result<WebDocument>(std::move(*stored));
}

Result<WebDocument> order_document_for(
    Platform& platform, Caller const& caller, Wanted const& wanted)
{
    if (wanted.extension != "pdf") {
        return documents::no_such_document();
    }
    auto const paper =
        TRY(platform.read<pages::Document>(caller, [&](Reader& reader) -> Result<pages::Document> {
            TRY(reader.retrieve(sales_order::table, wanted.id, { sales_order::name }));
            return order_paper(reader, wanted.id);
        }));
    return drawn(paper);
}

// Finance made the files when it posted the invoice; whoever may read the invoice in Sales may open
// them.
Result<WebDocument> invoice_document_for(
    Platform& platform, Caller const& caller, Wanted const& wanted)
{
    return platform.read<WebDocument>(caller, [&](Reader& reader) -> Result<WebDocument> {
        auto const row = TRY(reader.retrieve(invoice::table, wanted.id));
        auto const customer = row.get(invoice::customer);
        auto elevated = reader.elevated_reader();
        auto const files = customer ? TRY(elevated.port<catalog::CustomerAccounts>().invoice_files(
                                          elevated, *customer, row.text_or(invoice::number)))
                                    : std::vector<catalog::InvoiceFile> {};
        for (auto const& file : files) {
            auto document = TRY(documents::stored_document(reader, file.file));
            if (document.file_name.ends_with("." + wanted.extension)) {
                return document;
            }
        }
        return documents::no_such_document();
    });
}

}

void add_sales_routes(WebContext& context)
{
    documents::add_documents(context, "quotes", quote_document_for);
    documents::add_documents(context, "salesorders", order_document_for);
    documents::add_documents(context, "invoices", invoice_document_for);
}

}
