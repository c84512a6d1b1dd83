// The client of the bank: camt.053 statements that pay what was invoiced, each beginning where the
// one before ended. Only one client can do this, since statements have an order.
#include "core/decimal.h"
#include "core/text.h"
#include "tests/faults/client.h"

#include <fmt/format.h>

namespace cashline::faults {

namespace {

constexpr std::size_t payments_max = 5;

struct Payment {
    OpenInvoice invoice {};
    std::shared_ptr<Belief> belief {};
};

struct Statement {
    std::string number {};
    std::string opening {};
    std::string closing {};
    std::vector<Payment> payments {};
};

std::string balance_xml(std::string_view code, std::string_view amount)
{
    return fmt::format("<Bal><Tp><CdOrPrtry><Cd>{}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{}</Amt>"
                       "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2027-03-02</Dt></Dt></Bal>",
        code, amount);
}

std::string camt_of(Statement const& statement)
{
    std::string entries;
    for (auto const& payment : statement.payments) {
        entries += fmt::format(
            "<Ntry><NtryRef>{0}</NtryRef><Amt Ccy=\"EUR\">{1}</Amt><CdtDbtInd>CRDT</CdtDbtInd>"
            "<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2027-03-02</Dt></BookgDt><NtryDtls><TxDtls>"
            "<Refs><EndToEndId>{0}</EndToEndId></Refs>"
            "<RltdPties><Dbtr><Pty><Nm>{2}</Nm></Pty></Dbtr></RltdPties>"
            "<RmtInf><Ustrd>Invoice {0}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>",
            payment.invoice.number, payment.invoice.amount, payment.invoice.payer);
    }
    return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Document "
                       "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>"
                       "<GrpHdr><MsgId>M-{0}</MsgId><CreDtTm>2027-03-02T20:00:00</CreDtTm></GrpHdr>"
                       "<Stmt><Id>{0}</Id><Acct><Id><IBAN>IE29AIBK93115212345678</IBAN></Id>"
                       "<Ccy>EUR</Ccy></Acct>{1}{2}{3}</Stmt></BkToCstmrStmt></Document>",
        statement.number, balance_xml("OPBD", statement.opening),
        balance_xml("CLBD", statement.closing), entries);
}

std::string sum_of(std::string const& left, std::string const& right)
{
    auto const sum = Decimal::parse(left).value().plus(Decimal::parse(right).value());
    return sum.value().rounded(2, Rounding::half_away).to_string();
}

constexpr char const* unpaid = "0 open";
constexpr char const* paid = "2 0";

// "2 0": paid and nothing open; "0 open" whatever was invoiced.
Result<std::string> payment_of(load::WebAPI& api, OpenInvoice const& invoice)
{
    auto const found = TRY(rows_of(api,
        "SalesInvoiceHeadersV2?$select=paymentstatus,openamount&$filter=invoicenumber eq '"
            + invoice.number + "'"));
    if (found.size() != 1) {
        return fmt::format("{} invoices", found.size());
    }
    auto const open = plain_text(found.front().find("openamount"));
    return plain_text(found.front().find("paymentstatus")) + " "
        + (open == invoice.amount ? "open" : open);
}

class Banker final : public Client {
public:
    using Client::Client;

protected:
    bool step(load::WebAPI& api) override;
    void resume(load::WebAPI& api) override;

private:
    Statement next_statement();
    bool import(load::WebAPI& api);
    bool post(load::WebAPI& api);

    std::optional<Statement> m_statement {}; // not posted yet
    std::shared_ptr<Belief> m_imported {};
    std::string m_balance {}; // where the last imported statement ended
};

// Where the account stands before the first statement of this load.
Result<std::string> balance_of(load::WebAPI& api)
{
    auto const found = TRY(rows_of(api,
        "BankStatements?$select=closingamount&$filter=dataareaid eq 'awie'"
        "&$orderby=todate desc,createdon desc&$top=1"));
    return found.empty() ? std::string("0.00") : plain_text(found.front().find("closingamount"));
}

bool Banker::step(load::WebAPI& api)
{
    if (m_statement) {
        return m_imported->state() == absent ? import(api) : post(api);
    }
    if (m_balance.empty()) {
        auto balance = balance_of(api);
        if (!balance) {
            return false;
        }
        m_balance = std::move(*balance);
    }
    auto statement = next_statement();
    if (statement.payments.empty()) {
        // Nothing to pay yet; looking asks the server only a little.
        return api.retrieve("BankStatements?$select=statementnumber&$top=1").is_known();
    }
    auto const number = statement.number;
    m_statement = std::move(statement);
    m_imported = believe(
        "statement " + number, absent, [number](load::WebAPI& asked) -> Result<std::string> {
            auto const found = TRY(rows_of(asked,
                "BankStatements?$select=closingamount&$filter=statementnumber eq '" + number
                    + "'"));
            return found.empty() ? absent : plain_text(found.front().find("closingamount"));
        });
    return import(api);
}

// What was in doubt is known by now: a statement that arrived counts.
void Banker::resume(load::WebAPI&)
{
    if (m_statement && m_imported->state() != absent) {
        m_balance = m_statement->closing;
    }
}

Statement Banker::next_statement()
{
    Statement statement { .number = new_text("CAMT"), .opening = m_balance, .closing = m_balance };
    for (auto const& invoice : shared().take(payments_max)) {
        statement.closing = sum_of(statement.closing, invoice.amount);
        statement.payments.push_back({ invoice,
            believe("payment of " + invoice.number, unpaid,
                [invoice](load::WebAPI& asked) { return payment_of(asked, invoice); }) });
    }
    return statement;
}

bool Banker::import(load::WebAPI& api)
{
    auto const answer = api.call("cl_ImportBankStatement",
        json::Object { { "FileName", m_statement->number + ".xml" },
            { "Content", text::base64_encode(camt_of(*m_statement)) } });
    auto const closing = Decimal::parse(m_statement->closing).value();
    auto const outcome = note(*m_imported, answer, closing.without_trailing_zeros().to_string());
    if (outcome == Outcome::done) {
        m_balance = m_statement->closing;
    }
    return outcome != Outcome::unknown;
}

bool Banker::post(load::WebAPI& api)
{
    auto const found = rows_of(api,
        "BankStatements?$select=statementnumber&$filter=statementnumber eq '" + m_statement->number
            + "'");
    if (!found || found->empty()) {
        return false;
    }
    auto const answer = api.call("cl_PostBankStatement",
        json::Object { { "StatementId", found->front().text("finbankstatementid") } });
    auto outcome = Outcome::done;
    for (auto const& payment : m_statement->payments) {
        outcome = note(*payment.belief, answer, paid);
    }
    if (outcome == Outcome::done) {
        m_statement.reset();
    }
    return outcome != Outcome::unknown;
}

}

std::unique_ptr<Client> make_banker(ClientOptions options, Shared& shared)
{
    return std::make_unique<Banker>(options, shared);
}

}
