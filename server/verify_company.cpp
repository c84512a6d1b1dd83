#include "server/verify_company.h"

#include "apps/finance/api.h"
#include "apps/integration/map/verify_maps.h"
#include "platform/verify/verify_rows.h"

namespace cashline::server {

namespace {

struct Check {
    std::string name {};
    std::function<Result<std::vector<VerifyFinding>>(Reader&)> run {};
};

std::vector<Check> checks()
{
    return {
        { "references", verify_references },
        { "keys", verify_keys },
        { "journal", verify_journal },
        { "files", verify_files },
        { "maps", integration::verify_maps },
        { "ledger", finance::verify_ledger },
    };
}

}

Result<std::vector<VerifyFinding>> verify_company(
    Platform& platform, std::function<void(std::string_view)> const& progress)
{
    return platform.read<std::vector<VerifyFinding>>(
        system_caller(Door::command), [&](Reader& reader) -> Result<std::vector<VerifyFinding>> {
            std::vector<VerifyFinding> all;
            for (auto const& check : checks()) {
                if (progress) {
                    progress("Checking " + check.name + " …");
                }
                for (auto& finding : TRY(check.run(reader))) {
                    all.push_back(std::move(finding));
                }
            }
            return all;
        });
}

}
