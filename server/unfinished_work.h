// Work on a data folder as a whole that a kill can interrupt: filling a new one and putting a
// backup in place. A note in the folder says what is going on; whoever opens the folder next
// finishes it or takes it back, so that there is always one whole company or none.
#pragma once

#include "core/result.h"

#include <filesystem>
#include <string>

namespace cashline::server {

// Of a new folder, until end_filling: what it holds was never anybody's.
Result<void> begin_filling(std::filesystem::path const& data);
Result<void> end_filling(std::filesystem::path const& data);

// The parts of the company (database and files) in `data` go to `data/<aside>`, those in
// `data/<stage>` take their place. Both are names of folders.
struct Exchange {
    std::string stage {};
    std::string aside {};
};
Result<void> exchange_parts(std::filesystem::path const& data, Exchange const& exchange);

enum class Unfinished : std::uint8_t { nothing, filling, exchange };
// Answers what there was. The folder must be locked.
Result<Unfinished> settle_unfinished_work(std::filesystem::path const& data);

}
