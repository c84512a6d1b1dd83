// Who is asking. A Caller is made at the door (session cookie, token, command, job) and carries an
// immutable snapshot of the rights its user had at that moment: privilege × depth from roles of the
// user and of his teams. The compiler of queries and the pipeline read the rights from here, in
// memory; nothing else decides who may.
#pragma once

#include "core/id.h"
#include "core/result.h"
#include "platform/metadata/value.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace cashline {

// The tables that rights are made of, by Dataverse's numbers.
inline constexpr TableId system_user_table { 8 };
inline constexpr TableId team_table { 9 };
inline constexpr TableId business_unit_table { 10 };

enum class Privilege : std::uint8_t {
    create,
    read,
    write,
    remove,
    append,
    append_to,
    assign,
    share
};
enum class Depth : std::uint8_t {
    none,
    user,
    unit,
    subtree,
    organization
}; // Basic, Local, Deep, Global

// Which door a change came through; stands in the journal.
enum class Door : std::uint8_t {
    web_api,
    finance_api,
    shop,
    workspace,
    command,
    job,
    mail,
    sync,
    import,
    seed
};

class Rights {
public:
    Id user {};
    Id unit {};
    std::vector<Id> subtree {}; // the unit and all units below it
    std::vector<Id> teams {}; // owner and access teams of the user
    bool is_system {}; // rules acting for the platform: everything allowed
    std::set<std::string>
        named {}; // privileges without a table, e.g. "prvActOnBehalfOfAnotherUser"
    std::set<std::string> roles {}; // role names, for pages and messages that ask for one

    Depth depth(TableId, Privilege) const;
    void grant(TableId, Privilege, Depth); // keeps the deeper of two
    // Standing where this user stands, with what the other one may do as well (impersonation).
    Rights limited_to(Rights const& other) const;
    bool may(std::string_view named_privilege) const
    {
        return is_system || named.contains(std::string(named_privilege));
    }

private:
    std::unordered_map<std::uint64_t, Depth> m_depths {};
};

struct Caller {
    std::shared_ptr<Rights const>
        rights {}; // shared by every request of the same user until rights change
    Id user {}; // systemuser who acts (the impersonated one)
    Id real_user {}; // who really called; differs under impersonation
    std::string user_name {};
    std::string time_zone { "UTC" };
    std::string locale { "en" };
    Door door { Door::web_api };
    std::optional<Id>
        contact {}; // the shop's signed-in buyer; user is then the shop's application user
    bool detects_duplicates {}; // MSCRM.SuppressDuplicateDetection: false
    int depth {}; // rules calling rules; refused above 8 for dual-write loops

    bool is_system() const { return rights && rights->is_system; }
};

// The platform itself (seed, migrations, followers, elevated rules). The user is the SYSTEM row.
Caller system_caller(Door door = Door::seed);
// The same user with all rights, for rules acting for the platform.
Caller with_all_rights(Caller const& caller);
Id system_user_id();
Id organization_id();
Id root_business_unit_id();

}
