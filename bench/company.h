// The company under measurement: its folder, its callers, and the prepared rows laid into it.
#pragma once

#include "bench/raw_database.h"
#include "bench/server.h"

namespace cashline::bench {

struct BenchCaller {
    std::string user_id {};
    std::string token {};
};

// None of them is an administrator.
struct Callers {
    BenchCaller seller {}; // role Salesperson: sees his own rows and what is shared with him
    BenchCaller other_seller {}; // the same with fewer rows
    BenchCaller manager {}; // role Sales Manager: sees all
    BenchCaller office {}; // roles Accounts Receivable Clerk and Warehouse Worker
};

Result<Callers> add_callers(Server& server, ServerSetup const& setup);

struct FillPlan {
    std::int64_t rows { 100'000 };
    // Of every so many rows one belongs to the seller; of every so many one to the other seller.
    std::int64_t seller_every { 40 };
    std::int64_t other_seller_every { 125 };
};

// The company's server must be stopped.
Result<std::unique_ptr<RawDatabase>> open_raw(ServerSetup const& setup);

// Leads laid straight into the table, made of the newest lead that came through the Web API: every
// column it has, with id, names, moment, owner, state and rating of their own. Past pipeline and
// journal.
Result<void> fill_leads(RawDatabase& database, Callers const& callers, FillPlan const& plan);

// What a client sends to create a lead: twenty columns of the table.
std::string lead_body(std::int64_t number);

// A time-ordered id, as the product makes them.
Id next_raw_id();

}
