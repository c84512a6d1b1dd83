// A start with newer definitions changes the schema wholly or not at all: after a step that fails
// and after a disk that dies on the way, the old data is there and the old program opens it.
#include "platform/metadata/schema.h"
#include "platform/pipeline/platform.h"
#include "platform/store/forgetful_vfs_testing.h"
#include "platform/store/store_testing.h"

namespace cashline {

namespace {

using Keep = ForgetfulVfs::Keep;

json::Value parsed(std::string_view text) { return json::parse(text).value(); }

// One more column of a table that has rows, and one more table behind all others.
json::Value newer_definitions()
{
    auto definitions = shipped_definitions();
    auto tables = definitions.array("table");
    for (auto& table : tables) {
        if (table.text("table") == "businessunit") {
            auto columns = table.array("columns");
            columns.push_back(parsed(R"({ "name": "cl_probe", "type": "text", "max": 50 })"));
            table.set("columns", std::move(columns));
        }
    }
    tables.push_back(parsed(R"({ "table": "zz_probe", "number": 29999, "set": "zz_probes",
        "ownership": "organization", "name": "name", "columns": [
            { "name": "name", "type": "text", "max": 50, "search": true },
            { "name": "unitid", "type": "lookup", "to": "businessunit" } ] })"));
    definitions.set("table", std::move(tables));
    return definitions;
}

Result<void> open_platform(StoreOptions const& store, json::Value const& definitions)
{
    TRY(Platform::open({ .store = store, .definitions = &definitions }));
    return {};
}

StoreTemplate const shipped_company {
    .name = "shipped company",
    .prepare_at =
        [](StoreOptions const& store) { return open_platform(store, shipped_definitions()); },
};

// As the catalogue has it.
std::int64_t probes(Store& store)
{
    return read_integer(store,
        "SELECT count(*) FROM cl_column WHERE column_name = 'cl_probe' OR table_number = 29999");
}

class MigrationTest : public OnBothDatabases {
protected:
    StoreTemplate store_template() const override { return shipped_company; }
    std::string opened_with(json::Value const& definitions)
    {
        fresh().close();
        auto const opened = open_platform(fresh().options(), definitions);
        fresh().reopen();
        return code_of(opened);
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, MigrationTest, both_databases(), database_name);

}

TEST_P(MigrationTest, a_step_that_fails_leaves_the_old_data)
{
    // In the way of the last step.
    EXPECT_EQ(code_of(write_sql(store(), "CREATE TABLE zz_probe (x integer)")), "");
    EXPECT_NE(opened_with(newer_definitions()), "");
    EXPECT_EQ(probes(store()), 0);
    EXPECT_NE(code_of(write_sql(store(), "UPDATE businessunit SET cl_probe = 'x'")), "");
    EXPECT_EQ(opened_with(shipped_definitions()), "");
    EXPECT_GT(read_integer(store(), "SELECT count(*) FROM businessunit"), 0);

    EXPECT_EQ(code_of(write_sql(store(), "DROP TABLE zz_probe")), "");
    EXPECT_EQ(opened_with(newer_definitions()), "");
    EXPECT_GT(probes(store()), 1);
    EXPECT_EQ(code_of(write_sql(store(), "UPDATE businessunit SET cl_probe = 'x'")), "");
}

TEST(SlowMigration, a_power_cut_on_the_way_leaves_the_old_data_or_the_new)
{
    ForgetfulVfs disk { "migrating" };
    auto const fresh = fresh_sqlite_store(shipped_company, { .sqlite_vfs = disk.name() });
    auto const newer = newer_definitions();
    bool is_through = false;
    int cuts = 0;
    for (int writes = 0; !is_through; writes += 3) {
        ASSERT_LT(writes, 5'000);
        fresh->close();
        disk.die_after_writes(writes);
        is_through = open_platform(fresh->options(), newer).has_value();
        cuts += is_through ? 0 : 1;
        disk.crash(
            writes % 2 == 0 ? Keep::nothing : Keep::some, static_cast<std::uint64_t>(writes));
        fresh->reopen();
        auto const table =
            read_integer(**fresh, "SELECT count(*) FROM sqlite_schema WHERE name = 'zz_probe'");
        ASSERT_EQ(probes(**fresh) > 1, table == 1) << "after write " << writes;
        ASSERT_GE(table, is_through ? 1 : 0);
        ASSERT_EQ(read_integer(**fresh,
                      "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"),
            1);
        fresh->close();
        ASSERT_EQ(code_of(open_platform(fresh->options(), shipped_definitions())), "");
        fresh->reopen();
    }
    EXPECT_GT(cuts, 5);
}

}
