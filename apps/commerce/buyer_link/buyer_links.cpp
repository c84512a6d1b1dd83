#include "apps/commerce/buyer_link/buyer_links.h"

#include "apps/commerce/buyer_link/buyer_link_table.h"
#include "apps/commerce/mails/shop_mail.h"
#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "core/text.h"
#include "platform/pipeline/read_context.h"
#include "platform/web_api/sign_in/accounts.h"
#include "platform/web_api/sign_in/sessions.h"
#include "platform/web_api/sign_in/tokens.h"

namespace cashline::commerce {

namespace {

constexpr std::int64_t welcome_seconds = std::int64_t { 72 } * 3'600;
constexpr std::int64_t new_link_seconds = 3'600;

std::string hash_of(std::string_view token) { return text::to_hex(sign_in::hash_token(token)); }

Result<void> end_older_links(Unit& unit, Id buyer)
{
    for (auto const& row : TRY(unit.query(Query::from(buyer_link::table)
                 .where(buyer_link::buyer == buyer && is_null(buyer_link::used_on))))) {
        TRY(unit.update(buyer_link::table, row.id(), Row {}.set(buyer_link::used_on, unit.now())));
    }
    return {};
}

Result<std::string> organisation_name(Reader& reader, Buyer const& who)
{
    if (!who.organisation) {
        return std::string {};
    }
    auto const row = TRY(reader.find(account::table, *who.organisation, { account::name }));
    return row ? row->text_or(account::name) : std::string {};
}

Result<void> link_must_be_open(Row const& row, Timestamp now)
{
    if (!row.is_null(buyer_link::used_on)) {
        return conflict("link_used", "This link has been used, or a newer one was sent.");
    }
    auto const expires = row.get(buyer_link::expires_on);
    if (!expires || *expires <= now) {
        return conflict("link_expired", "This link is too old.");
    }
    return {};
}

Result<Row> link_of_token(Reader& elevated, std::string_view token)
{
    auto row = TRY(elevated.first(
        Query::from(buyer_link::table).where(buyer_link::token_hash == hash_of(token))));
    if (!row) {
        return missing("link_unknown", "This link is not valid. Copy it in full from the mail.");
    }
    return std::move(*row);
}

}

Result<void> send_link(Unit& elevated, Id buyer, LinkMail mail)
{
    auto const who = TRY(find_buyer(elevated, buyer));
    if (!who) {
        return missing("ObjectDoesNotExist", "There is no such buyer.");
    }
    TRY(end_older_links(elevated, buyer));
    auto const token = sign_in::new_token(elevated.context().environment);
    auto const lifetime = mail == LinkMail::welcome ? welcome_seconds : new_link_seconds;
    TRY(elevated.create(Row(buyer_link::table)
            .set(buyer_link::token_hash, text::to_hex(token.hash))
            .set(buyer_link::buyer, buyer)
            .set(buyer_link::expires_on, elevated.now().plus_seconds(lifetime))));
    json::Value values { json::Object {} };
    values.set("name", who->name);
    values.set("company", TRY(organisation_name(elevated, *who)));
    values.set("email", who->email);
    values.set("hours", lifetime / 3'600);
    values.set("link", TRY(shop_url(elevated, "/shop/set-password?token=" + token.text)));
    return send_shop_mail(elevated,
        { .name = mail == LinkMail::welcome ? "shop_welcome" : "shop_new_link",
            .to_name = who->name,
            .to_address = who->email,
            .values = std::move(values) });
}

Result<OpenLink> find_open_link(Reader& reader, std::string_view token)
{
    auto elevated = reader.elevated_reader();
    auto const row = TRY(link_of_token(elevated, token));
    TRY(link_must_be_open(row, elevated.now()));
    auto const reference = row.get(buyer_link::buyer);
    auto const who = reference ? TRY(find_buyer(elevated, reference->id)) : std::nullopt;
    if (!who || who->status == BuyerStatus::disabled) {
        return conflict("link_expired", "This link is too old.");
    }
    return OpenLink { row.id(), *who };
}

Result<Buyer> redeem_link(Unit& unit, std::string_view token, std::string const& password_hash)
{
    auto elevated = unit.elevated();
    auto const found = TRY(link_of_token(elevated, token));
    auto const row = TRY(elevated.retrieve_for_update(buyer_link::table, found.id()));
    TRY(link_must_be_open(row, elevated.now()));
    auto const link = TRY(find_open_link(elevated, token));
    TRY(elevated.update(
        buyer_link::table, link.id, Row {}.set(buyer_link::used_on, elevated.now())));
    TRY(sign_in::store_password(elevated, link.buyer.contact, password_hash));
    TRY(sign_in::Sessions::end_all_of(elevated, link.buyer.contact));
    if (link.buyer.status == BuyerStatus::invited) {
        TRY(elevated.update(
            buyer::table, link.buyer.id, Row {}.set(buyer::status, BuyerStatus::enabled)));
    }
    return link.buyer;
}

Result<NoReply> send_buyer_link(Unit& unit, SendBuyerLink const& request)
{
    if (!TRY(unit.may(Privilege::write, buyer::table, request.buyer.id))) {
        return denied("PrivilegeDenied", "You may not change this buyer.");
    }
    auto const row = TRY(unit.retrieve(buyer::table, request.buyer.id));
    if (row.get(buyer::state) != BuyerState::active) {
        return conflict("buyer_disabled", "This buyer is switched off. Activate it first.");
    }
    auto elevated = unit.elevated();
    TRY(send_link(elevated, request.buyer.id, LinkMail::new_link));
    return NoReply {};
}

}
