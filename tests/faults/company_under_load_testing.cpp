#include "tests/faults/company_under_load.h"

#include "tests/faults/deal.h"

#include <cstdlib>
#include <fmt/format.h>
#include <thread>

namespace cashline::faults {

namespace {

constexpr std::chrono::milliseconds start_max { 400 };
constexpr std::chrono::seconds papers_patience { 60 };
constexpr int start_in_vain_every = 4;

// A number that is missing among the last ones of the company that is sold from; older ones were
// looked at in earlier rounds.
std::string gap_of(load::WebAPI& api, std::string const& set, std::string const& column)
{
    constexpr std::int64_t looked_at = 1'000;
    auto const rows = rows_of(api,
        fmt::format("{0}?$select={1}&$filter=dataareaid eq 'awie'&$orderby={1} desc&$top={2}", set,
            column, looked_at));
    if (!rows) {
        return rows.error().text;
    }
    std::int64_t above = 0;
    for (auto const& row : *rows) {
        auto const text = std::string(row.text(column));
        auto const number = std::strtoll(text.c_str() + text.rfind('-') + 1, nullptr, 10);
        if (above != 0 && number != above - 1) {
            return fmt::format("{}: no number between {} and {}", set, number, above);
        }
        above = number;
    }
    auto const begins_late = rows->size() < looked_at && above > 1;
    return begins_late ? fmt::format("{}: begins with {}", set, above) : std::string {};
}

}

CompanyUnderLoad::CompanyUnderLoad(LoadOptions options)
    : m_options(std::move(options))
    , m_random(m_options.seed)
{
    m_server_options.program = m_options.program;
    m_server_options.data = m_folder.path() / "data";
    for (int number = 0; number < m_options.clients; ++number) {
        ClientOptions const client {
            .number = number, .seed = m_options.seed, .may_fail = m_options.may_fail
        };
        m_clients.push_back(
            number == 0 ? make_banker(client, m_shared) : make_seller(client, m_shared));
    }
}

Result<void> CompanyUnderLoad::prepare()
{
    auto first = m_server_options;
    first.more = { "--demo" };
    if (!m_options.database.empty()) {
        first.more.insert(first.more.end(), { "--database", m_options.database });
    }
    m_server.emplace(TRY(load::ServerProcess::start(first)));
    m_application = TRY(load::add_application(first, "System Administrator"));
    auto api = TRY(signed_in());
    auto const stocked = api.call("cl_AdjustInventory",
        json::Object {
            { "ItemNumber", sold_product }, { "Quantity", 1'000'000 }, { "Company", "awie" } });
    if (!stocked.is_success()) {
        return internal("no_stock", stocked.body);
    }
    return stop_server() == 0 ? Result<void> {}
                              : internal("server_not_stopped", "The server did not stop in peace.");
}

Result<load::WebAPI> CompanyUnderLoad::signed_in()
{
    load::WebAPI api(m_server->port());
    if (!api.sign_in(m_application)) {
        return internal("not_signed_in", "The server gives no token.");
    }
    return api;
}

Result<void> CompanyUnderLoad::start()
{
    if (!m_server) {
        m_server.emplace(TRY(load::ServerProcess::start(m_server_options)));
    }
    return {};
}

void CompanyUnderLoad::start_in_vain()
{
    load::ServerProcess::start_and_kill(m_server_options, some_time(start_max));
}

void CompanyUnderLoad::kill_server()
{
    if (m_server) {
        m_server->kill_now();
        m_server.reset();
    }
}

int CompanyUnderLoad::stop_server()
{
    auto const code = m_server ? m_server->stop() : 0;
    m_server.reset();
    return code;
}

std::chrono::milliseconds CompanyUnderLoad::some_time(std::chrono::milliseconds bound)
{
    return std::chrono::milliseconds(
        std::uniform_int_distribution<std::int64_t>(bound.count() / 20, bound.count())(m_random));
}

void CompanyUnderLoad::pause_up_to(std::chrono::milliseconds bound)
{
    std::this_thread::sleep_for(some_time(bound));
}

Result<void> CompanyUnderLoad::write_until(std::function<void(CompanyUnderLoad&)> const& strike)
{
    TRY(start());
    load::WebAPI asking(m_server->port());
    auto const token = asking.ask_token(m_application);
    if (token.empty()) {
        return internal("not_signed_in", "The server gives no token.");
    }
    std::vector<std::jthread> threads;
    for (auto const& client : m_clients) {
        threads.emplace_back(
            [&client, &token, port = m_server->port()](std::stop_token const& stop) {
                load::WebAPI api(port);
                api.http().use_token(token);
                client->run(api, stop);
            });
    }
    strike(*this);
    return {};
}

CompanyUnderLoad::Wrongs CompanyUnderLoad::kill_round()
{
    ++m_rounds;
    auto const written = write_until([](CompanyUnderLoad& company) {
        company.pause_up_to(company.m_options.load_max);
        company.kill_server();
    });
    if (!written) {
        return { written.error().text };
    }
    if (m_rounds % start_in_vain_every == 0) {
        start_in_vain();
    }
    return check(Check::touched);
}

CompanyUnderLoad::Wrongs CompanyUnderLoad::check(Check which)
{
    if (auto const started = start(); !started) {
        return { started.error().text };
    }
    load::WebAPI asking(m_server->port());
    auto const token = asking.ask_token(m_application);
    Wrongs wrongs;
    std::mutex guard;
    {
        std::vector<std::jthread> threads;
        for (auto const& client : m_clients) {
            threads.emplace_back([&] {
                load::WebAPI api(m_server->port());
                api.http().use_token(token);
                auto found = client->check(api, which);
                std::scoped_lock const lock(guard);
                wrongs.insert(wrongs.end(), found.begin(), found.end());
                auto const& surprises = client->surprises();
                wrongs.insert(wrongs.end(), surprises.begin(), surprises.end());
            });
        }
    }
    for (auto const& more : { gaps(token), verify() }) {
        wrongs.insert(wrongs.end(), more.begin(), more.end());
    }
    return wrongs;
}

CompanyUnderLoad::Wrongs CompanyUnderLoad::gaps(std::string const& token)
{
    load::WebAPI api(m_server->port());
    api.http().use_token(token);
    Wrongs wrongs;
    for (auto const& gap : { gap_of(api, "SalesInvoiceHeadersV2", "invoicenumber"),
             gap_of(api, "Vouchers", "voucher") }) {
        if (!gap.empty()) {
            wrongs.push_back(gap);
        }
    }
    return wrongs;
}

CompanyUnderLoad::Wrongs CompanyUnderLoad::verify()
{
    auto const end =
        load::run_program(m_server_options.program, { "verify", "--data", data().string() });
    if (end.exit_code == 0) {
        return {};
    }
    return { fmt::format("verify: exit code {}: {}{}", end.exit_code, end.output, end.errors) };
}

CompanyUnderLoad::Wrongs CompanyUnderLoad::lost_papers()
{
    // Processes that share a PostgreSQL wait for the end of a dead one's lease.
    if (!m_options.database.empty()) {
        return {};
    }
    auto api = signed_in();
    if (!api) {
        return { api.error().text };
    }
    auto const give_up = std::chrono::steady_clock::now() + papers_patience;
    for (;;) {
        auto const waiting = rows_of(
            *api, "SalesInvoiceHeadersV2?$select=invoicenumber&$top=1&$filter=pdffile eq null");
        if (waiting && waiting->empty()) {
            return {};
        }
        if (std::chrono::steady_clock::now() > give_up) {
            return { waiting ? "no PDF of " + std::string(waiting->front().text("invoicenumber"))
                             : waiting.error().text };
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

CompanyUnderLoad::Wrongs CompanyUnderLoad::finish()
{
    auto wrongs = check(Check::all);
    auto const lost = lost_papers();
    wrongs.insert(wrongs.end(), lost.begin(), lost.end());
    if (stop_server() != 0) {
        wrongs.emplace_back("The server did not stop in peace.");
    }
    auto const verified = verify();
    wrongs.insert(wrongs.end(), verified.begin(), verified.end());
    return wrongs;
}

std::int64_t CompanyUnderLoad::acknowledged() const
{
    std::int64_t sum = 0;
    for (auto const& client : m_clients) {
        sum += client->acknowledged();
    }
    return sum;
}

std::string CompanyUnderLoad::figures() const
{
    auto const seconds = std::chrono::duration_cast<std::chrono::seconds>(
        std::chrono::steady_clock::now() - m_begin);
    return fmt::format("seed {}: {} kills, {} acknowledged writes, {} s", m_options.seed, m_rounds,
        acknowledged(), seconds.count());
}

int rounds_of_kills(int lean, int in_long)
{
    return std::getenv("CASHLINE_LONG") != nullptr ? in_long : lean;
}

std::uint64_t seed_of_run()
{
    auto const* const given = std::getenv("CASHLINE_SEED");
    auto const seed = given != nullptr ? std::stoull(given) : std::random_device {}() % 1'000'000;
    std::printf("CASHLINE_SEED=%llu repeats this run.\n", static_cast<unsigned long long>(seed));
    std::fflush(stdout);
    return seed;
}

}
