// Pages of leads and single leads, at 100,000 rows, for callers who see all, 2.5 % and 800 of them.
#include "bench/api_client.h"
#include "bench/measurements.h"

#include "core/text.h"

#include <fmt/format.h>

namespace cashline::bench {

namespace {

constexpr int clients = 8;

std::string request_of(
    BenchCaller const& caller, std::string const& path, std::string const& preference)
{
    auto headers = api_headers(caller.token);
    if (!preference.empty()) {
        headers.push_back({ "Prefer", preference });
    }
    return to_bytes({ .target = std::string(api_root) + path, .headers = headers });
}

struct Viewer {
    std::string name {};
    BenchCaller const& caller;
};

// Open leads, newest first: the columns, filter and order of the view.
constexpr std::string_view list_path =
    "leads?$select=fullname,subject,companyname,leadqualitycode,statuscode,_ownerid_value,createdon"
    "&$filter=statecode%20eq%200&$orderby=createdon%20desc";

Result<void> measure_list(Bench& bench, Viewer const& viewer)
{
    auto const bytes = request_of(viewer.caller, std::string(list_path), "odata.maxpagesize=50");
    auto const row =
        fmt::format("page of 50 leads for who sees {}, {} clients", viewer.name, clients);
    TRY(measure_load(bench, row, { .clients = clients, .next_request = [&] { return bytes; } },
        { .rate = 1'500, .p99_ms = 20 }));
    return {};
}

Result<void> measure_count(Bench& bench, Viewer const& viewer)
{
    auto const bytes = request_of(viewer.caller, "leads/$count?$filter=statecode%20eq%200", "");
    LoadOptions const load { .port = bench.server->port(),
        .clients = 1,
        .duration = bench.options.duration() / 4,
        .next_request = [&] { return bytes; } };
    auto const result = TRY(run_load(load));
    auto const row = fmt::format("count for who sees {}, 1 client", viewer.name);
    bench.add({ row, "p50", result.p50_ms, "ms" });
    bench.add({ row, "p99", result.p99_ms, "ms", 20, Better::lower });
    return {};
}

// Ids of the seller's own rows.
Result<std::vector<std::string>> known_leads(Bench& bench)
{
    ApiClient api(bench.server->port(), bench.callers.seller.token);
    auto const page = TRY(api.get("leads?$select=leadid&$top=2000"));
    std::vector<std::string> ids;
    for (auto const& lead : page.array("value")) {
        ids.emplace_back(lead.text("leadid"));
    }
    if (ids.empty()) {
        return internal("bench_no_rows", "The seller sees no leads.");
    }
    return ids;
}

}

Result<void> measure_lists(Bench& bench)
{
    TRY(bench.start_server());
    Viewer const viewers[] { { "all", bench.callers.manager }, { "2.5 %", bench.callers.seller },
        { "800 rows", bench.callers.other_seller } };
    for (auto const& viewer : viewers) {
        TRY(measure_list(bench, viewer));
    }
    for (auto const& viewer : viewers) {
        TRY(measure_count(bench, viewer));
    }
    return {};
}

Result<void> measure_records(Bench& bench)
{
    TRY(bench.start_server());
    auto const ids = TRY(known_leads(bench));
    std::size_t next = 0;
    auto const read = [&](std::string const& options, std::string const& preference) {
        return [&, options, preference] {
            next = (next + 7) % ids.size();
            return request_of(
                bench.callers.seller, "leads(" + ids[next] + ")" + options, preference);
        };
    };
    std::string const some =
        "?$select=subject,fullname,companyname,jobtitle,emailaddress1,telephone1,"
        "leadsourcecode,leadqualitycode,statecode,statuscode,_ownerid_value,"
        "createdon";
    TRY(measure_load(bench, fmt::format("read a lead, 12 columns, {} clients", clients),
        { .clients = clients, .next_request = read(some, "") }, { .rate = 10'000 }));
    TRY(measure_load(bench,
        fmt::format("read a lead, all columns with annotations, {} clients", clients),
        { .clients = clients, .next_request = read("", "odata.include-annotations=\"*\"") },
        { .rate = 4'000 }));
    return {};
}

}
