// verify: every check there is; exit code 1 and a list when something is wrong.
#include "server/commands/all.h"
#include "server/verify_company.h"

#include <fmt/format.h>

namespace cashline::server {

namespace {

std::string as_text(std::vector<VerifyFinding> const& findings)
{
    if (findings.empty()) {
        return "Nothing is wrong.\n";
    }
    std::string text;
    for (auto const& finding : findings) {
        text += fmt::format("{}: {} {} {}: {} Expected {}, found {}.\n", finding.check,
            finding.table, finding.row.is_nil() ? "(table)" : finding.row.to_string(),
            finding.column.empty() ? "(row)" : finding.column, finding.text,
            finding.expected.empty() ? "(nothing)" : finding.expected,
            finding.found.empty() ? "(nothing)" : finding.found);
    }
    return text + fmt::format("{} findings.\n", findings.size());
}

json::Value as_json(std::vector<VerifyFinding> const& findings)
{
    json::Array list;
    for (auto const& finding : findings) {
        json::Value item { json::Object { { "check", finding.check }, { "table", finding.table },
            { "column", finding.column }, { "expected", finding.expected },
            { "found", finding.found }, { "text", finding.text } } };
        item.set("row", finding.row.is_nil() ? json::Value {} : finding.row.to_string());
        list.push_back(std::move(item));
    }
    return json::Object { { "ok", findings.empty() }, { "findings", std::move(list) } };
}

Result<CommandOutput> verify(CompanyContext& context, Arguments const& arguments)
{
    auto const findings = TRY(verify_company(context.platform, context.progress));
    return CommandOutput { .text = arguments.flag("json") ? as_json(findings).to_string() + "\n"
                                                          : as_text(findings),
        .exit_code = findings.empty() ? 0 : 1 };
}

}

Command verify_command()
{
    return { .name = "verify",
        .summary = "Checks references, keys, journal, maps and ledger from the rows; exit code 1 "
                   "and a list when something is wrong",
        .options = { { .name = "json", .help = "Print the findings as JSON", .is_flag = true } },
        .on_company = verify };
}

}
