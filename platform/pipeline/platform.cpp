#include "platform/pipeline/platform.h"

#include "core/check.h"
#include "platform/files/file_vault.h"
#include "platform/journal/journal.h"
#include "platform/pipeline/bootstrap.h"
#include "platform/pipeline/run_unit.h"

#include <algorithm>

namespace cashline {

namespace {

Result<std::shared_ptr<Metadata>> load_metadata(PlatformOptions const& options)
{
    auto const& definitions = options.definitions ? *options.definitions : shipped_definitions();
    return std::make_shared<Metadata>(TRY(Schema::load(definitions)));
}

// Another process on the same database may change who may what; its journal entry tells us.
void forget_rights_changed_elsewhere(Platform::State& state)
{
    state.followers.listen([&state](std::vector<ChangeSet> const& sets) {
        auto const metadata = state.current_metadata();
        auto const is_about_rights = [&](JournalEntry const& entry) {
            return metadata->schema->find(entry.table)
                && metadata->plans.plan(entry.table).is_about_rights;
        };
        for (auto const& set : sets) {
            if (std::ranges::any_of(set.entries, is_about_rights)) {
                state.rights.forget();
                return;
            }
        }
    });
}

Refusal unknown_message(std::string_view name)
{
    return missing("message_unknown",
        "There is no operation '" + std::string(name) + "'. Names are case-sensitive.");
}

}

Platform::Platform(std::unique_ptr<State> state) : m_state(std::move(state)) { }

Platform::~Platform()
{
    stop_background();
    m_state->store->stop();
}

Result<std::unique_ptr<Platform>> Platform::open(PlatformOptions options)
{
    auto state = std::make_unique<State>();
    state->environment = options.environment ? options.environment : &system_environment();
    state->settings = std::move(options.settings);
    register_platform_rules(state->registry);
    for (auto const& register_app : options.apps) {
        register_app(state->registry);
    }
    auto metadata = TRY(load_metadata(options));
    state->store = TRY(open_store(options.store));
    // Processes that share a PostgreSQL share its files, too.
    auto const is_alone = state->store->dialect() == Dialect::sqlite && !options.files_path.empty();
    state->registry.provide<FileVault>(
        is_alone ? make_folder_vault(options.files_path) : make_table_vault());
    TRY(prepare_database(*state->store, *metadata));
    state->metadata = std::move(metadata);
    std::unique_ptr<Platform> platform(new Platform(std::move(state)));
    TRY(seed(*platform));
    TRY(platform->m_state->followers.listen_from_now(*platform));
    forget_rights_changed_elsewhere(*platform->m_state);
    return platform;
}

Result<void> Platform::write(
    Caller const& caller, std::function<Result<void>(Unit&)> work, WriteOptions options)
{
    return submit_and_wait(*m_state,
        { .caller = caller,
            .work = std::move(work),
            .options = std::move(options),
            .now = m_state->environment->now() });
}

Result<void> Platform::write_at(
    Timestamp moment, Caller const& caller, std::function<Result<void>(Unit&)> work)
{
    CHECK(caller.door == Door::seed);
    return submit_and_wait(
        *m_state, { .caller = caller, .work = std::move(work), .options = {}, .now = moment });
}

void Platform::write_async(Caller caller, std::function<Result<void>(Unit&)> work,
    WriteOptions options, std::move_only_function<void(Result<void>)> done)
{
    submit(*m_state,
        std::make_shared<Submission const>(Submission { .caller = std::move(caller),
            .work = std::move(work),
            .options = std::move(options),
            .now = m_state->environment->now() }),
        std::move(done));
}

Result<void> Platform::read(Caller const& caller, std::function<Result<void>(Reader&)> work)
{
    auto const metadata = m_state->current_metadata();
    auto const snapshot = TRY(m_state->store->read());
    ReadContext context { .sql = snapshot->sql(),
        .schema = *metadata->schema,
        .environment = *m_state->environment,
        .registry = &m_state->registry,
        .now = m_state->environment->now(),
        .plans = &metadata->plans };
    Reader reader(context, caller);
    return guarded([&] { return work(reader); });
}

Result<MessageReply> Platform::call(Caller const& caller, std::string_view name,
    json::Value const& body, std::optional<Lookup> bound)
{
    auto const* info = m_state->registry.find_message(name);
    if (!info) {
        return unknown_message(name);
    }
    auto const request = TRY(info->parse(*schema(), body, bound));
    if (info->is_function) {
        return read<MessageReply>(caller, [&](Reader& reader) -> Result<MessageReply> {
            return info->describe_reply(TRY(answer_function(reader, *info, request)));
        });
    }
    WriteOptions options;
    if (info->lanes) {
        options.lanes = info->lanes(request);
    }
    return write<MessageReply>(
        caller,
        [&](Unit& unit) -> Result<MessageReply> {
            return info->describe_reply(TRY(run_message(unit, name, request)));
        },
        std::move(options));
}

Result<Caller> Platform::caller_of(Id user, Door door)
{
    return m_state->rights.caller_of(*m_state->store, *schema(), user, door);
}

std::shared_ptr<Schema const> Platform::schema() const
{
    return m_state->current_metadata()->schema;
}

Registry const& Platform::registry() const { return m_state->registry; }

Environment& Platform::environment() const { return *m_state->environment; }

Store& Platform::store() const { return *m_state->store; }

json::Value const& Platform::settings() const { return m_state->settings; }

void Platform::start_background()
{
    m_state->followers.start(*this);
    m_state->jobs.start(*this);
}

void Platform::stop_background()
{
    m_state->jobs.stop();
    m_state->followers.stop();
}

Result<std::int64_t> Platform::drain()
{
    std::int64_t jobs = 0;
    while (true) {
        auto const followed = TRY(m_state->followers.catch_up(*this));
        auto const ran = TRY(m_state->jobs.run_due(*this));
        jobs += ran;
        if (followed == 0 && ran == 0) {
            return jobs;
        }
    }
}

void Platform::on_change_sets(std::function<void(std::vector<ChangeSet> const&)> listener)
{
    m_state->followers.listen(std::move(listener));
}

}
