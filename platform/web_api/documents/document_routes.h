// /documents/<set>/<id>.<extension>: papers of a row, opened in the browser by signed-in people and
// programs. Whoever may not read the row is refused as the Web API refuses; the finder decides with
// the caller's own rights.
#pragma once

#include "platform/web_api/web_context.h"

namespace cashline::documents {

struct WebDocument {
    std::string file_name {};
    std::string content_type {};
    std::string bytes {};
};

// "pdf", "xml"; "document_unknown" (missing) for what there is not.
struct Wanted {
    Id id {};
    std::string extension {};
};
using FindDocument = std::function<Result<WebDocument>(Platform&, Caller const&, Wanted const&)>;

void add_documents(WebContext&, std::string const& set, FindDocument);

Refusal no_such_document();
// A file that a row names (platform/files/file_store.h); the caller has read the row.
Result<WebDocument> stored_document(Reader&, Id file);

}
