// A message is a struct with described members; the same description parses its parameters, writes
// $metadata and the reply. Example:
//
//   struct ReviseQuote {
//       static constexpr char const* name = "ReviseQuote";
//       using Reply = EntityReply;                     // or NoReply, EntitiesReply, or a described
//       struct Id quote_id {}; std::optional<std::string> description {};     // optional
//       parameters are std::optional template<class Visitor> static void describe(Visitor&& visit)
//       {
//           visit("QuoteId", &ReviseQuote::quote_id);
//           visit("Description", &ReviseQuote::description);
//       }
//   };
//
// Member types: bool, std::int32_t, std::int64_t, std::string, Decimal, Amount, Id, Date,
// Timestamp, Lookup (a reference to a row: {"@odata.type", key} or {"@odata.id"}), Row (an unsaved
// row with @odata.type and values), json::Value (open), std::optional of those, std::vector of
// those. The bound row of a bound message arrives in the member named at registration.
#pragma once

#include "core/json.h"
#include "platform/metadata/row.h"
#include "platform/metadata/schema.h"

namespace cashline {

struct NoReply { // 204
    template<class Visitor>
    static void describe(Visitor&&)
    {
    }
};
struct EntityReply { // one row; the Web API reads it back as the caller
    Lookup row {};
};
struct EntitiesReply { // Collection(crmbaseentity)
    std::vector<Lookup> rows {};
};

enum class ParameterType : std::uint8_t {
    boolean,
    int32,
    int64,
    text,
    decimal,
    money,
    id,
    date,
    timestamp,
    reference,
    row,
    open,
};

struct ParameterInfo {
    std::string name {};
    ParameterType type {};
    bool required {};
    bool is_collection {};
};

enum class ReplyShape : std::uint8_t { none, entity, entities, complex };

struct MessageReply {
    ReplyShape shape {};
    json::Value complex {};
    std::vector<Lookup> rows {};
};

}
