// What the apps register at start; nothing is found by magic. Rules run in the order of app
// dependency, then of registration. Each app has one function register_<app>(Registry&) (in
// <app>_app.cpp, declared in its api.h).
#pragma once

#include "platform/pipeline/message.h"
#include "platform/pipeline/unit.h"

#include <functional>
#include <map>
#include <typeindex>

namespace cashline {

class Platform;

// One row on its way through the stages.
struct Change {
    Operation operation {};
    TableId table {};
    Id id {};
    Row const& before; // the stored row, all columns; empty on create
    Row& values; // what is written: rules before may add and correct, rules after read

    // The value as it will be after this change.
    Value const& now(ColumnHandle const& column) const
    {
        auto const* set = values.find(column.index);
        return set ? *set : before.value(column);
    }
    Row after() const; // before with values laid over
    // Written and different from what was stored.
    bool changes(ColumnHandle const& column) const;
};

using Rule = std::function<Result<void>(Unit&, Change&)>;

// A state change that is allowed: from → to through this message ("Update" for a plain update). Not
// listed = refused
// ("InvalidStateTransition" fault conflict unless `refusal` names another code).
struct Transition {
    std::int64_t from {};
    std::int64_t to {};
    std::string message {};
};

struct MessageInfo {
    std::string name {};
    bool is_function {}; // GET, read only, runs on a snapshot
    std::optional<TableId> bound_table {};
    bool bound_to_collection {};
    std::vector<ParameterInfo> parameters {};
    ReplyShape reply {};
    std::vector<ParameterInfo> reply_members {};
    std::string required_privilege {}; // a named privilege, or empty
    bool is_open_to_guests {}; // callable by the shop's application user only through its own door

    // Typed request behind Boxed: made from JSON, then executed.
    std::function<Result<Boxed>(
        Schema const&, json::Value const& body, std::optional<Lookup> bound)>
        parse {};
    std::function<Result<Boxed>(Unit&, Boxed const& request)> run {}; // actions: reply struct
    std::function<Result<Boxed>(Reader&, Boxed const& request)> answer {}; // functions
    std::function<MessageReply(Boxed const& reply)> describe_reply {};
    std::function<std::vector<struct Lane>(Boxed const& request)> lanes {};
    std::vector<std::function<Result<void>(Unit&, Boxed const& request)>> before {};
    std::vector<std::function<Result<void>(Unit&, Boxed const& request, Boxed const& reply)>>
        after {};
};

template<class Request>
class MessageRegistration {
public:
    explicit MessageRegistration(MessageInfo& info) : m_info(info) { }
    MessageRegistration& bound_to(TableId table, Lookup Request::* member);
    MessageRegistration& bound_to_collection(TableId table);
    MessageRegistration& requires_privilege(std::string_view named);
    MessageRegistration& lanes(std::function<std::vector<struct Lane>(Request const&)>);

private:
    MessageInfo& m_info;
};

// What a job handler may use: it runs outside any transaction and may do I/O.
struct JobContext {
    Platform& platform;
    Id job {};
    int attempt {};
};
using JobHandler = std::function<Result<void>(JobContext&, json::Value const& input)>;

// Follows the journal; its position is stored under its name. follow() runs in a unit with that
// position: exactly once.
class Follower {
public:
    virtual ~Follower() = default;
    virtual std::string_view name() const = 0;
    // Only change sets that touch one of these tables; empty: all. Followers that say so cost the
    // others nothing.
    virtual std::vector<TableId> tables() const { return {}; }
    virtual Result<void> follow(Unit&, ChangeSet const&) = 0;
};

class Registry {
public:
    void before(Operation, TableId, Rule,
        std::vector<ColumnHandle> columns = {}); // columns: only when one is written
    void after(Operation, TableId, Rule, std::vector<ColumnHandle> columns = {});
    // Rules for create and update alike.
    void before_save(TableId, Rule, std::vector<ColumnHandle> columns = {});
    void after_save(TableId, Rule, std::vector<ColumnHandle> columns = {});
    // Declares the complete list for a state column.
    void transitions(ColumnHandle const& state, std::vector<Transition>);
    // A read-only guard: in these states callers may not change the row except for these columns.
    // Rules that act for the platform (elevated) may.
    void frozen_when(TableId, std::vector<std::int64_t> states, std::string_view error_code,
        std::vector<ColumnHandle> still_writable = {});
    // What another app adds to the guard: columns of its own, messages of its own that may change
    // anything.
    void still_writable(
        TableId, std::vector<ColumnHandle> columns, std::vector<std::string> by_messages = {});

    template<class Request>
    MessageRegistration<Request> message(
        std::function<Result<typename Request::Reply>(Unit&, Request const&)>);
    template<class Request>
    MessageRegistration<Request> function(
        std::function<Result<typename Request::Reply>(Reader&, Request const&)>);
    template<class Request>
    void before_message(std::function<Result<void>(Unit&, Request const&)>);
    template<class Request>
    void after_message(
        std::function<Result<void>(Unit&, Request const&, typename Request::Reply const&)>);

    void job(std::string name, JobHandler);
    void every(std::string name, std::int64_t seconds); // a registered job that repeats
    void follower(std::unique_ptr<Follower>);

    template<class Port>
    void provide(std::unique_ptr<Port> port);
    template<class Port>
    Port* find_port() const;

    // Used by the platform.
    void* find_port(std::type_index) const;
    struct RegisteredRule {
        Rule rule {};
        std::vector<ColumnIndex> columns {};
    };
    std::vector<RegisteredRule> const& rules_before(Operation, TableId) const;
    std::vector<RegisteredRule> const& rules_after(Operation, TableId) const;
    MessageInfo const* find_message(std::string_view name) const;
    std::map<std::string, MessageInfo, std::less<>> const& messages() const { return m_messages; }
    std::map<std::string, JobHandler, std::less<>> const& jobs() const { return m_jobs; }
    std::map<std::string, std::int64_t, std::less<>> const& repeating() const
    {
        return m_repeating;
    }
    std::vector<std::unique_ptr<Follower>> const& followers() const { return m_followers; }
    std::vector<Transition> const* find_transitions(TableId) const;
    struct Freeze {
        std::vector<std::int64_t> states {};
        std::string error_code {};
        std::vector<ColumnIndex> still_writable {};
        std::vector<std::string> by_messages {};
    };
    Freeze const* find_freeze(TableId) const;

private:
    MessageInfo& add_message(std::string_view name);

    std::map<std::pair<Operation, TableId>, std::vector<RegisteredRule>> m_before {};
    std::map<std::pair<Operation, TableId>, std::vector<RegisteredRule>> m_after {};
    std::map<TableId, std::vector<Transition>> m_transitions {};
    std::map<TableId, Freeze> m_freezes {};
    std::map<std::string, MessageInfo, std::less<>> m_messages {};
    std::map<std::string, JobHandler, std::less<>> m_jobs {};
    std::map<std::string, std::int64_t, std::less<>> m_repeating {};
    std::vector<std::unique_ptr<Follower>> m_followers {};
    std::map<std::type_index, std::shared_ptr<void>>
        m_ports {}; // shared: type-erased ownership only
};

}

#include "platform/pipeline/registry_templates.h"
