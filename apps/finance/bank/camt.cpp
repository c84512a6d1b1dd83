#include "apps/finance/bank/camt.h"

#include "core/text.h"
#include "platform/pages/xml.h"

#include <algorithm>

namespace cashline::finance {

namespace {

constexpr std::string_view namespace_stem = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.";

// Absent elements are null all the way down.
using Node = xml::Element const*;

Node find(Node node, std::string_view path) { return node == nullptr ? nullptr : node->find(path); }

std::vector<Node> children(Node node, std::string_view name)
{
    return node == nullptr ? std::vector<Node> {} : node->all(name);
}

std::string text_of(Node node)
{
    return node == nullptr ? std::string {} : std::string(text::trim(node->text));
}

std::string text_at(Node node, std::string_view path) { return text_of(find(node, path)); }

std::string attribute_of(Node node, std::string_view name)
{
    return node == nullptr ? std::string {} : std::string(node->attribute(name));
}

// The first of several places a value may stand in.
std::string first_text(Node node, std::initializer_list<std::string_view> paths)
{
    for (auto const path : paths) {
        if (auto found = text_at(node, path); !found.empty()) {
            return found;
        }
    }
    return {};
}

class CamtReader {
public:
    Result<BankFile> read(std::string_view bytes);

private:
    Result<void> read_header(Node message);
    Result<BankStatement> read_statement(Node) const;
    Result<void> read_account(Node, BankStatement&) const;
    Result<void> read_balances(Node, BankStatement&) const;
    Result<BankEntry> read_entry(Node, std::string_view where) const;
    Result<void> read_transactions(Node, BankEntry&, std::string_view where) const;
    Result<BankTransaction> read_transaction(Node, BankEntry const&, std::string_view where) const;
    Result<void> read_transaction_amount(
        Node, BankTransaction&, BankEntry const&, std::string_view where) const;
    Result<void> read_remittance(Node, BankTransaction&, std::string_view where) const;

    BankFile m_file {};
};

Refusal incomplete(std::string_view where, std::string_view element)
{
    return invalid("camt_incomplete",
        "The file has no " + std::string(element) + " in " + std::string(where)
            + ". Ask the bank for the whole statement.");
}

Refusal value_invalid(std::string_view where, std::string_view what, std::string_view value)
{
    return invalid("camt_value_invalid",
        "\"" + std::string(value.substr(0, 60)) + "\" in " + std::string(where) + " is no "
            + std::string(what) + ".");
}

Result<Amount> amount_of(Node node, std::string_view where)
{
    auto const value = text_of(node);
    auto const amount = Amount::parse(value);
    // Digits and a point only: XML decimals have no exponent, and the sign is elsewhere.
    if (!amount || value.find_first_not_of("0123456789.") != std::string::npos) {
        return value_invalid(where, "amount", value);
    }
    return *amount;
}

// The sign is only in the indicator.
Result<Amount> signed_amount(Node amount, std::string_view indicator, std::string_view where)
{
    if (amount == nullptr) {
        return incomplete(where, "Amt");
    }
    auto const value = TRY(amount_of(amount, where));
    if (indicator == "CRDT") {
        return value;
    }
    if (indicator == "DBIT") {
        return value.negated();
    }
    return value_invalid(where, "credit or debit indicator", indicator);
}

// Dt, or the day as the bank wrote it in DtTm: its own clock decides on which day something was
// booked.
Result<std::optional<Date>> date_at(Node node, std::string_view path, std::string_view where)
{
    auto const base = find(node, path);
    auto const value = first_text(base, { "Dt", "DtTm" });
    if (value.empty()) {
        return std::optional<Date> {};
    }
    auto const date = Date::parse(std::string_view(value).substr(0, 10));
    if (!date) {
        return value_invalid(where, "date", value);
    }
    return date;
}

std::string provided(std::string value) { return value == "NOTPROVIDED" ? std::string {} : value; }

BankParty party_of(Node transaction, std::string_view role)
{
    auto const parties = find(transaction, "RltdPties");
    auto const agents = find(transaction, "RltdAgts");
    auto const name = std::string(role);
    // Dbtr/Nm in .02, Dbtr/Pty/Nm in .08; both occur in files that say .08.
    auto const party = find(parties, name);
    return { .name = first_text(party, { "Pty/Nm", "Nm", "Agt/FinInstnId/Nm" }),
        .account = first_text(find(parties, name + "Acct"), { "Id/IBAN", "Id/Othr/Id" }),
        .bank = first_text(find(agents, name + "Agt"),
            { "FinInstnId/BICFI", "FinInstnId/BIC", "FinInstnId/ClrSysMmbId/MmbId" }),
        .ultimate_name = first_text(find(parties, "Ultmt" + name), { "Pty/Nm", "Nm" }),
        .town = first_text(party, { "Pty/PstlAdr/TwnNm", "PstlAdr/TwnNm" }) };
}

std::string code_of(Node entry)
{
    auto const code = find(entry, "BkTxCd");
    auto domain = text_at(code, "Domn/Cd");
    if (domain.empty()) {
        return text_at(code, "Prtry/Cd");
    }
    return domain + "/" + text_at(code, "Domn/Fmly/Cd") + "/"
        + text_at(code, "Domn/Fmly/SubFmlyCd");
}

Result<void> CamtReader::read_remittance(
    Node node, BankTransaction& transaction, std::string_view where) const
{
    auto const remittance = find(node, "RmtInf");
    for (auto const line : children(remittance, "Ustrd")) {
        transaction.remittance.push_back(text_of(line));
    }
    for (auto const structured : children(remittance, "Strd")) {
        for (auto const document : children(structured, "RfrdDocInf")) {
            ReferredDocument referred { .number = text_at(document, "Nb") };
            if (auto const amount = find(structured, "RfrdDocAmt/RmtdAmt")) {
                referred.amount = TRY(amount_of(amount, where));
            }
            if (!referred.number.empty()) {
                transaction.referred_documents.push_back(std::move(referred));
            }
        }
        if (auto reference = text_at(structured, "CdtrRefInf/Ref"); !reference.empty()) {
            transaction.creditor_references.push_back(std::move(reference));
        }
    }
    return {};
}

Result<void> CamtReader::read_transaction_amount(
    Node node, BankTransaction& transaction, BankEntry const& entry, std::string_view where) const
{
    auto indicator = text_at(node, "CdtDbtInd");
    if (indicator.empty()) {
        indicator = entry.amount.is_negative() ? "DBIT" : "CRDT";
    }
    auto amount = find(node, "Amt");
    if (amount == nullptr) {
        amount = find(node, "AmtDtls/TxAmt/Amt");
    }
    auto const instructed = find(node, "AmtDtls/InstdAmt/Amt");
    transaction.amount = entry.amount;
    transaction.currency = entry.currency;
    if (amount) {
        transaction.amount = TRY(signed_amount(amount, indicator, where));
        transaction.currency = attribute_of(amount, "Ccy");
    }
    std::string const original = attribute_of(instructed, "Ccy");
    if (instructed && original != entry.currency) {
        transaction.original_amount = TRY(signed_amount(instructed, indicator, where));
        transaction.original_currency = original;
    }
    return {};
}

Result<BankTransaction> CamtReader::read_transaction(
    Node node, BankEntry const& entry, std::string_view where) const
{
    BankTransaction transaction;
    TRY(read_transaction_amount(node, transaction, entry, where));
    auto const references = find(node, "Refs");
    transaction.end_to_end_id = provided(text_at(references, "EndToEndId"));
    transaction.transaction_id = provided(text_at(references, "TxId"));
    transaction.payment_information_id = provided(text_at(references, "PmtInfId"));
    transaction.instruction_id = provided(text_at(references, "InstrId"));
    transaction.message_id = provided(text_at(references, "MsgId"));
    transaction.mandate_id = text_at(references, "MndtId");
    transaction.servicer_reference = text_at(references, "AcctSvcrRef");
    // In a return the money goes back the way it came: the other party keeps its role of the first
    // payment.
    auto const returned = find(node, "RtrInf");
    transaction.return_reason = first_text(returned, { "Rsn/Cd", "Rsn/Prtry" });
    if (returned && transaction.return_reason.empty()) {
        transaction.return_reason = "NARR"; // Returned without a reason given.
    }
    auto const is_money_in = !transaction.amount.is_negative();
    auto const shows_debtor = is_money_in != transaction.is_return();
    transaction.counterparty = party_of(node, shows_debtor ? "Dbtr" : "Cdtr");
    if (transaction.counterparty.name.empty() && transaction.counterparty.account.empty()) {
        transaction.counterparty = party_of(node, shows_debtor ? "Cdtr" : "Dbtr");
    }
    TRY(read_remittance(node, transaction, where));
    transaction.additional_text = text_at(node, "AddtlTxInf");
    return transaction;
}

Result<void> CamtReader::read_transactions(
    Node node, BankEntry& entry, std::string_view where) const
{
    for (auto const details : children(node, "NtryDtls")) {
        auto const count = text_at(details, "Btch/NbOfTxs");
        if (!count.empty()) {
            auto const number = Decimal::parse(count);
            if (!number || !number->to_scaled(0)) {
                return value_invalid(where, "number of payments", count);
            }
            entry.batch_count += *number->to_scaled(0);
        }
        for (auto const transaction : children(details, "TxDtls")) {
            entry.transactions.push_back(TRY(read_transaction(transaction, entry, where)));
        }
    }
    if (entry.transactions.empty()) {
        entry.transactions.push_back({ .amount = entry.amount,
            .currency = entry.currency,
            .additional_text = entry.additional_text });
    }
    return {};
}

Result<BankEntry> CamtReader::read_entry(Node node, std::string_view where) const
{
    BankEntry entry;
    auto const amount = find(node, "Amt");
    entry.amount = TRY(signed_amount(amount, text_at(node, "CdtDbtInd"), where));
    entry.currency = attribute_of(amount, "Ccy");
    if (entry.currency.empty()) {
        return incomplete(where, "currency (Ccy)");
    }
    entry.is_reversal = text_at(node, "RvslInd") == "true" || text_at(node, "RvslInd") == "1";
    entry.booking_date = TRY(date_at(node, "BookgDt", where));
    entry.value_date = TRY(date_at(node, "ValDt", where));
    entry.reference = text_at(node, "NtryRef");
    entry.servicer_reference = text_at(node, "AcctSvcrRef");
    entry.code = code_of(node);
    entry.additional_text = text_at(node, "AddtlNtryInf");
    if (auto const total = find(node, "Chrgs/TtlChrgsAndTaxAmt")) {
        entry.charges = TRY(amount_of(total, where));
    }
    TRY(read_transactions(node, entry, where));
    return entry;
}

Result<void> CamtReader::read_account(Node node, BankStatement& statement) const
{
    auto const where = "statement " + statement.id;
    statement.account = first_text(node, { "Acct/Id/IBAN", "Acct/Id/Othr/Id" });
    if (statement.account.empty()) {
        return incomplete(where, "account (Acct/Id)");
    }
    statement.currency = text_at(node, "Acct/Ccy");
    statement.owner = first_text(node, { "Acct/Ownr/Nm", "Acct/Nm" });
    auto const period = find(node, "FrToDt");
    for (auto const& [name, target] :
        { std::pair { "FrDtTm", &statement.from }, std::pair { "ToDtTm", &statement.to } }) {
        auto const value = text_at(period, name);
        *target = Date::parse(std::string_view(value).substr(0, 10));
        if (!value.empty() && !*target) {
            return value_invalid(where, "date", value);
        }
    }
    return {};
}

// OPBD or, from banks that repeat yesterday's, PRCD; pages in between carry ITBD at both ends.
Result<void> CamtReader::read_balances(Node node, BankStatement& statement) const
{
    auto const where = "statement " + statement.id;
    struct Found {
        Amount amount {};
        std::optional<Date> date {};
    };
    std::optional<Found> opening;
    std::optional<Found> closing;
    bool opening_is_exact = false;
    bool closing_is_exact = false;
    for (auto const balance : children(node, "Bal")) {
        auto const code = text_at(balance, "Tp/CdOrPrtry/Cd");
        auto const amount = find(balance, "Amt");
        Found const found { TRY(signed_amount(amount, text_at(balance, "CdtDbtInd"), where)),
            TRY(date_at(balance, "Dt", where)) };
        std::string const currency = attribute_of(amount, "Ccy");
        auto const is_interim = code == "ITBD";
        if (code == "OPBD" || (!opening_is_exact && (code == "PRCD" || (is_interim && !opening)))) {
            opening = found;
            opening_is_exact = code == "OPBD";
            statement.currency = statement.currency.empty() ? currency : statement.currency;
        } else if (code == "CLBD" || (!closing_is_exact && is_interim)) {
            closing = found;
            closing_is_exact = code == "CLBD";
        }
    }
    if (!opening || !closing) {
        return incomplete(where, !opening ? "opening balance" : "closing balance");
    }
    statement.opening = opening->amount;
    statement.opening_date = opening->date;
    statement.closing = closing->amount;
    statement.closing_date = closing->date;
    return {};
}

// The bank's own reference where it is there; else what the entry says, and which of several equal
// ones it is.
void give_keys(BankStatement& statement)
{
    std::vector<std::string> used;
    for (auto& entry : statement.entries) {
        auto const& first = entry.transactions.front();
        auto key = entry.servicer_reference;
        key += "|" + entry.reference + "|" + entry.amount.to_string();
        key += "|" + (entry.booking_date ? entry.booking_date->to_string() : "");
        key += "|" + first.end_to_end_id + "|" + first.transaction_id + "|"
            + first.counterparty.account;
        for (auto const& line : first.remittance) {
            key += "|" + line;
        }
        auto const count = std::ranges::count(used, key);
        used.push_back(key);
        entry.key = key + "|" + std::to_string(count);
    }
}

Result<BankStatement> CamtReader::read_statement(Node node) const
{
    BankStatement statement { .id = text_at(node, "Id") };
    if (statement.id.empty()) {
        return incomplete("a statement", "Id");
    }
    statement.sequence = first_text(node, { "ElctrncSeqNb", "LglSeqNb" });
    TRY(read_account(node, statement));
    TRY(read_balances(node, statement));
    std::size_t number = 0;
    for (auto const entry : children(node, "Ntry")) {
        ++number;
        // Text in .02, Sts/Cd from .04 on; take BOOK only.
        auto const status = first_text(entry, { "Sts/Cd", "Sts" });
        if (status != "BOOK") {
            ++statement.skipped_count;
            continue;
        }
        auto const where = "entry " + std::to_string(number) + " of statement " + statement.id;
        statement.entries.push_back(TRY(read_entry(entry, where)));
    }
    auto const announced = text_at(node, "TxsSummry/TtlNtries/NbOfNtries");
    if (!announced.empty() && announced != std::to_string(number)) {
        return invalid("camt_incomplete",
            "Statement " + statement.id + " announces " + announced + " entries but has "
                + std::to_string(number) + ". Ask the bank for the whole file.");
    }
    give_keys(statement);
    TRY(check_statement(statement));
    return statement;
}

Result<std::string> format_of(xml::Element const& root)
{
    std::string_view const space = root.namespace_uri;
    if (space.starts_with(namespace_stem) && space.size() == namespace_stem.size() + 2) {
        return std::string(space.substr(space.rfind(':') + 1));
    }
    if (space.starts_with("urn:iso:std:iso:20022:tech:xsd:")) {
        return invalid("camt_foreign",
            "This is a " + std::string(space.substr(space.rfind(':') + 1))
                + " file. Export the account's end-of-day statement (camt.053) instead.");
    }
    return invalid("camt_foreign",
        "This is no bank statement in the form camt.053. Export it from the bank in that form.");
}

Result<void> CamtReader::read_header(Node message)
{
    auto const header = find(message, "GrpHdr");
    m_file.message_id = text_at(header, "MsgId");
    m_file.created_at = text_at(header, "CreDtTm");
    if (m_file.message_id.empty()) {
        return incomplete("the message header", "MsgId");
    }
    auto const page = text_at(header, "MsgPgntn/PgNb");
    if (auto const number = Decimal::parse(page.empty() ? "1" : page)) {
        m_file.page = number->to_scaled(0).value_or(1);
    }
    m_file.is_last_page = text_at(header, "MsgPgntn/LastPgInd") != "false";
    return {};
}

// What the XML reader refuses, in the words of this import.
Refusal not_readable(Error const& error)
{
    if (error.code == "xml_too_large") {
        return refuse(
            Fault::too_large, "camt_too_large", "A statement file may have at most 64 MB.");
    }
    if (error.code == "xml_has_doctype") {
        return invalid("camt_foreign", "A bank statement has no document type declaration.");
    }
    return invalid("camt_malformed", "The file is damaged or incomplete. " + error.text);
}

Result<BankFile> CamtReader::read(std::string_view bytes)
{
    auto const start = text::trim(bytes.substr(0, 64));
    if (start.starts_with(":20:") || start.starts_with("{1:")) {
        return invalid(
            "camt_foreign", "This is an MT940 file. Export the statement as camt.053 instead.");
    }
    // The reader replaces bytes that are no text; in a name or a reference that would be a loss.
    auto const head = text::to_lower_ascii(bytes.substr(0, 128));
    auto const is_utf8 =
        head.find("encoding=") == std::string::npos || head.find("utf-8") != std::string::npos;
    auto const is_wide = head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
    if (is_utf8 && !is_wide && !text::is_valid_utf8(bytes)) {
        return invalid("camt_malformed", "The file holds bytes that are no UTF-8 text.");
    }
    auto const document = xml::read(bytes, { .bytes_max = camt_bytes_max });
    if (!document) {
        return not_readable(document.error());
    }
    auto const& root = *document;
    m_file.format = TRY(format_of(root));
    auto const* const message = root.find("BkToCstmrStmt");
    if (root.local_name() != "Document" || message == nullptr) {
        return incomplete("the document", "BkToCstmrStmt");
    }
    TRY(read_header(message));
    for (auto const statement : children(message, "Stmt")) {
        m_file.statements.push_back(TRY(read_statement(statement)));
    }
    if (m_file.statements.empty()) {
        return incomplete("the message", "Stmt");
    }
    return std::move(m_file);
}

}

Result<BankFile> read_camt(std::string_view bytes) { return CamtReader().read(bytes); }

}
