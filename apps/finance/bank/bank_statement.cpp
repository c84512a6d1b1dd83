#include "apps/finance/bank/bank_statement.h"

namespace cashline::finance {

Result<void> check_statement(BankStatement const& statement)
{
    auto balance = statement.opening;
    for (auto const& entry : statement.entries) {
        if (entry.currency != statement.currency) {
            return invalid("bank_currency_differs",
                "Statement " + statement.id + " is in " + statement.currency
                    + " but has an entry in " + entry.currency + ".");
        }
        auto const is_outside = entry.booking_date
            && ((statement.from && *entry.booking_date < *statement.from)
                || (statement.to && *entry.booking_date > *statement.to));
        if (is_outside) {
            return invalid("bank_date_outside",
                "An entry of " + entry.booking_date->to_string()
                    + " lies outside the period of statement " + statement.id + ".");
        }
        balance = TRY(balance.plus(entry.amount));
    }
    if (balance != statement.closing) {
        return invalid("bank_balance_differs",
            "Statement " + statement.id + " does not add up: opening "
                + statement.opening.to_string(2) + " and its entries make " + balance.to_string(2)
                + ", the closing balance says " + statement.closing.to_string(2)
                + ". Ask the bank for the whole file.");
    }
    return {};
}

Result<void> check_continuity(BankStatement const& previous, BankStatement const& next)
{
    if (previous.account != next.account || previous.currency != next.currency) {
        return invalid("bank_account_differs", "The statements belong to different accounts.");
    }
    auto const& last = previous.to ? previous.to : previous.closing_date;
    auto const& first = next.from ? next.from : next.opening_date;
    if (previous.to && next.from && last && first && *first < *last) {
        return invalid("bank_statement_overlap",
            "Statement " + next.id + " begins on " + first->to_string() + ", before statement "
                + previous.id + " ends.");
    }
    if (previous.closing != next.opening) {
        return invalid("bank_statement_gap",
            "Statement " + next.id + " opens with " + next.opening.to_string(2)
                + " but the one before closed with " + previous.closing.to_string(2)
                + ". A statement in between is missing.");
    }
    return {};
}

}
