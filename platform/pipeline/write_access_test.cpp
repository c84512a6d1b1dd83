// Who may write what: privilege and depth, owners, teams, shares, links, and what rights come from
// a parent.
#include "platform/pipeline/pipeline_testing.h"

namespace cashline {
namespace {

class WriteAccessTest : public PipelineTest {
protected:
    Id share(Lookup row, Id user, std::int64_t mask)
    {
        return made("principalobjectaccess",
            { { "principalid", Lookup { system_user_table, user } }, { "objectid", row },
                { "accessrightsmask", mask } });
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, WriteAccessTest, both_databases(), database_name);

TEST_P(WriteAccessTest, without_the_privilege_nothing_is_written)
{
    EXPECT_EQ(code(create(m_guest, "customer", { { "name", "A" } })), "PrivilegeDenied");
    auto const customer = to("customer", made("customer", { { "name", "A" } }));
    EXPECT_EQ(code(update(m_guest, customer, { { "name", "B" } })), "PrivilegeDenied");
    EXPECT_EQ(code(remove(m_guest, customer)), "PrivilegeDenied");
    EXPECT_EQ(code(create(m_daisy, "tag", { { "name", "A" } })), "PrivilegeDenied");
    EXPECT_EQ(code(create(m_admin, "tag", { { "name", "A" } })), "");
    EXPECT_EQ(code(create(m_daisy, "cl_number_series", { { "name", "A" } })), "PrivilegeDenied");
}

TEST_P(WriteAccessTest, depth_decides_about_the_row)
{
    auto const deal = to("deal", made_by(m_daisy, "deal", { { "name", "A" } }));
    // Sam sees his unit's deals and changes only his own; Olga does not see this one at all.
    EXPECT_EQ(code(update(m_sam, deal, { { "name", "B" } })), "AccessDenied");
    EXPECT_EQ(code(update(m_olga, deal, { { "name", "B" } })), "ObjectDoesNotExist");
    EXPECT_EQ(code(remove(m_sam, deal)), "AccessDenied");
    EXPECT_EQ(code(update(m_admin, deal, { { "name", "B" } })), "");
    // Customers are worked on by the whole unit.
    auto const customer = to("customer", made_by(m_daisy, "customer", { { "name", "A" } }));
    EXPECT_EQ(code(update(m_sam, customer, { { "name", "B" } })), "");
    EXPECT_EQ(code(update(m_olga, customer, { { "name", "B" } })), "ObjectDoesNotExist");
    EXPECT_EQ(value(customer, "name"), Value("B"));
}

TEST_P(WriteAccessTest, a_row_may_only_be_made_for_somebody_in_reach)
{
    Lookup const olga { system_user_table, m_olga.user };
    EXPECT_EQ(
        code(create(m_daisy, "deal", { { "name", "A" }, { "ownerid", olga } })), "AccessDenied");
    Lookup const sam { system_user_table, m_sam.user };
    EXPECT_EQ(code(create(m_daisy, "customer", { { "name", "A" }, { "ownerid", sam } })), "");
    Lookup const nobody { system_user_table, Id::from_name("nobody") };
    EXPECT_EQ(code(create(m_admin, "deal", { { "name", "A" }, { "ownerid", nobody } })),
        "ObjectDoesNotExist");
}

TEST_P(WriteAccessTest, assigning_moves_the_row_to_the_owners_unit)
{
    auto const deal = to("deal", made_by(m_daisy, "deal", { { "name", "A" } }));
    Lookup const olga { system_user_table, m_olga.user };
    EXPECT_EQ(code(update(m_sam, deal, { { "ownerid", olga } })), "AccessDenied");
    EXPECT_EQ(code(update(m_daisy, deal, { { "ownerid", olga } })), "");
    EXPECT_EQ(value(deal, "owningbusinessunit"), Value(Lookup { business_unit_table, m_south }));
    EXPECT_EQ(code(update(m_olga, deal, { { "name", "B" } })), "");
    EXPECT_EQ(code(update(m_daisy, deal, { { "name", "C" } })), "ObjectDoesNotExist");
    // Nobody assigns to who cannot sign in, or to an access team.
    EXPECT_EQ(
        code(update(system_caller(), to("systemuser", m_sam.user), { { "isdisabled", true } })),
        "");
    EXPECT_EQ(
        code(update(m_admin, deal, { { "ownerid", Lookup { system_user_table, m_sam.user } } })),
        "unManagedidsownernotenabled");
    Lookup const root { business_unit_table, root_business_unit_id() };
    auto const team =
        made("team", { { "name", "Helpers" }, { "teamtype", 1 }, { "businessunitid", root } });
    EXPECT_EQ(code(update(m_admin, deal, { { "ownerid", Lookup { team_table, team } } })),
        "CannotAssignToAccessTeam");
}

TEST_P(WriteAccessTest, a_team_shares_what_it_owns_with_its_members)
{
    Lookup const south { business_unit_table, m_south };
    auto const team = made("team", { { "name", "Surf" }, { "businessunitid", south } });
    auto const deal = to("deal",
        made_by(m_admin, "deal", { { "name", "A" }, { "ownerid", Lookup { team_table, team } } }));
    EXPECT_EQ(code(update(m_sam, deal, { { "name", "B" } })), "ObjectDoesNotExist");
    EXPECT_EQ(code(write(system_caller(),
                  [&](Unit& unit) {
                      return unit.associate("teammembership_association", m_sam.user, team);
                  })),
        "");
    EXPECT_EQ(code(update(caller(m_sam.user), deal, { { "name", "B" } })), "");
}

TEST_P(WriteAccessTest, a_share_gives_the_rights_it_names)
{
    auto const deal = to("deal", made_by(m_daisy, "deal", { { "name", "A" } }));
    share(deal, m_olga.user, 1);
    EXPECT_EQ(code(update(m_olga, deal, { { "name", "B" } })), "AccessDenied");
    share(to("deal", made_by(m_daisy, "deal", { { "name", "C" } })), m_olga.user, 1 | 2);
    auto const shared = share(deal, m_sam.user, 1 | 2);
    EXPECT_EQ(code(update(m_sam, deal, { { "name", "B" } })), "");
    EXPECT_EQ(code(remove(m_sam, deal)), "AccessDenied");
    // Guests have no privilege on deals that a share could widen.
    share(deal, m_guest.user, 1 | 2);
    EXPECT_EQ(code(update(m_guest, deal, { { "name", "C" } })), "PrivilegeDenied");
    EXPECT_EQ(code(remove(m_daisy, deal)), "");
    EXPECT_FALSE(exists(to("principalobjectaccess", shared)));
}

TEST_P(WriteAccessTest, lines_follow_their_parent)
{
    auto const deal = to("deal", made_by(m_daisy, "deal", { { "name", "A" } }));
    Cells const cells { { "dealid", deal }, { "text", "one" } };
    EXPECT_EQ(code(create(m_sam, "dealline", cells)), "AccessDenied");
    EXPECT_EQ(code(create(m_guest, "dealline", cells)), "PrivilegeDenied");
    auto const line = to("dealline", made_by(m_daisy, "dealline", cells));
    EXPECT_EQ(code(update(m_sam, line, { { "text", "two" } })), "AccessDenied");
    EXPECT_EQ(code(update(m_olga, line, { { "text", "two" } })), "ObjectDoesNotExist");
    EXPECT_EQ(code(update(m_daisy, line, { { "text", "two" } })), "");
    EXPECT_EQ(code(remove(m_daisy, line)), "");
}

TEST_P(WriteAccessTest, pointing_at_a_row_takes_seeing_it_and_append_to)
{
    auto const hidden = to("customer", made_by(m_olga, "customer", { { "name", "South" } }));
    EXPECT_EQ(code(create(m_daisy, "deal", { { "name", "A" }, { "customerid", hidden } })),
        "ObjectDoesNotExist");
    auto const open = to("customer", made_by(m_sam, "customer", { { "name", "North" } }));
    EXPECT_EQ(code(create(m_daisy, "deal", { { "name", "A" }, { "customerid", open } })), "");
    // Seen by a share that does not allow to attach anything.
    share(hidden, m_daisy.user, 1);
    EXPECT_EQ(code(create(m_daisy, "deal", { { "name", "A" }, { "customerid", hidden } })),
        "AccessDenied");
}

TEST_P(WriteAccessTest, links_are_made_once_and_only_by_who_may)
{
    auto const deal = to("deal", made_by(m_daisy, "deal", { { "name", "A" } }));
    auto const tag = Id::from_name("tag/urgent");
    auto const link = [&](Caller const& who) {
        return code(
            write(who, [&](Unit& unit) { return unit.associate("deal_tags", deal.id, tag); }));
    };
    auto const unlink = [&](Caller const& who) {
        return code(
            write(who, [&](Unit& unit) { return unit.disassociate("deal_tags", deal.id, tag); }));
    };
    EXPECT_EQ(link(m_sam), "AccessDenied");
    EXPECT_EQ(link(m_olga), "ObjectDoesNotExist");
    EXPECT_EQ(link(m_daisy), "");
    EXPECT_EQ(link(m_daisy), "DuplicateRecord");
    EXPECT_EQ(unlink(m_sam), "AccessDenied");
    EXPECT_EQ(unlink(m_daisy), "");
    EXPECT_EQ(unlink(m_daisy), "ObjectDoesNotExist");
    EXPECT_EQ(code(create(m_daisy, "dealtag",
                  { { "dealid", deal }, { "tagid", Lookup { table("tag").id, tag } } })),
        "InvalidArgument");
}

TEST_P(WriteAccessTest, roles_are_handed_out_by_administrators_and_count_at_once)
{
    auto const give = [&](Caller const& who, Caller const& to_whom) {
        return code(write(who, [&](Unit& unit) {
            return unit.associate(
                "systemuserroles_association", to_whom.user, Id::from_name("role/Administrator"));
        }));
    };
    EXPECT_NE(give(m_daisy, m_daisy), "");
    EXPECT_EQ(code(create(caller(m_sam.user), "tag", { { "name", "A" } })), "PrivilegeDenied");
    EXPECT_EQ(give(m_admin, m_sam), "");
    EXPECT_EQ(code(create(caller(m_sam.user), "tag", { { "name", "A" } })), "");
    EXPECT_EQ(code(update(m_admin, to("systemuser", m_sam.user), { { "isdisabled", true } })), "");
    EXPECT_EQ(code(platform().caller_of(m_sam.user, Door::web_api)), "unManagedidsusernotenabled");
    EXPECT_EQ(
        code(platform().caller_of(Id::from_name("nobody"), Door::web_api)), "ObjectDoesNotExist");
}

TEST_P(WriteAccessTest, acting_for_somebody_names_both)
{
    auto for_daisy = m_daisy;
    for_daisy.real_user = m_admin.user;
    auto const deal = to("deal", made_by(for_daisy, "deal", { { "name", "A" } }));
    EXPECT_EQ(value(deal, "createdby"), Value(Lookup { system_user_table, m_daisy.user }));
    EXPECT_EQ(value(deal, "createdonbehalfby"), Value(Lookup { system_user_table, m_admin.user }));
    auto const sets = journal_after(0);
    EXPECT_EQ(sets.back().real_user, m_admin.user);
}

}
}
