#include "apps/finance/ledger/ledger_account_table.h"
#include "apps/finance/ledger/posting_rule_table.h"
#include "apps/finance/ledger/voucher.h"
#include "apps/finance/setup/company_setup.h"

#include <array>

namespace cashline::finance {

namespace {

struct Account {
    char const* number;
    char const* name;
    LedgerAccountAccountType type;
    // The roles that post here.
    std::array<std::optional<PostingRole>, 2> roles {};
};

using Type = LedgerAccountAccountType;
using enum PostingRole;

constexpr std::array<Account, 20> accounts { {
    { chart::bank, "Bank", Type::asset, { bank } },
    { "1200", "Trade receivables", Type::asset, { customer } },
    { "1300", "Inventory", Type::asset, { inventory } },
    { "1310", "Goods delivered, not invoiced", Type::asset, { units_delivered } },
    { chart::tax_payable, "Sales tax payable", Type::liability, { sales_tax } },
    { "2300", "Prepayments of customers", Type::liability, { prepayment } },
    { "2400", "Deferred revenue", Type::liability, { deferred_revenue } },
    { "3900", "Stock brought in and counted", Type::equity, { inventory_adjustment } },
    { "4000", "Sales", Type::revenue, { PostingRole::revenue } },
    { "4100", "Freight and charges", Type::revenue, { charge } },
    { "4200", "Interest and fees", Type::revenue, { interest_income, fee_income } },
    { "4900", "Rounding", Type::revenue, { round_off } },
    { "5000", "Cost of goods sold", Type::expense, { cogs } },
    { "5010", "Cost of goods delivered", Type::expense, { cogs_delivered } },
    { "6000", "Cash discount", Type::expense, { cash_discount } },
    { "6010", "Payment differences", Type::expense, { payment_difference, penny_difference } },
    { "6020", "Exchange gains", Type::revenue, { exchange_gain } },
    { "6030", "Exchange losses", Type::expense, { exchange_loss } },
    { "6100", "Bank fees", Type::expense, { bank_fee } },
    { "6200", "Write-offs", Type::expense, { write_off } },
} };

}

Result<void> create_chart(NewBooks const& books)
{
    for (auto const& account : accounts) {
        Row row(ledger_account::table);
        row.set(ledger_account::company, books.code)
            .set(ledger_account::number, account.number)
            .set(ledger_account::name, account.name)
            .set(ledger_account::account_type, account.type)
            .set(ledger_account::balance, Amount {});
        TRY(books.unit.create(std::move(row)));
        for (auto const& role : account.roles) {
            if (!role) {
                continue;
            }
            Row rule(posting_rule::table);
            rule.set(posting_rule::company, books.code)
                .set(posting_rule::role, std::string(name_of(*role)))
                .set(posting_rule::ledger_account, account.number);
            TRY(books.unit.create(std::move(rule)));
        }
    }
    return {};
}

}
