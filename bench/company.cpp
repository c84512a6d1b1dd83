#include "bench/company.h"

#include "core/text.h"
#include "tests/load/http_client.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <random>

namespace cashline::bench {

namespace {

std::int64_t now_microseconds()
{
    auto const now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

Result<BenchCaller> add_caller(Server& server, ServerSetup const& setup, std::string const& name,
    std::vector<std::string> const& roles)
{
    std::vector<std::string> words { "app-user", "add", "--data", setup.data, "--name", name };
    for (auto const& role : roles) {
        words.insert(words.end(), { "--role", role });
    }
    auto const added = TRY(run_command(setup.program, words));
    auto const answer =
        load::HttpClient(server.port())
            .send({ .method = "POST",
                .target = "/oauth2/token",
                .body = fmt::format("grant_type=client_credentials&client_id={}&client_secret={}",
                    added.text("client_id"), text::percent_encode(added.text("client_secret"))),
                .content_type = "application/x-www-form-urlencoded" });
    auto const document = TRY(json::parse(answer.body));
    if (answer.status != 200) {
        return internal("bench_no_token", answer.body);
    }
    return BenchCaller { std::string(added.text("user_id")),
        std::string(document.text("access_token")) };
}

constexpr char const* towns[] { "Galway", "Lisbon", "Brest", "Kiel", "Porto", "Cork", "Biarritz" };
constexpr char const* trades[] { "Surf School", "Campsites", "Beach Club", "Hostels", "Sports",
    "Sailing Centre", "Holidays", "Kiosks", "Adventures" };
constexpr char const* first_names[] { "Mona", "Ivo", "Clara", "Henrik", "Aoife", "Luis", "Marta" };
constexpr char const* last_names[] { "Lindgren", "Byrne", "Santos", "Moreau", "Keller", "Nolan",
    "Duarte", "Petersen", "Walsh", "Costa", "Brandt" };

template<std::size_t count>
char const* picked(char const* const (&list)[count], std::int64_t number)
{
    return list[static_cast<std::size_t>(number) % count];
}

void set_text(RawRow& row, std::string const& column, std::string text)
{
    row.values[row.at(column)] = text;
    auto const folded = std::ranges::find(row.columns, column + "__f");
    if (folded != row.columns.end()) {
        row.values[row.at(*folded)] = text::fold(text);
    }
}

struct States {
    std::int64_t state {};
    std::int64_t status {};
};

// Three of five are open, one is qualified, one disqualified.
States states_of(std::int64_t number)
{
    return number % 5 == 3 ? States { 1, 3 } : number % 5 == 4 ? States { 2, 6 } : States { 0, 1 };
}

void make_lead(RawRow& row, std::int64_t number, Id owner)
{
    std::string const first = picked(first_names, number);
    auto const last = fmt::format("{} {}", picked(last_names, number / 7), number);
    set_text(row, "subject",
        fmt::format("Boards for season {}, request {}", 2'020 + number % 8, number));
    set_text(row, "firstname", first);
    set_text(row, "lastname", last);
    set_text(row, "fullname", first + " " + last);
    set_text(row, "companyname",
        fmt::format("{} {} {}", picked(towns, number / 3), picked(trades, number), number / 4));
    set_text(row, "emailaddress1", fmt::format("visitor{}@customers.example", number));
    auto const states = states_of(number);
    row.values[row.at("leadid")] = next_raw_id();
    row.values[row.at("ownerid")] = owner;
    row.values[row.at("statecode")] = states.state;
    row.values[row.at("statuscode")] = states.status;
    row.values[row.at("leadqualitycode")] = 1 + number % 3;
}

}

Result<Callers> add_callers(Server& server, ServerSetup const& setup)
{
    Callers callers;
    callers.seller = TRY(add_caller(server, setup, "bench-seller", { "Salesperson" }));
    callers.other_seller = TRY(add_caller(server, setup, "bench-other", { "Salesperson" }));
    callers.manager = TRY(add_caller(server, setup, "bench-manager", { "Sales Manager" }));
    callers.office = TRY(add_caller(
        server, setup, "bench-office", { "Accounts Receivable Clerk", "Warehouse Worker" }));
    return callers;
}

Result<std::unique_ptr<RawDatabase>> open_raw(ServerSetup const& setup)
{
    return setup.database.empty() ? open_sqlite(setup.data + "/cashline.db")
                                  : open_postgresql(setup.database);
}

Result<void> fill_leads(RawDatabase& database, Callers const& callers, FillPlan const& plan)
{
    auto row = TRY(database.row("select * from lead order by createdon desc limit 1"));
    auto const seller = Id::parse(callers.seller.user_id).value_or(Id {});
    auto const other_seller = Id::parse(callers.other_seller.user_id).value_or(Id {});
    auto const manager = Id::parse(callers.manager.user_id).value_or(Id {});
    constexpr std::int64_t two_years = std::int64_t { 730 } * 86'400 * 1'000'000;
    auto const begin = now_microseconds() - two_years;
    TRY(database.run("BEGIN"));
    TRY(database.prepare_insert("lead", row.columns));
    for (std::int64_t number = 0; number < plan.rows; ++number) {
        auto const owner = number % plan.seller_every == 0 ? seller
            : number % plan.other_seller_every == 1        ? other_seller
                                                           : manager;
        make_lead(row, number, owner);
        auto const moment = begin + two_years / plan.rows * number;
        row.values[row.at("createdon")] = moment;
        row.values[row.at("modifiedon")] = moment;
        TRY(database.insert(row.values));
    }
    return database.run("COMMIT");
}

std::string lead_body(std::int64_t number)
{
    json::Value body { json::Object {
        { "subject", fmt::format("Boards for 2027, call {}", number) },
        { "firstname", picked(first_names, number) },
        { "lastname", picked(last_names, number / 7) },
        { "companyname", fmt::format("{} {}", picked(towns, number), picked(trades, number / 5)) },
        { "jobtitle", "Head of rental" },
        { "emailaddress1", fmt::format("caller{}@customers.example", number) },
        { "telephone1", "+353 91 555 0142" }, { "mobilephone", "+353 86 555 0142" },
        { "websiteurl", "https://customers.example/" },
        { "description",
            "Forty long boards and as many wetsuits for three stations on the coast. They want to "
            "try two models in March and decide in April; budget is agreed with the owner." },
        { "leadsourcecode", 8 }, { "leadqualitycode", 2 }, { "industrycode", 25 },
        { "numberofemployees", 42 }, { "budgetamount", 48'000 }, { "budgetstatus", 1 },
        { "purchasetimeframe", 1 }, { "address1_line1", "12 Strand Road" },
        { "address1_city", picked(towns, number) }, { "address1_country", "Ireland" } } };
    return body.to_string();
}

Id next_raw_id()
{
    static std::mt19937_64 random { std::random_device {}() };
    std::array<std::uint8_t, 10> noise {};
    for (auto& byte : noise) {
        byte = static_cast<std::uint8_t>(random());
    }
    return make_uuid_v7(now_microseconds() / 1'000, noise);
}

}
