#include "apps/finance/invoice/render_invoice.h"

#include "apps/finance/e_invoice/ubl_writer.h"
#include "apps/finance/invoice/e_invoice_of.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/finance/invoice/invoice_mail.h"
#include "apps/finance/invoice/invoice_pdf.h"
#include "platform/files/file_store.h"
#include "platform/pipeline/platform.h"

namespace cashline::finance {

namespace {

namespace columns = finance_invoice;
constexpr char const* job_name = "finance.render_invoice";

struct Rendered {
    std::string number {};
    std::string pdf {};
    std::string ubl {}; // empty when the invoice cannot be one (e_invoice_several_taxes …)
};

// The heavy work happens between the transactions.
Result<std::optional<Rendered>> render(Platform& platform, Id id)
{
    std::optional<pages::Document> document;
    Rendered rendered;
    TRY(platform.read(system_caller(Door::job), [&](Reader& reader) -> Result<void> {
        auto const row = TRY(reader.retrieve(columns::table, id));
        if (!row.is_null(columns::pdf_file)) {
            return {};
        }
        rendered.number = row.text_or(columns::number);
        document = TRY(invoice_document(reader, id));
        // Customers who receive e-invoices were checked when the invoice was posted.
        if (auto const e_invoice = e_invoice_of(reader, id)) {
            rendered.ubl = write_ubl(*e_invoice);
        }
        return {};
    }));
    if (!document) {
        return std::optional<Rendered> {};
    }
    rendered.pdf = TRY(pages::render_pdf(*document));
    return std::optional(std::move(rendered));
}

Result<void> save(Unit& unit, Id id, Rendered const& rendered)
{
    auto const row = TRY(unit.retrieve_for_update(columns::table, id));
    if (!row.is_null(columns::pdf_file)) {
        return {};
    }
    std::vector<Id> attachments { TRY(files::put(unit,
        { .name = rendered.number + ".pdf",
            .content_type = "application/pdf",
            .bytes = rendered.pdf })) };
    Row changes(columns::table);
    changes.set(columns::pdf_file, attachments[0]);
    if (!rendered.ubl.empty()) {
        attachments.push_back(TRY(files::put(unit,
            { .name = rendered.number + ".xml",
                .content_type = "application/xml",
                .bytes = rendered.ubl })));
        changes.set(columns::ubl_file, attachments[1]);
    }
    TRY(unit.update(columns::table, id, std::move(changes)));
    return mail_invoice(unit, row, std::move(attachments));
}

Result<void> render_invoice(JobContext& context, json::Value const& input)
{
    auto const id = Id::parse(input.text("invoice"));
    if (!id) {
        return invalid("InvalidArgument", "The job names no invoice.");
    }
    auto const rendered = TRY(render(context.platform, *id));
    if (!rendered) {
        return {};
    }
    TRY(files::prepare(context.platform, rendered->pdf));
    if (!rendered->ubl.empty()) {
        TRY(files::prepare(context.platform, rendered->ubl));
    }
    return context.platform.write(
        system_caller(Door::job), [&](Unit& unit) { return save(unit, *id, *rendered); });
}

}

Job render_invoice_job(Id invoice)
{
    return { .name = job_name,
        .input = json::Object { { "invoice", invoice.to_string() } },
        .key = invoice.to_string() };
}

void register_rendering(Registry& registry) { registry.job(job_name, render_invoice); }

}
