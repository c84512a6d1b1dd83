#include "apps/finance/bank/camt.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace cashline::finance {

namespace {

std::string head(std::string_view version)
{
    return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                       "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.{}\">",
        version);
}
std::string const head_02 = head("02");
std::string const head_08 = head("08");

std::string balance(std::string_view code, std::string_view amount, std::string_view side = "CRDT")
{
    return fmt::format("<Bal><Tp><CdOrPrtry><Cd>{}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{}</Amt>"
                       "<CdtDbtInd>{}</CdtDbtInd><Dt><Dt>2026-05-04</Dt></Dt></Bal>",
        code, amount, side);
}

std::string entry(std::string_view amount, std::string_view side, std::string_view rest)
{
    return fmt::format(
        "<Ntry><NtryRef>N1</NtryRef><Amt Ccy=\"EUR\">{}</Amt><CdtDbtInd>{}</CdtDbtInd>{}</Ntry>",
        amount, side, rest);
}

std::string const booked = "<Sts>BOOK</Sts><BookgDt><Dt>2026-05-04</Dt></BookgDt>"
                           "<ValDt><DtTm>2026-05-05T00:30:00+02:00</DtTm></ValDt>";

std::string statement(std::string_view body, std::string_view id = "S1")
{
    return fmt::format("<Stmt><Id>{}</Id><ElctrncSeqNb>7</ElctrncSeqNb><Acct><Id>"
                       "<IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>{}</Stmt>",
        id, body);
}

std::string file(std::string const& start, std::string_view statements)
{
    return fmt::format(
        "{}<BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-05-04T20:00:00</CreDtTm>"
        "</GrpHdr>{}</BkToCstmrStmt></Document>",
        start, statements);
}

std::string const payment_02 = entry("362.50", "CRDT",
    booked
        + "<AcctSvcrRef>A1</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd>"
          "<SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs>"
          "<EndToEndId>NOTPROVIDED</EndToEndId><TxId>T1</TxId></Refs><RltdPties><Dbtr>"
          "<Nm>Northwind Traders</Nm></Dbtr><DbtrAcct><Id><IBAN>GB29NWBK60161331926819</IBAN></Id>"
          "</DbtrAcct></RltdPties><RltdAgts><DbtrAgt><FinInstnId><BIC>NWBKGB2L</BIC></FinInstnId>"
          "</DbtrAgt></RltdAgts><RmtInf><Ustrd>Invoice INV-</Ustrd><Ustrd>10001</Ustrd></RmtInf>"
          "</TxDtls></NtryDtls>");

std::string code_of(std::string const& bytes)
{
    auto const result = read_camt(bytes);
    return result ? "accepted" : result.error().code;
}

}

TEST(Camt, a_statement_of_version_02)
{
    auto const read = read_camt(file(head_02,
        statement(balance("OPBD", "100.00") + balance("CLBD", "462.50") + balance("CLAV", "400.00")
            + payment_02)));
    ASSERT_TRUE(read) << read.error().text;
    EXPECT_EQ(read->format, "camt.053.001.02");
    EXPECT_EQ(read->message_id, "M1");
    ASSERT_EQ(read->statements.size(), 1U);
    auto const& first = read->statements[0];
    EXPECT_EQ(first.account, "DE02120300000000202051");
    EXPECT_EQ(first.sequence, "7");
    EXPECT_EQ(first.opening, Amount::from_units(100));
    ASSERT_EQ(first.entries.size(), 1U);
    auto const& payment = first.entries[0];
    EXPECT_EQ(payment.amount.to_string(2), "362.50");
    EXPECT_EQ(payment.code, "PMNT/RCDT/ESCT");
    EXPECT_EQ(payment.value_date->to_string(), "2026-05-05");
    ASSERT_EQ(payment.transactions.size(), 1U);
    auto const& transaction = payment.transactions[0];
    EXPECT_EQ(transaction.end_to_end_id, ""); // NOTPROVIDED is no reference.
    EXPECT_EQ(transaction.transaction_id, "T1");
    EXPECT_EQ(transaction.counterparty.name, "Northwind Traders");
    EXPECT_EQ(transaction.counterparty.account, "GB29NWBK60161331926819");
    EXPECT_EQ(transaction.counterparty.bank, "NWBKGB2L");
    EXPECT_EQ(transaction.remittance, (std::vector<std::string> { "Invoice INV-", "10001" }));
}

TEST(Camt, version_08_with_codes_parties_and_structured_references)
{
    auto const body = balance("PRCD", "0.00") + balance("CLBD", "40.00", "DBIT")
        + entry("60.00", "CRDT",
            "<Sts><Cd>BOOK</Cd></Sts><NtryDtls><TxDtls><Refs><EndToEndId>E2E-1</EndToEndId></Refs>"
            "<Amt Ccy=\"EUR\">60.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><AmtDtls><InstdAmt>"
            "<Amt "
            "Ccy=\"USD\">66.00</Amt></InstdAmt></AmtDtls><RltdPties><Dbtr><Pty><Nm>Fabrikam</Nm>"
            "<PstlAdr><TwnNm>Leeds</TwnNm></PstlAdr></Pty></Dbtr></RltdPties><RltdAgts><DbtrAgt>"
            "<FinInstnId><BICFI>COBADEFF</BICFI></FinInstnId></DbtrAgt></RltdAgts><RmtInf><Strd>"
            "<RfrdDocInf><Nb>INV-2</Nb></RfrdDocInf><RfrdDocAmt><RmtdAmt "
            "Ccy=\"EUR\">60.00</RmtdAmt>"
            "</RfrdDocAmt><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></"
            "TxDtls>"
            "</NtryDtls>")
        + entry("100.00", "DBIT",
            "<RvslInd>true</RvslInd><Sts><Cd>BOOK</Cd></Sts><Chrgs><TtlChrgsAndTaxAmt "
            "Ccy=\"EUR\">3.00"
            "</TtlChrgsAndTaxAmt></Chrgs><NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Northwind</Nm></"
            "Dbtr>"
            "</RltdPties><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls>")
        + entry("5.00", "CRDT", "<Sts><Cd>PDNG</Cd></Sts>");
    auto const read = read_camt(file(head_08, statement(body)));
    ASSERT_TRUE(read) << read.error().text;
    auto const& first = read->statements[0];
    EXPECT_EQ(first.closing, Amount::from_units(-40));
    EXPECT_EQ(first.skipped_count, 1);
    ASSERT_EQ(first.entries.size(), 2U);
    auto const& incoming = first.entries[0].transactions[0];
    EXPECT_EQ(incoming.counterparty.name, "Fabrikam");
    EXPECT_EQ(incoming.counterparty.town, "Leeds");
    EXPECT_EQ(incoming.counterparty.bank, "COBADEFF");
    EXPECT_EQ(incoming.original_amount, Amount::from_units(66));
    EXPECT_EQ(incoming.original_currency, "USD");
    ASSERT_EQ(incoming.referred_documents.size(), 1U);
    EXPECT_EQ(incoming.referred_documents[0].amount, Amount::from_units(60));
    EXPECT_EQ(incoming.creditor_references, std::vector<std::string> { "RF18539007547034" });
    auto const& back = first.entries[1];
    EXPECT_TRUE(back.is_reversal);
    EXPECT_EQ(back.amount, Amount::from_units(-100));
    EXPECT_EQ(back.charges, Amount::from_units(3));
    EXPECT_EQ(back.transactions[0].return_reason, "AC04");
    EXPECT_EQ(back.transactions[0].counterparty.name, "Northwind");
}

TEST(Camt, prefixes_batches_several_statements_and_equal_entries)
{
    auto bytes = file(head_02,
        statement(balance("OPBD", "0") + balance("ITBD", "30.00")
            + entry("30.00", "CRDT",
                booked
                    + "<NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch><TxDtls><AmtDtls><TxAmt>"
                      "<Amt "
                      "Ccy=\"EUR\">10.00</Amt></TxAmt></AmtDtls></TxDtls><TxDtls><AmtDtls><TxAmt>"
                      "<Amt Ccy=\"EUR\">20.00</Amt></TxAmt></AmtDtls></TxDtls></NtryDtls>"))
            + statement(balance("ITBD", "30.00") + balance("CLBD", "32.00")
                    + entry("1.00", "CRDT", booked) + entry("1.00", "CRDT", booked),
                "S2"));
    auto const read = read_camt(bytes);
    ASSERT_TRUE(read) << read.error().text;
    ASSERT_EQ(read->statements.size(), 2U);
    auto const& batch = read->statements[0].entries[0];
    EXPECT_EQ(batch.batch_count, 2);
    ASSERT_EQ(batch.transactions.size(), 2U);
    EXPECT_EQ(batch.transactions[1].amount, Amount::from_units(20));
    auto const& twins = read->statements[1].entries;
    EXPECT_NE(twins[0].key, twins[1].key); // Two equal entries are two.
    EXPECT_EQ(read_camt(bytes)->statements[1].entries[1].key, twins[1].key); // The same file again.
    EXPECT_TRUE(check_continuity(read->statements[0], read->statements[1]));

    // The same with a prefix on every element.
    std::string prefixed;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        prefixed += bytes[i];
        auto const opens = bytes[i] == '<' || (bytes[i] == '/' && bytes[i - 1] == '<');
        if (opens && std::isalpha(static_cast<unsigned char>(bytes[i + 1])) != 0) {
            prefixed += "n:";
        }
    }
    prefixed.replace(prefixed.find("xmlns="), 6, "xmlns:n=");
    auto const again = read_camt(prefixed);
    ASSERT_TRUE(again) << again.error().text;
    EXPECT_EQ(again->statements[1].entries[1].key, twins[1].key);
}

TEST(Camt, a_torn_file_is_refused_with_its_place)
{
    auto const whole =
        file(head_02, statement(balance("OPBD", "100") + balance("CLBD", "462.50") + payment_02));
    ASSERT_EQ(code_of(whole), "accepted");
    // Wherever the file is cut off.
    for (std::size_t length = 0; length < whole.size(); length += 37) {
        EXPECT_NE(code_of(whole.substr(0, length)), "accepted") << length;
    }
    auto const torn = read_camt("\n<Document>\n<a></b>");
    EXPECT_EQ(torn.error().code, "camt_malformed");
    EXPECT_NE(torn.error().text.find("line 3"), std::string::npos) << torn.error().text;
}

TEST(Camt, what_is_no_statement_is_refused)
{
    auto const body = statement(balance("OPBD", "0") + balance("CLBD", "0"));
    auto const replaced = [&](std::string_view from, std::string_view to) {
        auto bytes = file(head_02, body);
        auto const at = bytes.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return code_of(bytes.replace(at, from.size(), to));
    };
    EXPECT_EQ(code_of(file(head_02, body)), "accepted");
    EXPECT_EQ(replaced("camt.053.001.02", "camt.054.001.02"), "camt_foreign");
    EXPECT_EQ(replaced("camt.053.001.02", "pain.001.001.03"), "camt_foreign");
    EXPECT_EQ(replaced("urn:iso", "urn:other"), "camt_foreign");
    EXPECT_EQ(replaced("<Document", "<!DOCTYPE x><Document"), "camt_foreign");
    EXPECT_EQ(replaced("<MsgId>M1</MsgId>", ""), "camt_incomplete");
    EXPECT_EQ(replaced("<Id>S1</Id>", ""), "camt_incomplete");
    EXPECT_EQ(replaced("<IBAN>DE02120300000000202051</IBAN>", ""), "camt_incomplete");
    EXPECT_EQ(replaced("OPBD", "XXXX"), "camt_incomplete");
    EXPECT_EQ(replaced("CLBD", "XXXX"), "camt_incomplete");
    EXPECT_EQ(replaced("M1", "M\xFF"), "camt_malformed");
    EXPECT_EQ(code_of(file(head_02, "")), "camt_incomplete");
    EXPECT_EQ(code_of(":20:STARTUMS\n:25:10020030/1234567\n"), "camt_foreign");
    EXPECT_EQ(code_of("date;amount\n2026-05-04;10"), "camt_malformed");
    EXPECT_EQ(code_of(""), "camt_malformed");
    EXPECT_EQ(code_of(std::string(camt_bytes_max + 1, ' ')), "camt_too_large");
}

TEST(Camt, amounts_are_exact_and_the_balances_add_up)
{
    auto const one_entry = [](std::string_view amount, std::string_view side,
                               std::string_view rest) {
        return code_of(file(head_02,
            statement(
                balance("OPBD", "0") + balance("CLBD", "10.00") + entry(amount, side, rest))));
    };
    EXPECT_EQ(one_entry("10.00", "CRDT", booked), "accepted");
    EXPECT_EQ(one_entry("10.01", "CRDT", booked), "bank_balance_differs");
    EXPECT_EQ(one_entry("10.00", "DBIT", booked), "bank_balance_differs");
    EXPECT_EQ(one_entry("10.00", "XXXX", booked), "camt_value_invalid");
    EXPECT_EQ(one_entry("10,00", "CRDT", booked), "camt_value_invalid");
    EXPECT_EQ(one_entry("-10.00", "CRDT", booked), "camt_value_invalid");
    EXPECT_EQ(one_entry("1e1", "CRDT", booked), "camt_value_invalid");
    EXPECT_EQ(one_entry("10.00", "CRDT", "<Sts>PDNG</Sts>"), "bank_balance_differs");
    EXPECT_EQ(one_entry("10.00", "CRDT", "<Sts>BOOK</Sts><BookgDt><Dt>2026-02-30</Dt></BookgDt>"),
        "camt_value_invalid");
    auto foreign = file(head_02,
        statement(
            balance("OPBD", "0") + balance("CLBD", "10.00") + entry("10.00", "CRDT", booked)));
    foreign.replace(foreign.rfind("Ccy=\"EUR\""), 9, "Ccy=\"USD\"");
    EXPECT_EQ(code_of(foreign), "bank_currency_differs");
    EXPECT_EQ(code_of(file(head_02,
                  statement(balance("OPBD", "0") + balance("CLBD", "10.00")
                      + "<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries></TxsSummry>"
                      + entry("10.00", "CRDT", booked)))),
        "camt_incomplete");
}

TEST(Camt, statements_of_one_account_follow_each_other)
{
    BankStatement first {
        .id = "1", .account = "A", .currency = "EUR", .closing = Amount::from_units(5)
    };
    BankStatement next {
        .id = "2", .account = "A", .currency = "EUR", .opening = Amount::from_units(5)
    };
    EXPECT_TRUE(check_continuity(first, next));
    next.opening = Amount::from_units(6);
    EXPECT_EQ(check_continuity(first, next).error().code, "bank_statement_gap");
    first.to = Date::of(2026, 5, 4);
    next.from = Date::of(2026, 5, 3);
    EXPECT_EQ(check_continuity(first, next).error().code, "bank_statement_overlap");
    next.account = "B";
    EXPECT_EQ(check_continuity(first, next).error().code, "bank_account_differs");
    next.entries.push_back({ .currency = "EUR", .booking_date = Date::of(2026, 5, 2) });
    EXPECT_EQ(check_statement(next).error().code, "bank_date_outside");
}

}
