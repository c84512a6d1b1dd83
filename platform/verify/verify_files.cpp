#include "platform/files/file_store.h"
#include "platform/verify/each_row.h"
#include "platform/verify/verify_rows.h"

namespace cashline {

Result<VerifyFindings> verify_files(Reader& reader)
{
    VerifyFindings findings;
    auto const* table = reader.schema().find("cl_file");
    if (!table) {
        return findings;
    }
    TRY(each_row(reader, *table, [&](Row const& row) -> Result<void> {
        auto const content = files::content(reader, row.id());
        if (content) {
            return {};
        }
        if (content.error().code != "file_lost") {
            return std::unexpected(content.error());
        }
        findings.push_back({ .check = "files",
            .table = table->name,
            .row = row.id(),
            .column = "cl_hash",
            .expected = "the file's bytes",
            .found = "(nothing), or others",
            .text = content.error().text });
        return {};
    }));
    return findings;
}

}
