// The root /data/: what Finance owns, in the manner of Finance & Operations (docs/contracts/
// finance-api.md). A request is put into the words of the Web API first and then goes the same way
// as every other one; only its answer is written with public names.
#pragma once

#include "platform/web_api/odata/operation.h"

namespace cashline::odata {

// The code of the company (dataAreaId) a caller works in where the request names none.
using CompanyOf = std::function<Result<std::string>(Caller const&)>;

// "ResourceNotFound" for a set that is not Finance's.
Result<void> translate_operations_call(Schema const& schema, CompanyOf const& company, Call& call);

}
