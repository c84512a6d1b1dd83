// A camt.053.001.08 statement of the demo company's account, as its bank would send it.
#pragma once

#include <fmt/format.h>
#include <string>
#include <vector>

namespace cashline::story {

struct BankEntry {
    std::string amount {};
    std::string payer {};
    std::string text {};
    std::string end_to_end {};
    std::string returned {}; // reason code of RtrInf: money that went back
};

struct BankFile {
    std::string number {};
    std::string date {};
    std::string opening {};
    std::string closing {};
    std::vector<BankEntry> entries {};
};

inline std::string text_of(BankFile const& file)
{
    auto const balance = [&](std::string_view code, std::string_view amount) {
        return fmt::format("<Bal><Tp><CdOrPrtry><Cd>{}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{}"
                           "</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{}</Dt></Dt></Bal>",
            code, amount, file.date);
    };
    std::string entries;
    for (auto const& entry : file.entries) {
        auto const reason = entry.returned.empty()
            ? std::string {}
            : "<RtrInf><Rsn><Cd>" + entry.returned + "</Cd></Rsn></RtrInf>";
        entries += fmt::format(
            "<Ntry><NtryRef>{0}-{1}</NtryRef><Amt Ccy=\"EUR\">{2}</Amt><CdtDbtInd>{3}</CdtDbtInd>"
            "<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{4}</Dt></BookgDt><NtryDtls><TxDtls><Refs>"
            "<EndToEndId>{1}</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>{5}</Nm></Pty></Dbtr>"
            "<DbtrAcct><Id><IBAN>GB29NWBK60161331926819</IBAN></Id></DbtrAcct></RltdPties>"
            "<RmtInf><Ustrd>{6}</Ustrd></RmtInf>{7}</TxDtls></NtryDtls></Ntry>",
            file.number, entry.end_to_end, entry.amount, entry.returned.empty() ? "CRDT" : "DBIT",
            file.date, entry.payer, entry.text, reason);
    }
    return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Document "
                       "xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>"
                       "<GrpHdr><MsgId>M-{0}</MsgId><CreDtTm>{1}T20:00:00</CreDtTm></GrpHdr>"
                       "<Stmt><Id>{0}</Id><Acct><Id><IBAN>IE29AIBK93115212345678</IBAN></Id>"
                       "<Ccy>EUR</Ccy></Acct>{2}{3}{4}</Stmt></BkToCstmrStmt></Document>",
        file.number, file.date, balance("OPBD", file.opening), balance("CLBD", file.closing),
        entries);
}

}
