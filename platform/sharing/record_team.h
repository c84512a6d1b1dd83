// Access teams of single rows (the sales team of an opportunity): a member gets the rights of the
// template on just this row. sales.md 3.6 and 8.2. Each member is a share row, so that access is
// decided by the same index as sharing.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline {

struct AddUserToRecordTeam {
    static constexpr char const* name = "AddUserToRecordTeam";
    struct Reply {
        Id team {};
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("AccessTeamId", &Reply::team);
        }
    };
    Lookup user {};
    Lookup record {};
    Lookup team_template {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("Record", &AddUserToRecordTeam::record);
        visit("TeamTemplate", &AddUserToRecordTeam::team_template);
    }
};

struct RemoveUserFromRecordTeam {
    static constexpr char const* name = "RemoveUserFromRecordTeam";
    using Reply = AddUserToRecordTeam::Reply;
    Lookup user {};
    Lookup record {};
    Lookup team_template {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("Record", &RemoveUserFromRecordTeam::record);
        visit("TeamTemplate", &RemoveUserFromRecordTeam::team_template);
    }
};

void register_record_teams(Registry&);

}
