// What other apps may use of the catalog: the vocabulary of prices and the one calculation of a
// document.
#pragma once

#include "apps/catalog/ports.h"
#include "apps/catalog/pricing/calculate.h"
#include "apps/catalog/pricing/document.h"
#include "apps/catalog/pricing/document_json.h"
#include "apps/catalog/pricing/shares.h"

namespace cashline {
class Registry;
}

namespace cashline::catalog {

void register_catalog(Registry&);

// The amount of an active price list item; empty when the list has no such item. Prices of a
// product in another unit than asked are not converted here.
Result<std::optional<Decimal>> list_price(
    Reader&, Id price_list, Id product, std::optional<Id> unit);

}
