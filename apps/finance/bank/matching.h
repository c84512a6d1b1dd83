// Which open items a bank transaction pays (finance.md 20.3). Scores by who paid, which document is
// named and whether the amount fits; structured references count before everything else. Every
// proposal says why. Only High proposals may be posted without a person.
#pragma once

#include "apps/finance/bank/bank_statement.h"
#include "apps/finance/ledger/settlement.h"

#include <span>

namespace cashline::finance {

// What is known about who pays from where: from customer master data and from earlier matches.
struct KnownPayer {
    std::string customer {};
    std::string name {};
    std::string town {};
    std::vector<std::string> accounts {}; // IBAN memory
};

// "FEE" in the bank's text goes to a fixed account; outranks the rules.
struct TextRule {
    std::string text {};
    std::string ledger_account {};
};

enum class Confidence : std::uint8_t { none, low, medium, high };
enum class PartyMatch : std::uint8_t { no, partially, fully };
enum class DocumentMatch : std::uint8_t { no, yes, several, structured };
enum class AmountMatch : std::uint8_t { none, several, one };

struct MatchCandidate {
    std::vector<Id> items {};
    std::string customer {};
    std::string ledger_account {}; // of a text rule
    Confidence confidence { Confidence::none };
    std::int32_t score {}; // higher is better; comparable within one transaction
    PartyMatch party { PartyMatch::no };
    DocumentMatch document { DocumentMatch::no };
    AmountMatch amount { AmountMatch::none };
    Amount expected {}; // what the items would take, discount considered
    bool with_discount {};
    std::vector<std::string> reasons {};
};

struct MatchQuestion {
    BankTransaction const& transaction;
    Date date {}; // booking or value date: decides the cash discount
    std::string_view entry_text {}; // AddtlNtryInf
    Id currency {};
    std::span<OpenItem const> items {};
    std::span<KnownPayer const> payers {};
    std::span<TextRule const> text_rules {};
    Amount tolerance {};
    std::size_t candidates_max { 20 };
};

// Best first; nothing below Low. Money in looks for debts, money out for credits.
std::vector<MatchCandidate> match(MatchQuestion const&);

struct PostedPayment {
    Id id {};
    Amount amount {};
    std::string end_to_end_id {};
    std::string transaction_id {};
    std::string account {}; // of the payer
};
// The payment a return takes back: by end-to-end id, by the bank's transaction id, else by amount
// and payer's account when exactly one fits.
std::optional<Id> find_returned_payment(BankTransaction const&, std::span<PostedPayment const>);

// Whether `number` stands in `text` as a document number, across spaces, hyphens and line breaks,
// but not as a piece of a longer number. Numbers of fewer than five letters and digits never match.
bool names_document(std::string_view text, std::string_view number);

PartyMatch party_match(BankParty const&, KnownPayer const&);

}
