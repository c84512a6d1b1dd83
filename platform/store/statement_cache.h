// Prepared statements of one connection by their SQL text, least recently used first out. The cache
// knows nothing about drivers; they say which statements may leave (one that is running may not).
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace cashline {

template<class Statement>
class StatementCache {
public:
    explicit StatementCache(std::size_t capacity) : m_capacity(capacity) { }

    // Null pointer when absent. Addresses stay valid until the statement leaves.
    Statement* find(std::string_view sql)
    {
        auto const found = m_by_sql.find(sql);
        if (found == m_by_sql.end()) {
            return nullptr;
        }
        m_entries.splice(m_entries.begin(), m_entries, found->second);
        return &found->second->statement;
    }

    Statement& insert(std::string_view sql, Statement statement)
    {
        m_entries.push_front({ std::string(sql), std::move(statement) });
        m_by_sql.emplace(m_entries.front().sql, m_entries.begin());
        return m_entries.front().statement;
    }

    // Takes out the oldest statements over the bound that `may_leave`, handing each to `leave`.
    template<class MayLeave, class Leave>
    void shrink(MayLeave may_leave, Leave leave)
    {
        auto entry = m_entries.end();
        while (m_entries.size() > m_capacity && entry != m_entries.begin()) {
            --entry;
            if (may_leave(entry->statement)) {
                leave(entry->statement);
                m_by_sql.erase(entry->sql);
                entry = m_entries.erase(entry);
            }
        }
    }

    void clear()
    {
        m_by_sql.clear();
        m_entries.clear();
    }
    std::size_t size() const { return m_entries.size(); }

private:
    struct Entry {
        std::string sql;
        Statement statement;
    };

    std::size_t m_capacity;
    std::list<Entry> m_entries {};
    // Keys are views of the entries' own text.
    std::unordered_map<std::string_view, typename std::list<Entry>::iterator> m_by_sql {};
};

}
