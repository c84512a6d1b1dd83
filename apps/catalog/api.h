// What other apps may use of the catalog: the vocabulary of prices and the one calculation of a
// document.
#pragma once

#include "apps/catalog/pricing/calculate.h"
#include "apps/catalog/pricing/document.h"
#include "apps/catalog/pricing/shares.h"
