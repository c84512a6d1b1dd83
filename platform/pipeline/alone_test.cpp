// A unit that changes who may what is the only one of its batch, although nobody said so when it
// was queued; those around it lose nothing.
#include "platform/pipeline/pipeline_testing.h"

#include <future>

namespace cashline {

namespace {

class AloneTest : public PipelineTest {
protected:
    // Queues the work; its code comes later.
    std::future<std::string> queued(std::function<Result<void>(Unit&)> work)
    {
        auto promise = std::make_shared<std::promise<std::string>>();
        auto answer = promise->get_future();
        platform().write_async(m_admin, std::move(work), {},
            [promise](Result<void> done) { promise->set_value(code(done)); });
        return answer;
    }
    std::function<Result<void>(Unit&)> creating(std::string const& name)
    {
        return [this, name](Unit& unit) -> Result<void> {
            TRY(unit.create(row("customer", { { "name", name } })));
            return {};
        };
    }
    // Everything queued in between meets in the writer's next batches.
    void hold_writer(std::shared_future<void> const& gate)
    {
        std::promise<void> entered;
        platform().store().write(
            [&entered, gate](StoreTransaction&) -> Result<void> {
                entered.set_value();
                gate.wait();
                return {};
            },
            {}, [](Result<void>) {});
        entered.get_future().wait();
    }
};
INSTANTIATE_TEST_SUITE_P(Sqlite, AloneTest, ::testing::Values(Dialect::sqlite), database_name);

}

TEST_P(AloneTest, a_unit_that_hands_out_a_role_shares_its_batch_with_nobody)
{
    std::promise<void> gate;
    auto const before = platform().store().statistics();
    hold_writer(gate.get_future().share());
    auto first = queued(creating("First"));
    auto role = queued([this](Unit& unit) {
        return unit.associate(
            "systemuserroles_association", m_sam.user, Id::from_name("role/Administrator"));
    });
    auto second = queued(creating("Second"));
    gate.set_value();
    EXPECT_EQ(first.get(), "");
    EXPECT_EQ(second.get(), "");
    EXPECT_EQ(role.get(), "");
    auto const after = platform().store().statistics();
    // The holder; both customers, from whose batch the role was sent away; the role.
    EXPECT_EQ(after.batches_committed - before.batches_committed, 3);
    EXPECT_EQ(after.units_refused - before.units_refused, 1);
    EXPECT_EQ(code(create(caller(m_sam.user), "tag", { { "name", "A" } })), "");
}

TEST_P(AloneTest, work_that_does_more_than_handing_out_a_role_is_done_once)
{
    std::promise<void> gate;
    hold_writer(gate.get_future().share());
    auto both = queued([this](Unit& unit) -> Result<void> {
        TRY(unit.create(row("customer", { { "name", "Once" } })));
        return unit.associate(
            "systemuserroles_association", m_sam.user, Id::from_name("role/Administrator"));
    });
    gate.set_value();
    EXPECT_EQ(both.get(), "");
    auto const found = platform().read<std::int64_t>(system_caller(),
        [this](Reader& reader) { return reader.count(Query::from(table("customer").id)); });
    EXPECT_EQ(found.value_or(-1), 1);
}

}
