#include "apps/activities/note/note_table.h"
#include "apps/sales/api.h"
#include "apps/sales/papers/paper.h"
#include "apps/sales/quote/quote_table.h"
#include "platform/files/file_store.h"
#include "platform/pipeline/platform.h"

// The PDF of a quote. When a quote is activated a job makes it, keeps it with the quote and
// attaches it to its notes: what the customer saw stays, whatever becomes of the layout. A draft is
// drawn anew each time somebody opens it.

namespace cashline::sales {

namespace {

constexpr char const* job_name = "sales.render_quote";

bool needs_file(Row const& row)
{
    return row.is_null(quote::pdf_file) && row.get(quote::state) != QuoteState::draft;
}

// "QUO-01004-K3V7QX.pdf", with the revision from the second on.
std::string file_name_of(Row const& row)
{
    auto const revision = row.get(quote::revision).value_or(0);
    return row.text_or(quote::number)
        + (revision > 0 ? "-" + std::to_string(revision) : std::string {}) + ".pdf";
}

Result<void> keep_file(Unit& unit, Id id, std::string const& pdf)
{
    auto const row = TRY(unit.retrieve_for_update(quote::table, id));
    if (!needs_file(row)) {
        return {};
    }
    auto const name = file_name_of(row);
    auto const file =
        TRY(files::put(unit, { .name = name, .content_type = "application/pdf", .bytes = pdf }));
    TRY(unit.update(quote::table, id, Row {}.set(quote::pdf_file, file)));
    TRY(unit.create(Row(note::table)
            .set(note::title, "Quote " + row.text_or(quote::number))
            .set(note::regarding, Lookup { quote::table, id })
            .set(note::owner, row.get(quote::owner))
            .set(note::is_document, true)
            .set(note::file_name, name)
            .set(note::file_size, static_cast<std::int64_t>(pdf.size()))
            .set(note::mime_type, "application/pdf")
            .set(note::file, file)));
    return {};
}

// The drawing happens between the transactions.
Result<void> render_quote(JobContext& context, json::Value const& input)
{
    auto const id = Id::parse(input.text("quote"));
    if (!id) {
        return invalid("InvalidArgument", "The job names no quote.");
    }
    auto const caller = system_caller(Door::job);
    std::optional<pages::Document> document;
    TRY(context.platform.read(caller, [&](Reader& reader) -> Result<void> {
        auto const row = TRY(reader.find(quote::table, *id));
        if (row && needs_file(*row)) {
            document = TRY(quote_paper(reader, *id));
        }
        return {};
    }));
    if (!document) {
        return {};
    }
    auto const pdf = TRY(pages::render_pdf(*document));
    TRY(files::prepare(context.platform, pdf));
    return context.platform.write(caller, [&](Unit& unit) { return keep_file(unit, *id, pdf); });
}

Result<void> render_later(Unit& unit, Change& change)
{
    if (change.now(quote::state) == Value(QuoteState::active)) {
        unit.later({ .name = job_name,
            .input = json::Object { { "quote", change.id.to_string() } },
            .key = change.id.to_string() });
    }
    return {};
}

}

void register_quote_files(Registry& registry)
{
    registry.after(Operation::update, quote::table, render_later, { quote::state });
    registry.job(job_name, render_quote);
}

}
