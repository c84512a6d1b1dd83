#include "apps/finance/bank/camt.h"

#include "core/text.h"

#include <algorithm>
#include <pugixml.hpp>

namespace cashline::finance {

namespace {

constexpr std::string_view namespace_stem = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.";

// Elements are found by local name: banks put any prefix on them.
std::string_view local_name(pugi::xml_node node)
{
    std::string_view const name = node.name();
    auto const colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(pugi::xml_node node, std::string_view name)
{
    for (auto const each : node.children()) {
        if (each.type() == pugi::node_element && local_name(each) == name) {
            return each;
        }
    }
    return {};
}

pugi::xml_node find(pugi::xml_node node, std::string_view path)
{
    for (auto const part : text::split(path, '/')) {
        node = child(node, part);
    }
    return node;
}

std::vector<pugi::xml_node> children(pugi::xml_node node, std::string_view name)
{
    std::vector<pugi::xml_node> found;
    for (auto const each : node.children()) {
        if (each.type() == pugi::node_element && local_name(each) == name) {
            found.push_back(each);
        }
    }
    return found;
}

std::string text_of(pugi::xml_node node) { return std::string(text::trim(node.text().get())); }

std::string text_at(pugi::xml_node node, std::string_view path)
{
    return text_of(find(node, path));
}

// The first of several places a value may stand in.
std::string first_text(pugi::xml_node node, std::initializer_list<std::string_view> paths)
{
    for (auto const path : paths) {
        if (auto found = text_at(node, path); !found.empty()) {
            return found;
        }
    }
    return {};
}

struct LineAndColumn {
    std::size_t line { 1 };
    std::size_t column { 1 };
};

LineAndColumn position_of(std::string_view bytes, std::ptrdiff_t offset)
{
    LineAndColumn position;
    auto const end =
        std::min(bytes.size(), static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)));
    for (auto const character : bytes.substr(0, end)) {
        position.column = character == '\n' ? 1 : position.column + 1;
        position.line += character == '\n' ? 1 : 0;
    }
    return position;
}

class CamtReader {
public:
    Result<BankFile> read(std::string_view bytes);

private:
    Result<void> read_header(pugi::xml_node message);
    Result<BankStatement> read_statement(pugi::xml_node) const;
    Result<void> read_account(pugi::xml_node, BankStatement&) const;
    Result<void> read_balances(pugi::xml_node, BankStatement&) const;
    Result<BankEntry> read_entry(pugi::xml_node, std::string_view where) const;
    Result<void> read_transactions(pugi::xml_node, BankEntry&, std::string_view where) const;
    Result<BankTransaction> read_transaction(
        pugi::xml_node, BankEntry const&, std::string_view where) const;
    Result<void> read_transaction_amount(
        pugi::xml_node, BankTransaction&, BankEntry const&, std::string_view where) const;
    Result<void> read_remittance(pugi::xml_node, BankTransaction&, std::string_view where) const;

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

Result<Amount> amount_of(pugi::xml_node node, std::string_view where)
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
Result<Amount> signed_amount(
    pugi::xml_node amount, std::string_view indicator, std::string_view where)
{
    if (!amount) {
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
Result<std::optional<Date>> date_at(
    pugi::xml_node node, std::string_view path, std::string_view where)
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

BankParty party_of(pugi::xml_node transaction, std::string_view role)
{
    auto const parties = child(transaction, "RltdPties");
    auto const agents = child(transaction, "RltdAgts");
    auto const name = std::string(role);
    // Dbtr/Nm in .02, Dbtr/Pty/Nm in .08; both occur in files that say .08.
    auto const party = child(parties, name);
    return { .name = first_text(party, { "Pty/Nm", "Nm", "Agt/FinInstnId/Nm" }),
        .account = first_text(child(parties, name + "Acct"), { "Id/IBAN", "Id/Othr/Id" }),
        .bank = first_text(child(agents, name + "Agt"),
            { "FinInstnId/BICFI", "FinInstnId/BIC", "FinInstnId/ClrSysMmbId/MmbId" }),
        .ultimate_name = first_text(child(parties, "Ultmt" + name), { "Pty/Nm", "Nm" }),
        .town = first_text(party, { "Pty/PstlAdr/TwnNm", "PstlAdr/TwnNm" }) };
}

std::string code_of(pugi::xml_node entry)
{
    auto const code = child(entry, "BkTxCd");
    auto domain = text_at(code, "Domn/Cd");
    if (domain.empty()) {
        return text_at(code, "Prtry/Cd");
    }
    return domain + "/" + text_at(code, "Domn/Fmly/Cd") + "/"
        + text_at(code, "Domn/Fmly/SubFmlyCd");
}

Result<void> CamtReader::read_remittance(
    pugi::xml_node node, BankTransaction& transaction, std::string_view where) const
{
    auto const remittance = child(node, "RmtInf");
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

Result<void> CamtReader::read_transaction_amount(pugi::xml_node node, BankTransaction& transaction,
    BankEntry const& entry, std::string_view where) const
{
    auto indicator = text_at(node, "CdtDbtInd");
    if (indicator.empty()) {
        indicator = entry.amount.is_negative() ? "DBIT" : "CRDT";
    }
    auto amount = child(node, "Amt");
    if (!amount) {
        amount = find(node, "AmtDtls/TxAmt/Amt");
    }
    auto const instructed = find(node, "AmtDtls/InstdAmt/Amt");
    transaction.amount = entry.amount;
    transaction.currency = entry.currency;
    if (amount) {
        transaction.amount = TRY(signed_amount(amount, indicator, where));
        transaction.currency = amount.attribute("Ccy").value();
    }
    std::string const original = instructed.attribute("Ccy").value();
    if (instructed && original != entry.currency) {
        transaction.original_amount = TRY(signed_amount(instructed, indicator, where));
        transaction.original_currency = original;
    }
    return {};
}

Result<BankTransaction> CamtReader::read_transaction(
    pugi::xml_node node, BankEntry const& entry, std::string_view where) const
{
    BankTransaction transaction;
    TRY(read_transaction_amount(node, transaction, entry, where));
    auto const references = child(node, "Refs");
    transaction.end_to_end_id = provided(text_at(references, "EndToEndId"));
    transaction.transaction_id = provided(text_at(references, "TxId"));
    transaction.payment_information_id = provided(text_at(references, "PmtInfId"));
    transaction.instruction_id = provided(text_at(references, "InstrId"));
    transaction.message_id = provided(text_at(references, "MsgId"));
    transaction.mandate_id = text_at(references, "MndtId");
    transaction.servicer_reference = text_at(references, "AcctSvcrRef");
    // In a return the money goes back the way it came: the other party keeps its role of the first
    // payment.
    auto const returned = child(node, "RtrInf");
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
    pugi::xml_node node, BankEntry& entry, std::string_view where) const
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

Result<BankEntry> CamtReader::read_entry(pugi::xml_node node, std::string_view where) const
{
    BankEntry entry;
    auto const amount = child(node, "Amt");
    entry.amount = TRY(signed_amount(amount, text_at(node, "CdtDbtInd"), where));
    entry.currency = amount.attribute("Ccy").value();
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

Result<void> CamtReader::read_account(pugi::xml_node node, BankStatement& statement) const
{
    auto const where = "statement " + statement.id;
    statement.account = first_text(node, { "Acct/Id/IBAN", "Acct/Id/Othr/Id" });
    if (statement.account.empty()) {
        return incomplete(where, "account (Acct/Id)");
    }
    statement.currency = text_at(node, "Acct/Ccy");
    statement.owner = first_text(node, { "Acct/Ownr/Nm", "Acct/Nm" });
    auto const period = child(node, "FrToDt");
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
Result<void> CamtReader::read_balances(pugi::xml_node node, BankStatement& statement) const
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
        auto const amount = child(balance, "Amt");
        Found const found { TRY(signed_amount(amount, text_at(balance, "CdtDbtInd"), where)),
            TRY(date_at(balance, "Dt", where)) };
        std::string const currency = amount.attribute("Ccy").value();
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

Result<BankStatement> CamtReader::read_statement(pugi::xml_node node) const
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

Result<std::string> format_of(pugi::xml_node root)
{
    for (auto const attribute : root.attributes()) {
        std::string_view const name = attribute.name();
        std::string_view const value = attribute.value();
        if (!name.starts_with("xmlns") || !value.starts_with("urn:iso:std:iso:20022:tech:xsd:")) {
            continue;
        }
        auto const format = value.substr(value.rfind(':') + 1);
        if (value.starts_with(namespace_stem) && value.size() == namespace_stem.size() + 2) {
            return std::string(format);
        }
        return invalid("camt_foreign",
            "This is a " + std::string(format)
                + " file. Export the account's end-of-day statement (camt.053) instead.");
    }
    return invalid("camt_foreign",
        "This is no bank statement in the form camt.053. Export it from the bank in that form.");
}

Result<void> CamtReader::read_header(pugi::xml_node message)
{
    auto const header = child(message, "GrpHdr");
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

Result<void> refuse_what_is_no_xml(std::string_view bytes)
{
    if (bytes.size() > camt_bytes_max) {
        return refuse(
            Fault::too_large, "camt_too_large", "A statement file may have at most 64 MB.");
    }
    auto const start = text::trim(bytes.substr(0, 64));
    if (start.starts_with(":20:") || start.starts_with("{1:")) {
        return invalid(
            "camt_foreign", "This is an MT940 file. Export the statement as camt.053 instead.");
    }
    if (bytes.find("<!DOCTYPE") != std::string_view::npos) {
        return invalid("camt_foreign", "A bank statement has no document type declaration.");
    }
    return {};
}

Result<BankFile> CamtReader::read(std::string_view bytes)
{
    TRY(refuse_what_is_no_xml(bytes));
    pugi::xml_document document;
    auto const parsed = document.load_buffer(bytes.data(), bytes.size(), pugi::parse_default);
    if (!parsed) {
        auto const position = position_of(bytes, parsed.offset);
        return invalid("camt_malformed",
            "The file is damaged or incomplete at line " + std::to_string(position.line)
                + ", column " + std::to_string(position.column) + ": " + parsed.description()
                + ".");
    }
    if (parsed.encoding == pugi::encoding_utf8 && !text::is_valid_utf8(bytes)) {
        return invalid("camt_malformed", "The file holds bytes that are no UTF-8 text.");
    }
    auto const root = document.document_element();
    m_file.format = TRY(format_of(root));
    auto const message = child(root, "BkToCstmrStmt");
    if (local_name(root) != "Document" || !message) {
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
