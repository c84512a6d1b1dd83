// What a unit of work remembers while it runs: its caller and clock, the messages and rules it is
// inside of, what it changed. Made anew for each attempt; Unit and Reader are light views of it.
#pragma once

#include "platform/journal/change_recorder.h"
#include "platform/metadata/column_numbers.h"
#include "platform/pipeline/read_context.h"
#include "platform/pipeline/registry.h"
#include "platform/pipeline/table_plan.h"
#include "platform/store/store.h"

namespace cashline {

// One metadata snapshot with what is worked out from it.
struct Metadata {
    explicit Metadata(std::shared_ptr<Schema const> made) : schema(std::move(made)), plans(*schema)
    {
    }

    std::shared_ptr<Schema const>
        schema; // shared with readers that outlive a change of the metadata
    TablePlans plans;
    ColumnNumbers numbers {};
};

struct CurrencyFacts {
    Decimal exchange_rate {};
    std::uint8_t precision { 2 };
};

struct UnitState {
    UnitState(StoreTransaction& store, Metadata const& snapshot, ReadContext reading)
        : transaction(store)
        , metadata(snapshot)
        , context(std::move(reading))
    {
        context.unit = this;
        context.plans = &snapshot.plans;
    }
    UnitState(UnitState const&) = delete;
    UnitState& operator=(UnitState const&) = delete;

    StoreTransaction& transaction;
    Metadata const& metadata;
    ReadContext context;
    ChangeRecorder changes {};
    std::vector<std::string> messages {}; // that run now, the outermost first
    std::string running {}; // the outermost message or operation that runs now
    std::string reason {}; // of the whole unit, for the journal: its first message, else operation
    int depth {}; // rules and messages this is inside of
    bool has_message {}; // the reason is a message
    int cascade_depth {};
    std::optional<Id> undo_set {};
    bool is_alone {};
    bool changes_rights {};
    std::vector<Job> jobs {}; // written at the end of the unit
    std::map<std::pair<TableId, Id>, std::int64_t> expected_versions {};
    std::map<Id, CurrencyFacts> currencies {};
    std::optional<Id> base_currency {};
    std::optional<std::int64_t> last_version {}; // drawn by this unit
    std::int64_t versions_left {};

    SqlConnection& sql() { return context.sql; }
    Schema const& schema() const { return context.schema; }
    TablePlan const& plan(TableId table) const { return metadata.plans.plan(table); }
};

// The state behind a unit; a Unit is never made on a snapshot.
UnitState& state_of(Unit& unit);

// Inside a rule or a message. Rules that call each other without end are refused, not left to the
// stack.
inline constexpr int rule_depth_max = 16;

class Nested {
public:
    explicit Nested(UnitState& state, std::string_view message = {})
        : m_state(state)
        , m_has_message(!message.empty())
    {
        ++m_state.depth;
        if (m_has_message) {
            m_state.messages.emplace_back(message);
            if (m_state.depth == 1) {
                m_state.running = message;
            }
            if (!m_state.has_message) {
                m_state.has_message = true;
                m_state.reason = message;
            }
        }
    }
    ~Nested()
    {
        --m_state.depth;
        if (m_has_message) {
            m_state.messages.pop_back();
        }
    }
    Nested(Nested const&) = delete;
    Nested& operator=(Nested const&) = delete;

private:
    UnitState& m_state;
    bool m_has_message;
};

// A plain operation at the door is its own reason.
void note_operation(UnitState& state, std::string_view name);
Result<void> refuse_endless_rules(UnitState const& state);
// Row versions grow with each write, across the whole database.
Result<std::int64_t> next_version(UnitState& state);

}
