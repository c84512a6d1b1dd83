// Runs an import recipe (kind import, docs/contracts/import.md): every record becomes a row
// created, updated or left alone, through the pipeline, in chunks that belong to one undo set.
// Records that are refused are reported and cost nothing else.
#pragma once

#include "apps/integration/import/source.h"
#include "platform/pipeline/platform.h"

namespace cashline::integration {

struct ImportFinding {
    std::string step {};
    std::string record {}; // the business key of the record
    std::string text {};
};

struct ImportStepReport {
    std::string step {};
    std::int64_t created {};
    std::int64_t updated {};
    std::int64_t unchanged {};
    std::vector<ImportFinding> refused {};
    std::vector<ImportFinding> differences {}; // the source does not agree with itself
    std::vector<ImportFinding> repeats {}; // looks like the same person or thing twice; not merged
};

struct ImportReport {
    std::vector<ImportStepReport> steps {};
    Id undo_set {};
    bool is_rehearsal {};

    json::Value to_json() const;
    std::string to_text() const;
    bool has_refusals() const;
};

struct ImportSource {
    std::string recipe {};
    ReadFile read {};
};

struct ImportOptions {
    bool is_rehearsal {}; // everything is carried out and taken back
    std::function<void(std::string_view step, std::int64_t done, std::int64_t all)> progress {};
};

// "import_unknown_recipe" names those there are.
Result<ImportReport> import_records(
    Platform&, Caller const&, ImportSource const& from, ImportOptions const& options = {});

}
