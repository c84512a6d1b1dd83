#include "apps/finance/bank/matching.h"

#include <gtest/gtest.h>

namespace cashline::finance {

namespace {

Amount amount(std::string_view text) { return Amount::parse(text).value(); }
Id const euro = Id::from_name("EUR");

OpenItem invoice(std::string number, std::string customer, std::string_view open)
{
    return { .id = Id::from_name(number),
        .document = number,
        .customer = std::move(customer),
        .currency = euro,
        .amount = amount(open),
        .due_date = Date::of(2026, 5, 1) };
}

struct Case {
    BankTransaction transaction {};
    std::vector<OpenItem> items { invoice("INV-10001", "C1", "362.50"),
        invoice("INV-10002", "C1", "100.00"), invoice("INV-20001", "C2", "362.50") };
    std::vector<KnownPayer> payers {
        { .customer = "C1",
            .name = "Northwind Traders Ltd",
            .town = "London",
            .accounts = { "GB29 NWBK 6016 1331 9268 19" } },
        { .customer = "C2", .name = "Fabrikam GmbH" },
    };
    std::vector<TextRule> rules {};

    std::vector<MatchCandidate> run() const
    {
        return match({ .transaction = transaction,
            .date = Date::of(2026, 5, 4),
            .currency = euro,
            .items = items,
            .payers = payers,
            .text_rules = rules });
    }
    std::string best() const
    {
        auto const candidates = run();
        if (candidates.empty()) {
            return "nothing";
        }
        auto const& first = candidates.front();
        auto const& names = std::array { "none", "low", "medium", "high" };
        std::string text = names[static_cast<std::size_t>(first.confidence)];
        for (auto const& item : first.items) {
            for (auto const& each : items) {
                text += each.id == item ? " " + each.document : "";
            }
        }
        return text + first.ledger_account;
    }
};

Case paid(std::string_view value)
{
    return { .transaction = { .amount = amount(value), .currency = "EUR" } };
}

}

TEST(Matching, the_account_and_the_amount_are_enough)
{
    auto each = paid("362.50");
    each.transaction.counterparty.account = "GB29NWBK60161331926819";
    EXPECT_EQ(each.best(), "high INV-10001");
    auto const reasons = each.run().front().reasons;
    ASSERT_EQ(reasons.size(), 2U);
    EXPECT_EQ(reasons[1], "The amount is the open amount.");
}

TEST(Matching, the_number_in_the_text_across_lines)
{
    auto each = paid("362.50");
    each.transaction.counterparty.name = "Northwind Traders";
    each.transaction.remittance = { "Rechnung INV-", "10001 vom 1.5." };
    EXPECT_EQ(each.best(), "high INV-10001");
    each.transaction.counterparty.name = "somebody else";
    EXPECT_EQ(each.best(), "medium INV-10001");
    each.transaction.amount = amount("300");
    EXPECT_EQ(each.best(), "medium INV-10001");
    each.transaction.remittance.clear();
    EXPECT_EQ(each.best(), "nothing");
}

TEST(Matching, a_structured_reference_wins_over_everything_but_not_over_the_amount)
{
    auto each = paid("362.50");
    each.transaction.counterparty.account = "GB29NWBK60161331926819";
    each.transaction.referred_documents = { { .number = "INV-20001" } };
    EXPECT_EQ(each.best(), "high INV-20001");
    each.items[2].payment_reference = "RF18539007547034";
    each.transaction.referred_documents.clear();
    each.transaction.creditor_references = { "RF18 5390 0754 7034" };
    EXPECT_EQ(each.best(), "high INV-20001");
    each.transaction.amount = amount("100"); // Part of C2's, all of C1's other invoice.
    EXPECT_EQ(each.best(), "high INV-10002");
}

TEST(Matching, several_named_invoices_are_paid_at_once)
{
    auto each = paid("462.50");
    each.transaction.remittance = { "INV-10001 / INV-10002" };
    EXPECT_EQ(each.best(), "high INV-10001 INV-10002");
    each.transaction.remittance = { "Sammelzahlung" };
    each.transaction.counterparty.account = "GB29NWBK60161331926819";
    EXPECT_EQ(each.best(), "high INV-10001 INV-10002"); // The sum of the oldest.
}

TEST(Matching, a_cash_discount_is_expected_while_it_can_be_had)
{
    auto each = paid("355.25");
    each.transaction.counterparty.account = "GB29NWBK60161331926819";
    each.items[0].discount = amount("7.25");
    each.items[0].discount_date = Date::of(2026, 5, 4);
    EXPECT_EQ(each.best(), "high INV-10001");
    EXPECT_TRUE(each.run().front().with_discount);
    each.items[0].discount_date = Date::of(2026, 5, 3);
    EXPECT_EQ(each.best(), "low INV-10001");
}

TEST(Matching, an_amount_that_several_items_have_decides_nothing)
{
    auto each = paid("362.50");
    EXPECT_EQ(each.run().front().confidence, Confidence::low);
    each.items.push_back(invoice("INV-10003", "C1", "362.50"));
    each.transaction.counterparty.account = "GB29NWBK60161331926819";
    EXPECT_EQ(each.run().front().confidence, Confidence::medium);
}

TEST(Matching, signs_and_currencies_must_fit)
{
    auto each = paid("-362.50");
    each.transaction.remittance = { "INV-10001" };
    EXPECT_EQ(each.best(), "nothing");
    each.items[0].amount = amount("-362.50"); // A credit note paid out.
    EXPECT_EQ(each.best(), "medium INV-10001");
    each.items[0].currency = Id::from_name("USD");
    EXPECT_EQ(each.best(), "nothing");
}

TEST(Matching, a_text_rule_outranks_all)
{
    auto each = paid("-3.00");
    each.transaction.additional_text = "Account FEE May";
    each.rules = { { .text = "fee", .ledger_account = "6000" } };
    EXPECT_EQ(each.best(), "high6000");
}

TEST(Matching, a_number_is_found_as_people_write_it)
{
    struct Row {
        char const* text;
        char const* number;
        bool is_named;
    };
    for (auto const& row : std::vector<Row> {
             { "pays INV-10001.", "INV-10001", true },
             { "pays inv 10001", "INV-10001", true },
             { "INV-\n10001", "INV-10001", true },
             { "Rg10001", "10001", true },
             { "10001,10002", "10002", true },
             { "210001", "10001", false },
             { "100012", "10001", false },
             { "1000 1", "10001", true },
             { "No. 4711", "4711", false }, // Fewer than five.
             { "", "INV-10001", false },
             { "INV-1000", "INV-10001", false },
         }) {
        EXPECT_EQ(names_document(row.text, row.number), row.is_named) << row.text;
    }
}

TEST(Matching, parties_are_compared_without_legal_form_and_accents)
{
    KnownPayer const payer { .name = "Müller & Söhne GmbH", .town = "Köln" };
    EXPECT_EQ(party_match({ .name = "MULLER SOHNE" }, payer), PartyMatch::partially);
    EXPECT_EQ(
        party_match({ .name = "Müller Söhne GmbH", .town = "KÖLN" }, payer), PartyMatch::fully);
    EXPECT_EQ(party_match({ .name = "Meier GmbH" }, payer), PartyMatch::no);
    EXPECT_EQ(party_match({ .name = "Bank", .ultimate_name = "Müller Söhne" }, payer),
        PartyMatch::partially);
}

TEST(Matching, a_return_finds_the_payment_it_takes_back)
{
    std::vector<PostedPayment> payments {
        { .id = Id::from_name("1"),
            .amount = amount("100"),
            .end_to_end_id = "E1",
            .account = "A" },
        { .id = Id::from_name("2"),
            .amount = amount("100"),
            .transaction_id = "T2",
            .account = "B" },
    };
    BankTransaction back {
        .amount = amount("-100"), .end_to_end_id = "E1", .return_reason = "AC04"
    };
    EXPECT_EQ(find_returned_payment(back, payments), Id::from_name("1"));
    back.end_to_end_id = "";
    back.transaction_id = "T2";
    EXPECT_EQ(find_returned_payment(back, payments), Id::from_name("2"));
    back.transaction_id = "";
    EXPECT_EQ(find_returned_payment(back, payments), std::nullopt);
    back.counterparty.account = "B";
    EXPECT_EQ(find_returned_payment(back, payments), Id::from_name("2"));
    payments[0].account = "B";
    EXPECT_EQ(find_returned_payment(back, payments), std::nullopt);
}

}
