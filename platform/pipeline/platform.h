// The running platform: store, metadata snapshot, rights, registry, jobs and followers behind one
// door. The server, the commands and the tests hold one; apps see only Reader and Unit.
#pragma once

#include "platform/environment/environment.h"
#include "platform/pipeline/registry.h"
#include "platform/store/store.h"

#include <atomic>
#include <functional>

namespace cashline {

struct PlatformOptions {
    StoreOptions store {};
    Environment* environment {}; // null: the system's
    std::string files_path {}; // content-addressed files (data/files)
    std::vector<std::function<void(Registry&)>> apps {};
    json::Value const* definitions {}; // null: shipped
    json::Value settings {}; // mail, host names …: cashline.toml as JSON
};

class Platform {
public:
    // Opens the store, migrates, loads rights; does not start background threads.
    static Result<std::unique_ptr<Platform>> open(PlatformOptions);
    ~Platform();

    // Runs `work` in a unit and waits; for tests, commands and jobs. Work may be run again (pure
    // function of its input).
    template<class T>
    Result<T> write(
        Caller const& caller, std::function<Result<T>(Unit&)> work, WriteOptions options = {});
    Result<void> write(
        Caller const& caller, std::function<Result<void>(Unit&)> work, WriteOptions options = {});
    // The same with another clock: for what is told afterwards as it happened, such as the history
    // of the demo company. CHECKed: through the seed door.
    Result<void> write_at(
        Timestamp moment, Caller const& caller, std::function<Result<void>(Unit&)> work);
    // The Web API's way: `done` is called from a store thread after the commit or with the refusal.
    void write_async(Caller caller, std::function<Result<void>(Unit&)> work, WriteOptions options,
        std::move_only_function<void(Result<void>)> done);
    template<class T>
    Result<T> read(Caller const& caller, std::function<Result<T>(Reader&)> work);
    Result<void> read(Caller const& caller, std::function<Result<void>(Reader&)> work);

    // A message by name with JSON parameters, as the Web API and commands call it. Functions run on
    // a snapshot.
    Result<MessageReply> call(Caller const& caller, std::string_view name, json::Value const& body,
        std::optional<Lookup> bound = {});

    // The rights of a user now ("missing" when disabled or unknown).
    Result<Caller> caller_of(Id user, Door door);

    std::shared_ptr<Schema const> schema() const;
    Registry const& registry() const;
    Environment& environment() const;
    Store& store() const;
    json::Value const& settings() const;

    // Background work: job runner and followers. `stop` lets what runs finish.
    void start_background();
    void stop_background();
    // Tests and commands: runs due jobs and followers until nothing is due; the number of jobs run.
    Result<std::int64_t> drain();
    // Called after each commit with the new change sets (event stream); from a background thread.
    void on_change_sets(std::function<void(std::vector<ChangeSet> const&)>);

    struct State; // platform_state.h, for the pipeline's own files

private:
    explicit Platform(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}

#include "platform/pipeline/platform_templates.h"
