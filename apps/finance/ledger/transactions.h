// Open items of customers: claims and payments as rows, what settles them, and how a settlement is
// taken back.
#pragma once

#include "apps/finance/ledger/post_voucher.h"
#include "apps/finance/ledger/settlement.h"

namespace cashline::finance {

OpenItem open_item_of(Row const& transaction, Id currency);

// The open items of a company in one currency; of one customer when an account is given.
Result<std::vector<OpenItem>> open_items(
    Reader&, Books const&, CurrencyFacts const& currency, std::string_view account = {});

struct SettleRequest {
    Id invoice {}; // customer transactions
    Id payment {};
    Date date {};
    std::optional<Amount> amount_max {}; // of the payment, for this invoice
};
// Settles what both have open, posts discount, differences and exchange where there are any, and
// marks invoices paid. Nothing happens when one of them has nothing open.
Result<void> settle_transactions(Unit&, Books const&, SettleRequest const&);

// The settlements of a payment that are not taken back yet, with their vouchers.
struct StandingSettlement {
    Row row {};
    std::optional<Id> voucher {};
};
Result<std::vector<StandingSettlement>> standing_settlements(Reader&, Id payment);
// A second row with the opposite amounts; opens both sides again. Posts nothing: the caller's
// voucher does.
Result<void> take_back(Unit&, StandingSettlement const&, Date, Id voucher);

}
