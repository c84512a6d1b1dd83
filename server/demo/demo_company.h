// The demo company Adventure Works (docs/contracts/demo-company.md): deterministic, dates relative
// to today, every person of the story but the buyer. Installs through the pipeline as the platform
// itself, in chunks.
#pragma once

#include "platform/pipeline/platform.h"

namespace cashline::demo {

Result<void> install(Platform&);

// People, units, currencies, companies, catalog and routing only: what the stories and tests start
// from.
Result<void> install_base(Platform&);

// The password every demo person signs in with; shown by ./run and on the sign-in page while the
// demo company is installed.
inline constexpr char const* demo_password = "adventure-works";

struct Person {
    char const* user_name;
    char const* first_name;
    char const* last_name;
    char const* title;
    char const* unit; // stable name
    std::vector<char const*> roles;
};
std::vector<Person> const& people();

// The contact who signs in to the shop with the same password: a buyer of a customer who has
// ordered before, with a spending limit and credit.
Id buyer_contact();

// Stable ids: named("systemuser", "daisy").
Id named(std::string_view table, std::string_view name);

}
