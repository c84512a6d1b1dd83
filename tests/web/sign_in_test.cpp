// Sessions of people and programs at the door: who gets in, with what, for how long, as whom.
#include "platform/security/system_user/system_user_table.h"
#include "server/run_on_company.h"
#include "server/web_testing.h"

namespace cashline {

namespace {

class SignIn : public WebTest {
protected:
    std::string who_am_i(http::Headers headers = {})
    {
        auto const answer = get("/api/data/v9.2/WhoAmI()", std::move(headers));
        return answer.status == 200 ? std::string(json_of(answer).text("UserId")) : code_of(answer);
    }
    static std::string id_of(char const* person)
    {
        return demo::named("systemuser", person).to_string();
    }
    static http::Headers bearer(std::string const& token)
    {
        return { { "Authorization", "Bearer " + token } };
    }
    void disable(char const* person)
    {
        auto const done = platform().write(system_caller(), [&](Unit& unit) {
            return unit.update(system_user::table, demo::named("systemuser", person),
                Row {}.set(system_user::is_disabled, true));
        });
        ASSERT_TRUE(done.has_value()) << done.error().text;
    }
    Row account_row(std::string const& name)
    {
        auto const* table = platform().schema()->find("account");
        auto rows = platform()
                        .read<std::vector<Row>>(system_caller(),
                            [&](Reader& reader) { return reader.query(Query::from(table->id)); })
                        .value();
        for (auto& row : rows) {
            if (*row.value(table->find("name")->index).as_text() == name) {
                return std::move(row);
            }
        }
        ADD_FAILURE() << "no account " << name;
        return Row(table->id);
    }
    std::optional<Id> lookup(Row const& row, char const* column)
    {
        auto const* found =
            row.value(platform().schema()->find("account")->find(column)->index).as_lookup();
        return found ? std::optional(found->id) : std::nullopt;
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, SignIn, both_databases(), database_name);

TEST_P(SignIn, a_session_begins_with_the_password_and_ends_with_sign_out)
{
    EXPECT_EQ(get("/auth/session").status, 401);
    EXPECT_EQ(who_am_i(), "401 not_signed_in");
    auto const answer = sign_in("daisy");
    EXPECT_EQ(answer.status, 204);
    auto const set = answer.headers.value("Set-Cookie");
    EXPECT_TRUE(set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Secure"));
    EXPECT_EQ(who_am_i(), id_of("daisy"));

    auto const session = json_of(get("/auth/session"));
    EXPECT_EQ(session.text("userId"), id_of("daisy"));
    EXPECT_EQ(session.text("fullName"), "Daisy Phillips");
    EXPECT_EQ(session.find("currency")->text("code"), "EUR");
    EXPECT_EQ(session.array("roles")[0], json::Value("Salesperson"));
    EXPECT_FALSE(session.text("csrfToken").empty());
    EXPECT_FALSE(get("/auth/session").content().contains("right words"));

    auto const out = post("/auth/sign-out", "{}");
    EXPECT_EQ(out.status, 204);
    EXPECT_TRUE(out.headers.value("Set-Cookie").contains("Max-Age=0"));
    // The cookie itself opens nothing any more, whoever kept a copy.
    EXPECT_EQ(get("/auth/session").status, 401);
    EXPECT_EQ(who_am_i().substr(0, 3), "401");
}

TEST_P(SignIn, a_wrong_password_and_an_unknown_name_look_the_same)
{
    auto const wrong = sign_in("daisy", "wrong words");
    auto const unknown = sign_in("nobody", "wrong words");
    EXPECT_EQ(code_of(wrong), "401 invalid_credentials");
    EXPECT_EQ(wrong.content(), unknown.content());
    EXPECT_TRUE(cookie().empty());
    EXPECT_EQ(ask({ .method = "POST",
                      .target = "/auth/sign-in",
                      .body = "username=daisy&password=right+words",
                      .headers = { { "Content-Type", "application/x-www-form-urlencoded" } } })
                  .status,
        400); // A foreign page's form cannot sign anybody in.
}

TEST_P(SignIn, five_failures_lock_the_name_for_a_quarter_of_an_hour)
{
    for (int attempt = 0; attempt < 5; ++attempt) {
        EXPECT_EQ(code_of(sign_in("daisy", "wrong words")), "401 invalid_credentials");
    }
    EXPECT_EQ(code_of(sign_in("daisy")), "401 locked_out"); // Even with the right one.
    EXPECT_EQ(code_of(sign_in("DAISY")), "401 locked_out");
    m_address = "198.51.100.9";
    EXPECT_EQ(code_of(sign_in("daisy")), "401 locked_out"); // From everywhere.
    EXPECT_EQ(sign_in("tom").status, 204); // Nobody else.
    environment().advance_seconds(15 * 60 + 1);
    EXPECT_EQ(sign_in("daisy").status, 204);
}

TEST_P(SignIn, success_forgets_earlier_failures_and_unknown_names_lock_too)
{
    for (int round = 0; round < 2; ++round) {
        for (int attempt = 0; attempt < 4; ++attempt) {
            sign_in("daisy", "wrong words");
        }
        EXPECT_EQ(sign_in("daisy").status, 204);
    }
    for (int attempt = 0; attempt < 5; ++attempt) {
        sign_in("nobody", "wrong words");
    }
    // Otherwise the lock would tell who exists.
    EXPECT_EQ(code_of(sign_in("nobody", "wrong words")), "401 locked_out");
}

TEST_P(SignIn, sessions_end_after_twelve_hours)
{
    sign_in("daisy");
    environment().advance_seconds(12 * 3'600 - 10);
    EXPECT_EQ(who_am_i(), id_of("daisy"));
    environment().advance_seconds(20);
    EXPECT_EQ(who_am_i().substr(0, 3), "401");
}

TEST_P(SignIn, a_disabled_person_is_out_at_once)
{
    sign_in("daisy");
    ASSERT_EQ(who_am_i(), id_of("daisy"));
    disable("daisy");
    EXPECT_EQ(who_am_i().substr(0, 3), "403"); // As a program without a role.
    EXPECT_EQ(code_of(sign_in("daisy")), "401 invalid_credentials");
}

TEST_P(SignIn, a_write_with_the_cookie_needs_the_sessions_token)
{
    sign_in("daisy");
    auto const write = [&](http::Headers headers) {
        return ask({ .method = "POST",
            .target = "/api/data/v9.2/accounts",
            .body = R"({"name":"Forged"})",
            .headers = std::move(headers) });
    };
    EXPECT_EQ(code_of(write({ { "X-CSRF-Token", "" } })), "403 csrf_token_missing");
    EXPECT_EQ(code_of(write({ { "X-CSRF-Token", "guess" } })), "403 csrf_token_missing");
    EXPECT_EQ(write({}).status, 204);
}

TEST_P(SignIn, a_new_password_ends_the_other_sessions)
{
    sign_in("daisy");
    auto const elsewhere = cookie();
    sign_in("daisy");
    auto const change = [&](char const* old_password, char const* new_password) {
        return post("/auth/change-password",
            json::Value {
                json::Object { { "oldPassword", old_password }, { "newPassword", new_password } } }
                .to_string());
    };
    EXPECT_EQ(code_of(change("wrong words", "better words now")), "403 invalid_credentials");
    EXPECT_EQ(change("right words", "short").status, 400);
    EXPECT_EQ(change("right words", "better words now").status, 204);
    EXPECT_EQ(who_am_i(), id_of("daisy")); // This one stays.
    sign_out_here();
    EXPECT_EQ(get("/auth/session", { { "Cookie", "cashline_session=" + elsewhere } }).status, 401);
    EXPECT_EQ(code_of(sign_in("daisy")), "401 invalid_credentials");
    EXPECT_EQ(sign_in("daisy", "better words now").status, 204);
}

TEST_P(SignIn, a_program_gets_a_token_for_its_secret)
{
    auto const client = program("Integration Service");
    auto const token = token_of(client);
    ASSERT_FALSE(token.empty());
    auto const id = who_am_i(bearer(token));
    EXPECT_EQ(id.size(), 36U);
    // Programs need no CSRF token: nobody else can send their header.
    auto headers = bearer(token);
    EXPECT_EQ(ask({ .method = "POST",
                      .target = "/api/data/v9.2/accounts",
                      .body = R"({"name":"From the ERP"})",
                      .headers = headers })
                  .status,
        204);
    EXPECT_EQ(who_am_i(bearer("made-up")).substr(0, 3), "401");
    environment().advance_seconds(3'601);
    EXPECT_EQ(who_am_i(bearer(token)), "401 0x8005f101");
}

TEST_P(SignIn, acting_for_somebody_takes_the_right_and_leaves_both_names)
{
    auto const token = token_of(program("Integration Service"));
    auto const as_daisy = [&](char const* name, std::string const& whom) {
        return ask({ .method = "POST",
            .target = "/api/data/v9.2/accounts",
            .body = std::string(R"({"name":")") + name + "\"}",
            .headers = { { "Authorization", "Bearer " + token }, { "MSCRMCallerID", whom } } });
    };
    ASSERT_EQ(as_daisy("For Daisy", id_of("daisy")).status, 204);
    auto const row = account_row("For Daisy");
    EXPECT_EQ(lookup(row, "createdby"), demo::named("systemuser", "daisy"));
    EXPECT_EQ(lookup(row, "ownerid"), demo::named("systemuser", "daisy"));
    EXPECT_EQ(lookup(row, "createdonbehalfby")->to_string(), who_am_i(bearer(token)));

    EXPECT_EQ(as_daisy("x", "00000000-0000-0000-0000-000000000000").status, 400);
    EXPECT_EQ(as_daisy("x", id_of("nobody")).status, 400);
    EXPECT_EQ(as_daisy("x", "nonsense").status, 400);
    // Daisy may not act for others.
    sign_in("daisy");
    EXPECT_EQ(get("/api/data/v9.2/WhoAmI()", { { "MSCRMCallerID", id_of("tom") } }).status, 403);
}

TEST_P(SignIn, acting_for_somebody_gives_no_more_than_both_may)
{
    auto const token = token_of(program("Integration Service"));
    http::Headers const as_otto { { "Authorization", "Bearer " + token },
        { "MSCRMCallerID", id_of("otto") } };
    // The program may create leads, Otto may not even see them.
    EXPECT_EQ(ask({ .method = "POST",
                      .target = "/api/data/v9.2/leads",
                      .body = R"({"subject":"x","lastname":"y"})",
                      .headers = as_otto })
                  .status,
        403);
    // An administrator's rights do not come through the program either.
    http::Headers const as_ada { { "Authorization", "Bearer " + token },
        { "MSCRMCallerID", id_of("ada") } };
    EXPECT_EQ(get("/api/data/v9.2/cl_RetrieveOutbox(Top=1)", as_ada).status, 403);
}

}

}
