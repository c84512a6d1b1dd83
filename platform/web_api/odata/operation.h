// One request of the Web API made ready to run: either it reads on a snapshot, or it writes inside
// a unit of work and may read back what it wrote once the commit stands. Whether it came alone, in
// a batch or in a change set makes no difference here.
#pragma once

#include "platform/pipeline/platform.h"
#include "platform/web_api/http/message.h"
#include "platform/web_api/odata/preferences.h"
#include "platform/web_api/odata/resource.h"
#include "platform/web_api/odata/row_readings.h"

#include <functional>
#include <memory>

namespace cashline::odata {

// Which clients a root speaks to: /api/data/v9.x/ to Dataverse's, /data/ to those of Finance &
// Operations.
enum class Manner : std::uint8_t { dataverse, operations };

struct Call {
    http::Request request {};
    std::string
        base {}; // "https://host/api/data/v9.2", as the client wrote it: every link begins so
    std::string path {}; // raw, behind the base
    std::string query {}; // raw
    Caller caller {};
    Preferences preferences {};
    Manner manner {};
    std::shared_ptr<Schema const>
        schema {}; // of the moment the call came; what runs it may keep it
    RowReadings* row_readings {}; // the service's
};

struct Written {
    http::Response response {}; // the answer, where nothing has to be read back
    std::optional<Lookup> row {}; // what later requests of the change set may refer to
    std::function<Result<http::Response>(Reader&)> read_back {};
};

struct Operation {
    // One of the two is set. Both may be run again: they change nothing outside the unit.
    std::function<Result<http::Response>(Reader&)> read {};
    std::function<Result<Written>(Unit&, Contents const&)> write {};
    WriteOptions options {};
    std::optional<TableId> row_table {}; // of Written::row, known before it runs
};

// What preparing needs. Shared: operations outlive the request that made them, across threads.
struct Preparation {
    Platform& platform;
    std::shared_ptr<Schema const> schema; // shared with the operation: it holds pointers into it
    std::shared_ptr<Call const> call;
    ContentTables contents {};

    ResourceContext resources() const { return { *schema, platform.registry(), contents }; }
};

// Path, verb, headers and body, checked as far as that goes without reading rows.
Result<Operation> prepare(Preparation const& preparation);

// The parts, one file each.
Result<Operation> prepare_read(Preparation const& preparation, Resource resource);
Result<Operation> prepare_row_write(Preparation const& preparation, Resource resource);
Result<Operation> prepare_property_write(Preparation const& preparation, Resource resource);
Result<Operation> prepare_link_write(Preparation const& preparation, Resource resource);
Result<Operation> prepare_bulk(Preparation const& preparation, Resource resource);
Result<Operation> prepare_message(Preparation const& preparation, Resource resource);

// Answers shared by them.
std::string link_to(Call const& call, Schema const& schema, Lookup row);
http::Response json_answer(int status, std::string body);
http::Response no_content();
Result<json::Value> body_of(Call const& call);
// A row as the caller sees it, with the request's $select and $expand.
struct RowAnswer {
    Lookup row {};
    int status { 200 };
    bool ignores_expand {};
    std::string entity_id {}; // sent as OData-EntityId when not empty
};
Result<http::Response> row_answer(Reader& reader, Call const& call, RowAnswer const& wanted);

}
