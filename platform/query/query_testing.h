// A small company for tests of the query layer: users in two units, accounts, contacts,
// opportunities, activities, shares. Its tables are defined here and not taken from the apps, so
// that no change of theirs moves these tests.
#pragma once

#include "platform/query/execute.h"
#include "platform/store/store_testing.h"

namespace cashline::query_testing {

// Ids by short names: id("anna"), id("contoso").
Id id(std::string_view name);
std::shared_ptr<Schema const> schema();
TableId table(std::string_view name);
ColumnPath column(std::string_view table, std::string_view name);
// "a/b/name": hops over single-target lookups; "customerid(account)/name" names the target.
ColumnPath path(std::string_view table, std::string_view text);
Filter condition(ColumnPath, Operator, std::vector<Value> = {});

// sees everything | own rows | the unit's rows | units below, too | nothing at all
Caller everybody();
Caller reader(std::string_view user, Depth);
Caller stranger();

class QueryTest : public OnBothDatabases {
protected:
    StoreTemplate store_template() const override;
    void SetUp() override;
    void TearDown() override;

    ReadContext& context() { return *m_context; }
    // Names of the rows found, in their order, "a b c"; or the code of the refusal.
    std::string names(Caller const&, Query const&);
    std::string names(Query const& query) { return names(everybody(), query); }
    // Pages through with a page size and joins what came.
    std::string paged_names(Caller const&, Query, std::int64_t page_size);
    std::string count(Caller const&, Query const&);

private:
    ManualEnvironment m_environment { *Timestamp::parse("2026-03-18T09:30:00Z"), 7 };
    std::unique_ptr<Snapshot> m_snapshot {};
    std::optional<ReadContext> m_context {};
};

}
