#include "platform/web_api/odata/row_readings.h"

#include "platform/query/odata/options.h"
#include "platform/web_api/odata/operation.h"
#include "platform/web_api/odata/reading.h"

#include <fmt/format.h>

namespace cashline::odata {

namespace {

// A client program uses a few; whoever makes up new ones all the time gains nothing here.
constexpr std::size_t readings_max = 512;

std::string key_of(Caller const& caller, Call const& call, RowReadings::Wanted const& wanted)
{
    auto const options = json_options(call);
    return fmt::format("{} {} {}{}{}{}{} {}", fmt::ptr(caller.rights.get()),
        static_cast<std::uint32_t>(wanted.table), wanted.ignores_expand ? 1 : 0,
        options.formatted_values ? 1 : 0, options.lookup_names ? 1 : 0,
        options.navigation_names ? 1 : 0, options.public_names ? 1 : 0, call.query);
}

// Conditions inside an expand may speak of the moment or the caller.
bool is_lasting(Query const& query, Caller const& caller)
{
    return query.expands.empty() && caller.rights && caller.user == caller.real_user;
}

Result<std::shared_ptr<RowReading>> made(ReadContext const& context, Caller const& caller,
    Call const& call, RowReadings::Wanted const& wanted)
{
    auto const& schema = context.schema;
    auto const& table = schema.table(wanted.table);
    auto const raw = TRY(split_query_string(call.query));
    auto reading = std::make_shared<RowReading>();
    reading->rights = caller.rights;
    reading->query = TRY(parse_row_options(schema, table, raw));
    auto const has_select = !reading->query.columns.empty();
    if (wanted.ignores_expand) {
        reading->query.expands.clear();
    }
    reading->fragment =
        fragment_of(schema, call, { table, reading->query, has_select }) + "/$entity";
    reading->statement.emplace(
        TRY(RowStatement::prepare(context, caller, { reading->query, json_options(call) })));
    return reading;
}

}

Result<std::shared_ptr<RowReading const>> RowReadings::find(
    ReadContext const& context, Caller const& caller, Call const& call, Wanted const& wanted)
{
    // While the metadata is exchanged, a request may have prepared with one and read with the
    // other.
    if (&context.schema != call.schema.get()) {
        return TRY(made(context, caller, call, wanted));
    }
    auto key = key_of(caller, call, wanted);
    {
        auto const lock = std::scoped_lock { m_mutex };
        auto const found = m_readings.find(key);
        if (m_schema == call.schema && found != m_readings.end()) {
            return found->second;
        }
    }
    auto const reading = TRY(made(context, caller, call, wanted));
    if (is_lasting(reading->query, caller)) {
        auto const lock = std::scoped_lock { m_mutex };
        if (m_schema != call.schema || m_readings.size() >= readings_max) {
            m_readings.clear();
            m_schema = call.schema;
        }
        m_readings.insert_or_assign(std::move(key), reading);
    }
    return reading;
}

}
