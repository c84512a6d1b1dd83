// Who has which e-mail address. Works on every table that has address columns, by their names, so
// that activities need not know the apps above them.
#pragma once

#include "platform/pipeline/reader.h"

namespace cashline::activities {

struct PartyFacts {
    std::string name {};
    std::string address {}; // empty: has none
    bool wants_no_mail {};
};

// Empty when the row is not there or the reader may not see it.
Result<std::optional<PartyFacts>> party_facts(Reader&, Lookup party);

// The one row with this address: a user, else a contact, an account, an open lead. Nothing when
// nobody or more than one has it: then a person decides (collaboration-insights.md 2, MAIL-1).
Result<std::optional<Lookup>> find_party(Reader&, std::string_view address);

}
