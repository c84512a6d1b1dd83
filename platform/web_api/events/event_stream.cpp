#include "platform/web_api/events/event_stream.h"

#include "core/text.h"
#include "platform/security/share/share_table.h"
#include "platform/web_api/http/event_channel.h"
#include "platform/web_api/odata/error_writer.h"
#include "platform/web_api/odata/preconditions.h"

#include <algorithm>
#include <array>

namespace cashline::events {

namespace {

constexpr std::size_t streams_max = 5'000;

// Users, teams, units, roles, who belongs to them, and shares: whoever listens must look again.
constexpr std::array rights_tables { TableId { 8 }, TableId { 9 }, TableId { 10 }, TableId { 11 },
    TableId { 1036 }, TableId { 1023 }, TableId { 40 }, TableId { 23 } };

std::string resync_event()
{
    // The empty data line is needed: an event without one is not delivered.
    return "event: resync\ndata:\n\n";
}

std::string_view kind_name(Operation operation)
{
    switch (operation) {
    case Operation::create:
        return "create";
    case Operation::update:
        return "update";
    case Operation::remove:
        return "delete";
    }
    return "update";
}

// Rows without an owner are seen like the row that gives them their rights.
Table const& rights_table(Schema const& schema, Table const& table)
{
    auto const* at = &table;
    for (auto steps = 0; steps < 8 && at->ownership == Ownership::none && at->parent; ++steps) {
        auto const* parent = schema.find(at->column(*at->parent).targets.front());
        if (!parent) {
            break;
        }
        at = parent;
    }
    return *at;
}

bool may_see(Schema const& schema, Rights const& rights, JournalEntry const& entry)
{
    auto const* table = schema.find(entry.table);
    if (!table) {
        return false;
    }
    auto const depth = rights.is_system
        ? Depth::organization
        : rights.depth(rights_table(schema, *table).id, Privilege::read);
    auto const is_own = entry.owner.id == rights.user
        || std::ranges::find(rights.teams, entry.owner.id) != rights.teams.end();
    switch (depth) {
    case Depth::none:
        return false;
    case Depth::user:
        return is_own;
    case Depth::unit:
        return is_own || entry.unit == rights.unit;
    case Depth::subtree:
        return is_own || std::ranges::find(rights.subtree, entry.unit) != rights.subtree.end();
    case Depth::organization:
        return true;
    }
    return false;
}

std::string event_of(Table const& table, JournalEntry const& entry)
{
    std::string data;
    json::Writer writer(data);
    writer.begin_object().key("table").string(table.name);
    writer.key("id").string(entry.row.to_string());
    if (entry.operation != Operation::remove) {
        writer.key("etag").string(odata::entity_tag(entry.version));
    }
    writer.key("kind").string(kind_name(entry.operation)).end_object();
    return "data: " + data + "\n\n";
}

}

struct EventStreams::Stream {
    std::shared_ptr<http::EventChannel> channel {}; // shared with the connection that carries it
    Caller caller {};
    Timestamp expires {};
    std::set<TableId> tables {};
    std::set<Id> shared_rows {}; // with the caller or his teams
};

EventStreams::EventStreams(Platform& platform) : m_platform(platform)
{
    platform.on_change_sets(
        [this](std::vector<ChangeSet> const& change_sets) { tell(change_sets); });
}

std::size_t EventStreams::count() const
{
    auto const lock = std::scoped_lock { m_mutex };
    return m_streams.size();
}

void EventStreams::open(http::Request request, sign_in::Identity identity, http::Respond respond)
{
    auto const refused = [&](Error const& error) {
        respond(odata::error_answer(error, request.request_id));
    };
    if (request.method != "GET") {
        return refused(odata::method_not_allowed(request.method).error());
    }
    auto stream = std::make_shared<Stream>();
    stream->caller = identity.caller;
    stream->expires = identity.session.expires;
    auto const schema = m_platform.schema();
    auto const names = request.query_value("tables").value_or("");
    for (auto const name : text::split(names, ',')) {
        if (auto const* table = schema->find(text::trim(name)); table && !table->is_hidden) {
            stream->tables.insert(table->id);
        }
    }
    if (auto const loaded = refresh(*stream); !loaded) {
        return refused(loaded.error());
    }
    stream->channel = std::make_shared<http::EventChannel>(http::EventChannelOptions {
        .overflow_marker = resync_event(), .heartbeat = std::chrono::seconds { 15 } });
    {
        auto const lock = std::scoped_lock { m_mutex };
        std::erase_if(m_streams,
            [](std::shared_ptr<Stream> const& each) { return each->channel->is_closed(); });
        if (m_streams.size() >= streams_max) {
            return refused(
                refuse(Fault::unavailable, "server_busy", "Too many event streams are open.")
                    .error());
        }
        m_streams.push_back(stream);
    }
    auto response = http::content_response(200, "text/event-stream", {});
    response.headers.add("Cache-Control", "no-store");
    response.events = stream->channel;
    respond(std::move(response));
}

Result<void> EventStreams::refresh(Stream& stream)
{
    stream.caller = TRY(m_platform.caller_of(stream.caller.user, stream.caller.door));
    std::vector<Value> principals { Value(Lookup { system_user_table, stream.caller.user }) };
    for (auto const& team : stream.caller.rights->teams) {
        principals.emplace_back(Lookup { team_table, team });
    }
    auto const shares =
        TRY(m_platform.read<std::vector<Row>>(system_caller(Door::web_api), [&](Reader& reader) {
            return reader.query(
                Query::from(share::table).where(is_in(share::principal, std::move(principals))));
        }));
    stream.shared_rows.clear();
    for (auto const& row : shares) {
        if (auto const object = row.get(share::object)) {
            stream.shared_rows.insert(object->id);
        }
    }
    return {};
}

void EventStreams::tell(std::vector<ChangeSet> const& change_sets)
{
    std::vector<std::shared_ptr<Stream>> streams;
    {
        auto const lock = std::scoped_lock { m_mutex };
        std::erase_if(m_streams,
            [](std::shared_ptr<Stream> const& each) { return each->channel->is_closed(); });
        streams = m_streams;
    }
    auto const rights_changed = std::ranges::any_of(change_sets, [](ChangeSet const& set) {
        return std::ranges::any_of(set.entries, [](JournalEntry const& entry) {
            return std::ranges::find(rights_tables, entry.table) != rights_tables.end();
        });
    });
    for (auto const& stream : streams) {
        tell_one(*stream, change_sets, rights_changed);
    }
}

void EventStreams::tell_one(
    Stream& stream, std::vector<ChangeSet> const& change_sets, bool rights_changed)
{
    // The client comes back and learns from the 401 that it has to sign in.
    if (stream.expires <= m_platform.environment().now()) {
        return stream.channel->close();
    }
    if (rights_changed) {
        if (!refresh(stream)) {
            return stream.channel->close();
        }
        stream.channel->push(resync_event());
        return;
    }
    auto const schema = m_platform.schema();
    std::string events;
    for (auto const& change_set : change_sets) {
        for (auto const& entry : change_set.entries) {
            auto const* table = schema->find(entry.table);
            // Who listens to activities in general hears of each kind of them.
            if (table && !stream.tables.contains(table->id) && table->extends) {
                table = schema->find(*table->extends);
            }
            if (!table || !stream.tables.contains(table->id)) {
                continue;
            }
            if (may_see(*schema, *stream.caller.rights, entry)
                || stream.shared_rows.contains(entry.row)) {
                events += event_of(*table, entry);
            }
        }
    }
    if (!events.empty()) {
        stream.channel->push(events);
    }
}

}
