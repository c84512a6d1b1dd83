#include "server/demo/payments.h"

#include "apps/finance/bank/bank_messages.h"
#include "core/text.h"

#include <fmt/format.h>

namespace cashline::demo {

namespace {

constexpr char const* own_iban = "IE29AIBK93115212345678";

// An Irish account number of the payer's own, with right check digits.
std::string iban_of(std::string const& payer)
{
    std::uint64_t number = 5'381;
    for (auto const letter : payer) {
        number = (number * 33 + static_cast<unsigned char>(letter)) % 100'000'000'000'000;
    }
    // BOFI as digits (B = 11, O = 24, F = 15, I = 18), the number, IE as digits, "00"; modulo 97.
    auto const digits = fmt::format("11241518{:014}181400", number);
    unsigned rest = 0;
    for (auto const digit : digits) {
        rest = (rest * 10 + static_cast<unsigned>(digit - '0')) % 97;
    }
    return fmt::format("IE{:02}BOFI{:014}", 98 - rest, number);
}

std::string balance(std::string_view code, Date date)
{
    return fmt::format("<Bal><Tp><CdOrPrtry><Cd>{}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{}.00"
                       "</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{}</Dt></Dt></Bal>",
        code, bank_balance_units, date.to_string());
}

struct Entry {
    std::string reference {};
    std::string direction {};
    std::string party {}; // "Dbtr" of what comes in, "Cdtr" of what goes out
    Payment payment {};
};

std::string entry_text(Entry const& entry, Date date)
{
    auto const name = text::escape_html(entry.payment.payer);
    return fmt::format(
        "<Ntry><NtryRef>{0}</NtryRef><Amt Ccy=\"EUR\">{1}</Amt><CdtDbtInd>{2}</CdtDbtInd>"
        "<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{3}</Dt></BookgDt><NtryDtls><TxDtls><Refs>"
        "<EndToEndId>{0}</EndToEndId></Refs><RltdPties><{4}><Pty><Nm>{5}</Nm></Pty></{4}>"
        "<{4}Acct><Id><IBAN>{6}</IBAN></Id></{4}Acct></RltdPties><RmtInf><Ustrd>{7}</Ustrd>"
        "</RmtInf></TxDtls></NtryDtls></Ntry>",
        entry.reference, entry.payment.amount.to_string(2), entry.direction, date.to_string(),
        entry.party, name, iban_of(entry.payment.payer), text::escape_html(entry.payment.text));
}

Result<std::string> statement_file(Statement const& statement)
{
    std::string entries;
    Amount total;
    for (auto const& payment : statement.payments) {
        total = TRY(total.plus(payment.amount));
        entries += entry_text({ .reference = fmt::format("{}-{}", statement.number, entries.size()),
                                  .direction = "CRDT",
                                  .party = "Dbtr",
                                  .payment = payment },
            statement.date);
    }
    entries += entry_text({ .reference = statement.number + "-OUT",
                              .direction = "DBIT",
                              .party = "Cdtr",
                              .payment = { .payer = "Adventure Works (Ireland) Ltd",
                                  .amount = total,
                                  .text = "Transfer to the deposit account" } },
        statement.date);
    return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Document "
                       "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>"
                       "<GrpHdr><MsgId>M-{0}</MsgId><CreDtTm>{1}T20:00:00</CreDtTm></GrpHdr>"
                       "<Stmt><Id>{0}</Id><Acct><Id><IBAN>{2}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
                       "{3}{4}{5}</Stmt></BkToCstmrStmt></Document>",
        statement.number, statement.date.to_string(), own_iban, balance("OPBD", statement.date),
        balance("CLBD", statement.date), entries);
}

}

Result<Id> import_statement(Unit& unit, Statement const& statement)
{
    auto const file = TRY(statement_file(statement));
    auto const reply = TRY(unit.call(finance::ImportBankStatement {
        .file_name = statement.number + ".xml", .content = text::base64_encode(file) }));
    return reply.statement;
}

Result<void> post_statement(Unit& unit, Id statement)
{
    TRY(unit.call(finance::PostBankStatement { .statement = statement }));
    return {};
}

}
