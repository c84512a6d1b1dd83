// A bank statement as Cashline understands it, whatever file it came from. Amounts are signed from
// the company's side: credit is money in. Only booked entries are here; what the bank merely
// announces is counted and left out.
#pragma once

#include "core/money.h"
#include "core/time.h"

#include <string>
#include <vector>

namespace cashline::finance {

struct BankParty {
    std::string name {};
    std::string account {}; // IBAN or the bank's own number
    std::string bank {}; // BIC
    std::string ultimate_name {};
    std::string town {};
};

struct ReferredDocument {
    std::string number {};
    std::optional<Amount> amount {};
};

// One payment inside an entry.
struct BankTransaction {
    Amount amount {};
    std::string currency {};
    std::optional<Amount> original_amount {}; // in original_currency, where the payer's differs
    std::string original_currency {};
    std::string end_to_end_id {}; // empty for NOTPROVIDED
    std::string transaction_id {};
    std::string payment_information_id {};
    std::string instruction_id {};
    std::string message_id {};
    std::string mandate_id {};
    std::string servicer_reference {};
    BankParty counterparty {}; // debtor of money in, creditor of money out
    std::vector<std::string> remittance {}; // free text, line by line
    std::vector<ReferredDocument> referred_documents {}; // structured: the best key there is
    std::vector<std::string> creditor_references {}; // structured, ISO 11649 or national
    std::string return_reason {}; // RtrInf: AC04, MD06 …; empty when nothing came back
    std::string additional_text {};

    bool is_return() const { return !return_reason.empty(); }
};

struct BankEntry {
    Amount amount {};
    std::string currency {};
    bool is_reversal {}; // the sign is in the amount already
    std::optional<Date> booking_date {};
    std::optional<Date> value_date {};
    std::string reference {};
    std::string servicer_reference {};
    std::string code {}; // PMNT/RCDT/ESCT, or the bank's own
    Amount charges {};
    std::int64_t batch_count {};
    std::string additional_text {};
    std::vector<BankTransaction> transactions {}; // at least one
    std::string key {}; // the same in every copy of the file; for duplicates
};

struct BankStatement {
    std::string id {};
    std::string sequence {};
    std::string account {}; // IBAN or other
    std::string currency {};
    std::string owner {};
    std::optional<Date> from {};
    std::optional<Date> to {};
    Amount opening {};
    Amount closing {};
    std::optional<Date> opening_date {};
    std::optional<Date> closing_date {};
    std::vector<BankEntry> entries {};
    std::int64_t skipped_count {}; // pending or informational
};

struct BankFile {
    std::string format {}; // camt.053.001.02
    std::string message_id {};
    std::string created_at {};
    std::int64_t page { 1 };
    bool is_last_page { true };
    std::vector<BankStatement> statements {};
};

// Opening + Σ entries = closing, one currency throughout; "bank_balance_differs",
// "bank_currency_differs", "bank_date_outside" (an entry booked outside the statement's period).
Result<void> check_statement(BankStatement const&);

// Whether `next` continues `previous` of the same account: "bank_account_differs",
// "bank_statement_gap", "bank_statement_overlap".
Result<void> check_continuity(BankStatement const& previous, BankStatement const& next);

}
