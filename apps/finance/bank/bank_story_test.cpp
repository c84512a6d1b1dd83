#include "apps/finance/bank/statement_line_table.h"
#include "apps/finance/bank/statement_table.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/finance/ledger/customer_transaction_table.h"
#include "apps/finance/order/order_testing.h"
#include "core/text.h"

#include <fmt/format.h>

namespace cashline::finance {
namespace {

struct BankLine {
    std::string amount {};
    std::string text {};
    std::string end_to_end {};
    std::string returned {}; // reason code
};

// camt.053.001.08 of the company's account.
std::string statement_file(std::string const& id, std::string const& opening,
    std::string const& closing, std::vector<BankLine> const& lines)
{
    auto const balance = [](std::string_view code, std::string_view amount) {
        return fmt::format("<Bal><Tp><CdOrPrtry><Cd>{}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{}"
                           "</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2027-03-02</Dt></Dt></Bal>",
            code, amount);
    };
    std::string entries;
    for (auto const& line : lines) {
        auto const reason = line.returned.empty()
            ? std::string {}
            : "<RtrInf><Rsn><Cd>" + line.returned + "</Cd></Rsn></RtrInf>";
        entries += fmt::format(
            "<Ntry><NtryRef>{}-{}</NtryRef><Amt Ccy=\"EUR\">{}</Amt><CdtDbtInd>{}</CdtDbtInd>"
            "<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2027-03-02</Dt></BookgDt>"
            "<NtryDtls><TxDtls><Refs><EndToEndId>{}</EndToEndId></Refs><RltdPties><Dbtr><Pty>"
            "<Nm>Northwind Traders</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>GB29NWBK60161331926819"
            "</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>{}</Ustrd></RmtInf>{}</TxDtls>"
            "</NtryDtls></Ntry>",
            id, line.end_to_end, line.amount, line.returned.empty() ? "CRDT" : "DBIT",
            line.end_to_end, line.text, reason);
    }
    return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Document "
                       "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>"
                       "<GrpHdr><MsgId>M-{}</MsgId><CreDtTm>2027-03-02T20:00:00</CreDtTm></GrpHdr>"
                       "<Stmt><Id>{}</Id><Acct><Id><IBAN>IE29AIBK93115212345678</IBAN></Id>"
                       "<Ccy>EUR</Ccy></Acct>{}{}{}</Stmt></BkToCstmrStmt></Document>",
        id, id, balance("OPBD", opening), balance("CLBD", closing), entries);
}

class BankTest : public OrderTest {
protected:
    json::Value body(std::string const& file)
    {
        return json::Object { { "FileName", "march.xml" },
            { "Content", text::base64_encode(file) } };
    }
    std::string import(std::string const& file)
    {
        return std::string(call(m_ines, "cl_ImportBankStatement", body(file)).text("StatementId"));
    }
    json::Value post(std::string const& statement)
    {
        return call(m_ines, "cl_PostBankStatement", json::Object { { "StatementId", statement } });
    }
    Row first_bank_line() { return rows(Query::from(statement_line::table))[0]; }
    Row the_invoice() { return rows(Query::from(finance_invoice::table))[0]; }
    std::string number_of_invoice() { return the_invoice().text_or(finance_invoice::number); }
};
INSTANTIATE_TEST_SUITE_P(Databases, BankTest, both_databases(), database_name);

TEST_P(BankTest, a_payment_settles_its_invoice_and_a_return_opens_it_again)
{
    invoice(add_board_order());
    auto const number = number_of_invoice();
    auto const statement = import(
        statement_file("S1", "100.00", "678.10", { { "578.10", "Invoice " + number, "E2E-1" } }));
    EXPECT_EQ(first_bank_line().get(statement_line::line_status), StatementLineLineStatus::matched);
    auto const posted = post(statement);
    EXPECT_EQ(posted.integer("Posted"), 1);
    EXPECT_EQ(posted.integer("Settled"), 1);
    EXPECT_EQ(posted.integer("Open"), 0);
    EXPECT_EQ(
        the_invoice().get(finance_invoice::payment_status), FinanceInvoicePaymentStatus::paid);
    EXPECT_EQ(customer_balance(), Amount {});
    EXPECT_EQ(account_balance("1100"), money("578.10"));
    expect_balanced();

    // The bank takes it back.
    auto const back = import(statement_file(
        "S2", "678.10", "100.00", { { "578.10", "Return " + number, "E2E-1", "AC04" } }));
    EXPECT_EQ(post(back).integer("Posted"), 1);
    EXPECT_EQ(
        the_invoice().get(finance_invoice::payment_status), FinanceInvoicePaymentStatus::open);
    EXPECT_EQ(the_invoice().amount_or_zero(finance_invoice::open), money("578.10"));
    EXPECT_EQ(customer_balance(), money("578.10"));
    EXPECT_EQ(account_balance("1100"), Amount {});
    EXPECT_EQ(
        rows(Query::from(customer_transaction::table).where(customer_transaction::is_open == true))
            .size(),
        1U);
    expect_balanced();
}

TEST_P(BankTest, posting_twice_changes_nothing)
{
    invoice(add_board_order());
    auto const statement = import(statement_file(
        "S1", "0.00", "578.10", { { "578.10", "Invoice " + number_of_invoice(), "E2E-1" } }));
    post(statement);
    EXPECT_EQ(post(statement).integer("Posted"), 0);
    EXPECT_EQ(account_balance("1100"), money("578.10"));
}

TEST_P(BankTest, a_part_payment_leaves_the_rest_open)
{
    invoice(add_board_order());
    auto const statement =
        import(statement_file("S1", "0.00", "100.00", { { "100.00", "hello", "E2E-1" } }));
    auto const line = first_bank_line();
    json::Value const match { json::Object { { "InvoiceId", the_invoice().id().to_string() } } };
    call(m_ines, "cl_MatchBankLine",
        json::Object {
            { "LineId", line.id().to_string() }, { "Invoices", json::Array { match } } });
    post(statement);
    EXPECT_EQ(the_invoice().amount_or_zero(finance_invoice::open), money("478.10"));
    EXPECT_EQ(the_invoice().get(finance_invoice::payment_status),
        FinanceInvoicePaymentStatus::partially_paid);
    expect_balanced();
}

TEST_P(BankTest, what_nobody_matched_stays_open)
{
    auto const statement =
        import(statement_file("S1", "0.00", "9.99", { { "9.99", "no idea", "E2E-1" } }));
    EXPECT_EQ(post(statement).integer("Open"), 1);
    EXPECT_EQ(account_balance("1100"), Amount {});
    auto const page =
        call(m_ines, "cl_RetrieveBankStatement", json::Object { { "StatementId", statement } });
    EXPECT_EQ(page.integer("openCount"), 1);
    EXPECT_EQ(page.array("lines").at(0).text("status"), "open");
    EXPECT_EQ(page.array("lines").at(0).text("amountText"), "€9.99");
    auto const list =
        call(m_ines, "cl_RetrieveBankStatements", json::Object { { "Company", company_code } });
    EXPECT_EQ(list.array("statements").size(), 1U);
}

TEST_P(BankTest, torn_foreign_and_known_statements_are_refused)
{
    auto const refused = [&](std::string const& file) {
        return refusal(m_ines, "cl_ImportBankStatement", body(file));
    };
    auto const whole = statement_file("S1", "0.00", "9.99", { { "9.99", "x", "E2E-1" } });
    EXPECT_EQ(refused(whole.substr(0, whole.size() / 2)), "camt_malformed");
    EXPECT_EQ(refused("<html/>"), "camt_foreign");
    EXPECT_EQ(refused(statement_file("S1", "0.00", "10.00", { { "9.99", "x", "E2E-1" } })),
        "bank_balance_differs");
    auto foreign = whole;
    foreign.replace(foreign.find("IE29AIBK93115212345678"), 22, "DE02120300000000202051");
    EXPECT_EQ(refused(foreign), "bank_account_unknown");
    EXPECT_TRUE(rows(Query::from(statement::table)).empty());
    import(whole);
    EXPECT_EQ(refused(whole), "bank_statement_duplicate");
    EXPECT_EQ(refused(statement_file("S2", "5.00", "6.00", { { "1.00", "x", "E2E-2" } })),
        "bank_statement_gap");
    EXPECT_EQ(refusal(m_ines, "cl_ImportBankStatement",
                  json::Object { { "FileName", "x" }, { "Content", "***" } }),
        "InvalidArgument");
    EXPECT_EQ(refusal(m_otto, "cl_ImportBankStatement", body(whole)), "PrivilegeDenied");
}

}
}
