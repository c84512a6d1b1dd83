#include "platform/pipeline/registry.h"

#include "core/check.h"

#include <algorithm>

namespace cashline {

namespace {

std::vector<ColumnIndex> indexes_of(std::vector<ColumnHandle> const& columns)
{
    std::vector<ColumnIndex> indexes;
    for (auto const& column : columns) {
        indexes.push_back(column.index);
    }
    return indexes;
}

std::vector<Registry::RegisteredRule> const no_rules {};

template<class Map, class Key>
auto const* pointer_to(Map const& map, Key const& key)
{
    auto const found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

}

Row Change::after() const
{
    auto row = before;
    row.set_table(table);
    row.set_id(id);
    row.merge(values);
    return row;
}

bool Change::changes(ColumnHandle const& column) const
{
    auto const* set = values.find(column.index);
    return set && *set != before.value(column.index);
}

void Registry::before(
    Operation operation, TableId table, Rule rule, std::vector<ColumnHandle> columns)
{
    m_before[{ operation, table }].push_back({ std::move(rule), indexes_of(columns) });
}

void Registry::after(
    Operation operation, TableId table, Rule rule, std::vector<ColumnHandle> columns)
{
    m_after[{ operation, table }].push_back({ std::move(rule), indexes_of(columns) });
}

void Registry::before_save(TableId table, Rule rule, std::vector<ColumnHandle> columns)
{
    before(Operation::create, table, rule, columns);
    before(Operation::update, table, std::move(rule), std::move(columns));
}

void Registry::after_save(TableId table, Rule rule, std::vector<ColumnHandle> columns)
{
    after(Operation::create, table, rule, columns);
    after(Operation::update, table, std::move(rule), std::move(columns));
}

void Registry::transitions(ColumnHandle const& state, std::vector<Transition> list)
{
    VERIFY(!m_transitions.contains(state.table)); // Two complete lists cannot both be right.
    m_transitions[state.table] = std::move(list);
}

void Registry::frozen_when(TableId table, std::vector<std::int64_t> states,
    std::string_view error_code, std::vector<ColumnHandle> columns)
{
    auto& freeze = m_freezes[table];
    freeze.states = std::move(states);
    freeze.error_code = error_code;
    still_writable(table, std::move(columns));
}

void Registry::still_writable(
    TableId table, std::vector<ColumnHandle> columns, std::vector<std::string> by_messages)
{
    auto& freeze = m_freezes[table];
    std::ranges::copy(indexes_of(columns), std::back_inserter(freeze.still_writable));
    std::ranges::move(by_messages, std::back_inserter(freeze.by_messages));
}

void Registry::job(std::string name, JobHandler handler)
{
    m_jobs[std::move(name)] = std::move(handler);
}

void Registry::every(std::string name, std::int64_t seconds)
{
    m_repeating[std::move(name)] = seconds;
}

void Registry::follower(std::unique_ptr<Follower> follower)
{
    m_followers.push_back(std::move(follower));
}

std::vector<Registry::RegisteredRule> const& Registry::rules_before(
    Operation operation, TableId table) const
{
    auto const* rules = pointer_to(m_before, std::pair(operation, table));
    return rules ? *rules : no_rules;
}

std::vector<Registry::RegisteredRule> const& Registry::rules_after(
    Operation operation, TableId table) const
{
    auto const* rules = pointer_to(m_after, std::pair(operation, table));
    return rules ? *rules : no_rules;
}

MessageInfo const* Registry::find_message(std::string_view name) const
{
    auto const* message = pointer_to(m_messages, name);
    // Rules may wait for a message that no installed app has.
    return message && (message->run || message->answer) ? message : nullptr;
}

std::vector<Transition> const* Registry::find_transitions(TableId table) const
{
    return pointer_to(m_transitions, table);
}

Registry::Freeze const* Registry::find_freeze(TableId table) const
{
    return pointer_to(m_freezes, table);
}

void* Registry::find_port(std::type_index type) const
{
    auto const* port = pointer_to(m_ports, type);
    return port ? port->get() : nullptr;
}

MessageInfo& Registry::add_message(std::string_view name)
{
    auto& info = m_messages[std::string(name)];
    info.name = name;
    return info;
}

}
