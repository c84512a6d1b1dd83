#include "apps/finance/bank/matching.h"

#include "core/text.h"

#include <algorithm>
#include <array>
#include <map>

namespace cashline::finance {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_word(char c) { return is_digit(c) || is_letter(c); }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string squeezed(std::string_view text)
{
    std::string out;
    for (auto const c : text) {
        if (is_word(c)) {
            out += upper(c);
        }
    }
    return out;
}

// Digits beside digits or letters beside letters would make it another number.
bool continues(char a, char b)
{
    return (is_digit(a) && is_digit(b)) || (is_letter(a) && is_letter(b));
}

// The end of `number` read from `start`, skipping what banks put between; npos when it is not
// there.
std::size_t end_of(std::string_view text, std::size_t start, std::string_view number)
{
    std::size_t matched = 0;
    std::size_t at = start;
    while (at < text.size() && matched < number.size()) {
        if (is_word(text[at])) {
            if (upper(text[at]) != number[matched]) {
                return std::string_view::npos;
            }
            ++matched;
        }
        ++at;
    }
    return matched == number.size() ? at : std::string_view::npos;
}

constexpr std::array<std::string_view, 14> legal_forms { "gmbh", "ag", "kg", "ohg", "ltd",
    "limited", "inc", "llc", "co", "corp", "sa", "bv", "plc", "und" };

std::vector<std::string> name_words(std::string_view name)
{
    std::vector<std::string> words;
    std::string word;
    auto const flush = [&] {
        if (!word.empty() && std::ranges::find(legal_forms, word) == legal_forms.end()) {
            words.push_back(word);
        }
        word.clear();
    };
    for (auto const c : text::fold(name)) {
        auto const is_inside = is_word(c) || static_cast<unsigned char>(c) >= 0x80;
        if (is_inside) {
            word += c;
        } else {
            flush();
        }
    }
    flush();
    return words;
}

bool is_same_account(std::string_view a, std::string_view b)
{
    auto const left = squeezed(a);
    return !left.empty() && left == squeezed(b);
}

// finance.md 20.3, as published: higher row wins. Each cell of the table once.
struct ScoreRow {
    Confidence confidence {};
    PartyMatch party {};
    DocumentMatch document {};
    std::optional<AmountMatch> amount {}; // none: not considered
};

using enum Confidence;

constexpr std::array<ScoreRow, 26> score_rows { {
    // Ours, before the published rows: a structured reference with the right amount is the payer's
    // own word.
    { high, PartyMatch::fully, DocumentMatch::structured, AmountMatch::one },
    { high, PartyMatch::no, DocumentMatch::structured, AmountMatch::one },
    { high, PartyMatch::fully, DocumentMatch::several, AmountMatch::one },
    { high, PartyMatch::fully, DocumentMatch::several, AmountMatch::several },
    { high, PartyMatch::fully, DocumentMatch::yes, AmountMatch::one },
    { high, PartyMatch::fully, DocumentMatch::yes, AmountMatch::several },
    { high, PartyMatch::partially, DocumentMatch::several, AmountMatch::one },
    { high, PartyMatch::partially, DocumentMatch::several, AmountMatch::several },
    { high, PartyMatch::partially, DocumentMatch::yes, AmountMatch::one },
    { high, PartyMatch::fully, DocumentMatch::no, AmountMatch::one },
    { high, PartyMatch::no, DocumentMatch::several, AmountMatch::one },
    { high, PartyMatch::no, DocumentMatch::several, AmountMatch::several },
    { medium, PartyMatch::fully, DocumentMatch::several, {} },
    { medium, PartyMatch::fully, DocumentMatch::yes, {} },
    { medium, PartyMatch::fully, DocumentMatch::no, AmountMatch::several },
    { medium, PartyMatch::partially, DocumentMatch::several, {} },
    { medium, PartyMatch::partially, DocumentMatch::yes, {} },
    { medium, PartyMatch::no, DocumentMatch::yes, AmountMatch::one },
    { medium, PartyMatch::no, DocumentMatch::several, {} },
    { medium, PartyMatch::partially, DocumentMatch::no, AmountMatch::one },
    { medium, PartyMatch::no, DocumentMatch::yes, {} },
    { low, PartyMatch::fully, DocumentMatch::no, AmountMatch::none },
    { low, PartyMatch::partially, DocumentMatch::no, AmountMatch::several },
    { low, PartyMatch::partially, DocumentMatch::no, AmountMatch::none },
    { low, PartyMatch::no, DocumentMatch::no, AmountMatch::one },
    { low, PartyMatch::no, DocumentMatch::no, AmountMatch::several },
} };

bool fits(ScoreRow const& row, MatchCandidate const& candidate)
{
    if (row.document == DocumentMatch::structured) {
        // Our rows: the second stands for any party.
        return candidate.document == DocumentMatch::structured
            && candidate.amount == AmountMatch::one
            && (row.party == PartyMatch::no || candidate.party == row.party);
    }
    auto const document =
        candidate.document == DocumentMatch::structured ? DocumentMatch::yes : candidate.document;
    return row.party == candidate.party && row.document == document
        && (!row.amount || *row.amount == candidate.amount);
}

void score(MatchCandidate& candidate)
{
    for (std::size_t i = 0; i < score_rows.size(); ++i) {
        if (fits(score_rows[i], candidate)) {
            candidate.confidence = score_rows[i].confidence;
            candidate.score = static_cast<std::int32_t>(score_rows.size() - i);
            return;
        }
    }
}

class Matching {
public:
    explicit Matching(MatchQuestion const& question);
    std::vector<MatchCandidate> run();

private:
    struct Fit {
        Amount expected {};
        bool is_fitting {};
        bool with_discount {};
    };
    Fit fit_of(std::vector<OpenItem const*> const& items) const;
    PartyMatch party_of(std::string const& customer) const;
    DocumentMatch document_of(OpenItem const& item) const;
    void add_single_items();
    void add_groups();
    void add_group(std::vector<OpenItem const*> items, DocumentMatch document);
    void add_text_rules();
    void count_amounts();
    MatchCandidate candidate_for(
        std::vector<OpenItem const*> const& items, DocumentMatch document) const;
    void explain(MatchCandidate& candidate) const;

    MatchQuestion const& m_question;
    std::string m_text {};
    std::vector<OpenItem const*> m_items {};
    std::vector<MatchCandidate> m_candidates {};
};

Matching::Matching(MatchQuestion const& question) : m_question(question)
{
    // Lines of a remittance are joined by a space: names_document reads across it.
    for (auto const& line : question.transaction.remittance) {
        m_text += line + " ";
    }
    m_text += question.transaction.end_to_end_id + "\n" + question.transaction.additional_text
        + "\n" + std::string(question.entry_text);
    auto const is_money_in = !question.transaction.amount.is_negative();
    for (auto const& item : question.items) {
        if (item.currency == question.currency && !item.amount.is_zero()
            && item.amount.is_negative() != is_money_in) {
            m_items.push_back(&item);
        }
    }
}

// With the cash discount if it can still be had, or in full.
Matching::Fit Matching::fit_of(std::vector<OpenItem const*> const& items) const
{
    auto const within = [&](Decimal const& expected) {
        auto const difference = expected.minus(m_question.transaction.amount.to_decimal());
        return difference && difference->absolute() <= m_question.tolerance.to_decimal();
    };
    Decimal full;
    Decimal discounted;
    for (auto const* item : items) {
        auto const may_deduct = item->discount_use == DiscountUse::always
            || (item->discount_use == DiscountUse::normal && item->discount_date
                && m_question.date <= *item->discount_date);
        auto const discount = may_deduct ? item->discount.to_decimal() : Decimal {};
        full = full.plus(item->amount.to_decimal()).value_or(full);
        discounted = discounted.plus(item->amount.to_decimal()).value_or(discounted);
        discounted = discounted.minus(discount).value_or(discounted);
    }
    auto const takes_discount = !within(full) && full != discounted;
    auto const& expected = takes_discount ? discounted : full;
    return { .expected = Amount::from(expected, 4, Rounding::half_away).value_or(Amount {}),
        .is_fitting = within(expected),
        .with_discount = takes_discount };
}

PartyMatch Matching::party_of(std::string const& customer) const
{
    auto best = PartyMatch::no;
    for (auto const& payer : m_question.payers) {
        if (payer.customer == customer) {
            best = std::max(best, party_match(m_question.transaction.counterparty, payer));
        }
    }
    return best;
}

DocumentMatch Matching::document_of(OpenItem const& item) const
{
    auto const& transaction = m_question.transaction;
    auto const is_meant = [&](std::string_view reference) {
        return is_same_account(reference, item.document)
            || is_same_account(reference, item.payment_reference);
    };
    auto const is_structured = std::ranges::any_of(transaction.creditor_references, is_meant)
        || std::ranges::any_of(transaction.referred_documents, is_meant, &ReferredDocument::number);
    if (is_structured) {
        return DocumentMatch::structured;
    }
    auto const is_named =
        names_document(m_text, item.document) || names_document(m_text, item.payment_reference);
    return is_named ? DocumentMatch::yes : DocumentMatch::no;
}

MatchCandidate Matching::candidate_for(
    std::vector<OpenItem const*> const& items, DocumentMatch document) const
{
    auto const fit = fit_of(items);
    MatchCandidate candidate { .customer = items.front()->customer,
        .party = party_of(items.front()->customer),
        .document = document,
        .amount = fit.is_fitting ? AmountMatch::one : AmountMatch::none,
        .expected = fit.expected,
        .with_discount = fit.with_discount };
    for (auto const* item : items) {
        candidate.items.push_back(item->id);
    }
    return candidate;
}

void Matching::add_single_items()
{
    for (auto const* item : m_items) {
        m_candidates.push_back(candidate_for({ item }, document_of(*item)));
    }
}

void Matching::add_group(std::vector<OpenItem const*> items, DocumentMatch document)
{
    if (items.size() < 2) {
        return;
    }
    auto candidate = candidate_for(items, document);
    // A group nobody named counts only when its sum is what was paid.
    if (document == DocumentMatch::no && candidate.amount == AmountMatch::none) {
        return;
    }
    m_candidates.push_back(std::move(candidate));
}

// Several invoices at once: those named in the text; else the oldest ones of the customer up to the
// amount.
void Matching::add_groups()
{
    std::map<std::string, std::vector<OpenItem const*>> by_customer;
    for (auto const* item : m_items) {
        by_customer[item->customer].push_back(item);
    }
    for (auto& [customer, items] : by_customer) {
        std::vector<OpenItem const*> named;
        auto is_structured = true;
        for (auto const* item : items) {
            auto const document = document_of(*item);
            if (document != DocumentMatch::no) {
                named.push_back(item);
                is_structured = is_structured && document == DocumentMatch::structured;
            }
        }
        add_group(named, is_structured ? DocumentMatch::structured : DocumentMatch::several);
        if (party_of(customer) == PartyMatch::no || !named.empty()) {
            continue;
        }
        std::ranges::stable_sort(items, {}, [](OpenItem const* item) {
            return std::tie(item->due_date, item->date, item->document);
        });
        for (std::size_t count = 2; count <= items.size(); ++count) {
            add_group({ items.begin(), items.begin() + static_cast<std::ptrdiff_t>(count) },
                DocumentMatch::no);
        }
    }
}

void Matching::add_text_rules()
{
    auto const folded = text::fold(m_text);
    for (auto const& rule : m_question.text_rules) {
        if (!rule.text.empty() && folded.find(text::fold(rule.text)) != std::string::npos) {
            m_candidates.push_back({ .ledger_account = rule.ledger_account,
                .confidence = high,
                .score = static_cast<std::int32_t>(score_rows.size()) + 1,
                .expected = m_question.transaction.amount,
                .reasons = { "The bank's text says \"" + rule.text + "\"." } });
        }
    }
}

// "Several" when more than one proposal with the same document match fits the amount; among
// strangers the whole ledger counts, for a known payer only his own items.
void Matching::count_amounts()
{
    std::vector<std::size_t> ambiguous;
    for (std::size_t i = 0; i < m_candidates.size(); ++i) {
        auto const& one = m_candidates[i];
        if (one.amount == AmountMatch::none) {
            continue;
        }
        auto const rivals = std::ranges::count_if(m_candidates, [&](MatchCandidate const& other) {
            auto const competes = one.party == PartyMatch::no ? other.party == PartyMatch::no
                                                              : other.party == one.party;
            return &other != &one && other.amount != AmountMatch::none && competes
                && other.document == one.document;
        });
        if (rivals > 0) {
            ambiguous.push_back(i);
        }
    }
    for (auto const i : ambiguous) {
        m_candidates[i].amount = AmountMatch::several;
    }
}

void Matching::explain(MatchCandidate& candidate) const
{
    if (candidate.party == PartyMatch::fully) {
        candidate.reasons.emplace_back("The payer's account or name and town are the customer's.");
    } else if (candidate.party == PartyMatch::partially) {
        candidate.reasons.emplace_back("The payer's name is like the customer's.");
    }
    if (candidate.document == DocumentMatch::structured) {
        candidate.reasons.emplace_back("A structured reference names the document.");
    } else if (candidate.document == DocumentMatch::several) {
        candidate.reasons.emplace_back("The text names these documents.");
    } else if (candidate.document == DocumentMatch::yes) {
        candidate.reasons.emplace_back("The text names the document.");
    }
    if (candidate.amount == AmountMatch::one) {
        candidate.reasons.emplace_back(candidate.with_discount
                ? "The amount is the open amount less cash discount."
                : "The amount is the open amount.");
    } else if (candidate.amount == AmountMatch::several) {
        candidate.reasons.emplace_back("The amount fits, but other items have it too.");
    } else {
        candidate.reasons.emplace_back(
            "The amount differs from the expected " + candidate.expected.to_string(2) + ".");
    }
}

std::vector<MatchCandidate> Matching::run()
{
    add_single_items();
    add_groups();
    count_amounts();
    for (auto& candidate : m_candidates) {
        score(candidate);
        explain(candidate);
    }
    add_text_rules();
    std::erase_if(m_candidates, [](auto const& each) { return each.confidence == none; });
    std::ranges::stable_sort(m_candidates, std::ranges::greater {}, &MatchCandidate::score);
    if (m_candidates.size() > m_question.candidates_max) {
        m_candidates.resize(m_question.candidates_max);
    }
    return std::move(m_candidates);
}

}

bool names_document(std::string_view text, std::string_view number)
{
    auto const wanted = squeezed(number);
    if (wanted.size() < 5) {
        return false;
    }
    for (std::size_t start = 0; start < text.size(); ++start) {
        if (upper(text[start]) != wanted.front()
            || (start > 0 && continues(text[start - 1], text[start]))) {
            continue;
        }
        auto const end = end_of(text, start, wanted);
        if (end != std::string_view::npos
            && (end == text.size() || !continues(text[end - 1], text[end]))) {
            return true;
        }
    }
    return false;
}

PartyMatch party_match(BankParty const& party, KnownPayer const& payer)
{
    for (auto const& account : payer.accounts) {
        if (is_same_account(account, party.account)) {
            return PartyMatch::fully;
        }
    }
    auto const known = name_words(payer.name);
    auto best = PartyMatch::no;
    for (auto const* name : { &party.name, &party.ultimate_name }) {
        auto const words = name_words(*name);
        auto const common = std::ranges::count_if(
            known, [&](auto const& word) { return std::ranges::find(words, word) != words.end(); });
        if (known.empty() || common == 0) {
            continue;
        }
        auto const is_same_name = words == known;
        auto const is_same_town =
            !payer.town.empty() && text::fold(payer.town) == text::fold(party.town);
        if (is_same_name && is_same_town) {
            return PartyMatch::fully;
        }
        if (is_same_name || static_cast<std::size_t>(common) * 2 >= known.size()) {
            best = PartyMatch::partially;
        }
    }
    return best;
}

std::vector<MatchCandidate> match(MatchQuestion const& question)
{
    return Matching(question).run();
}

std::optional<Id> find_returned_payment(
    BankTransaction const& transaction, std::span<PostedPayment const> payments)
{
    auto const by = [&](std::string PostedPayment::* column, std::string const& value) {
        std::optional<Id> found;
        for (auto const& payment : payments) {
            if (!value.empty() && payment.*column == value) {
                found = payment.id;
            }
        }
        return found;
    };
    if (auto const found = by(&PostedPayment::end_to_end_id, transaction.end_to_end_id)) {
        return found;
    }
    if (auto const found = by(&PostedPayment::transaction_id, transaction.transaction_id)) {
        return found;
    }
    std::optional<Id> found;
    for (auto const& payment : payments) {
        if (payment.amount == transaction.amount.negated()
            && is_same_account(payment.account, transaction.counterparty.account)) {
            if (found) {
                return std::nullopt; // Two fit: a person decides.
            }
            found = payment.id;
        }
    }
    return found;
}

}
