#include "apps/commerce/coupon/redeem_coupon.h"

#include "apps/commerce/coupon/coupon_table.h"
#include "apps/commerce/coupon_use/coupon_use_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "core/text.h"

namespace cashline::commerce {

namespace {

Refusal unknown_code(std::string_view code)
{
    return conflict("coupon_unknown",
        "There is no coupon with the code “" + std::string(code) + "”. Check the spelling.");
}

Result<Row> coupon_of_code(Reader& elevated, std::string_view code)
{
    auto const trimmed = text::trim(code);
    auto found = TRY(elevated.first(Query::from(coupon::table).where(coupon::code == trimmed)));
    if (!found) {
        return unknown_code(trimmed);
    }
    return std::move(*found);
}

Result<void> coupon_must_be_valid_today(Row const& row, Date today)
{
    if (row.get(coupon::state) != CouponState::active) {
        return conflict("coupon_inactive", "This coupon is not active.");
    }
    if (auto const from = row.get(coupon::valid_from); from && today < *from) {
        return conflict(
            "coupon_not_started", "This coupon can be used from " + from->to_string() + " on.");
    }
    if (auto const to = row.get(coupon::valid_to); to && *to < today) {
        return conflict(
            "coupon_expired", "This coupon could be used until " + to->to_string() + ".");
    }
    return {};
}

Result<void> coupon_must_be_in_this_currency(Row const& row, Id currency)
{
    auto const own = row.get(coupon::currency);
    if (row.amount_or_zero(coupon::discount_amount).is_zero() || !own || own->id == currency) {
        return {};
    }
    return conflict("coupon_currency_differs",
        "This coupon takes off an amount in another currency than your order.");
}

Result<void> coupon_must_have_uses_left(Reader& elevated, Row const& row, Lookup customer)
{
    auto const uses = row.get(coupon::uses).value_or(0);
    if (auto const most = row.get(coupon::uses_max); most && uses >= *most) {
        return conflict("coupon_exhausted", "This coupon has been used as often as it may be.");
    }
    if (auto const most = row.get(coupon::customer_uses_max)) {
        auto const own = TRY(elevated.count(Query::from(coupon_use::table)
                .where(coupon_use::coupon == row.id() && coupon_use::customer == customer)));
        if (own >= *most) {
            return conflict("coupon_used_by_customer",
                "Your organisation has used this coupon as often as it may.");
        }
    }
    return {};
}

Result<void> coupon_must_be_usable(
    Reader& elevated, Row const& row, CouponUseQuestion const& question)
{
    TRY(coupon_must_be_valid_today(row, elevated.today()));
    TRY(coupon_must_be_in_this_currency(row, question.currency));
    return coupon_must_have_uses_left(elevated, row, question.customer);
}

}

Result<Row> usable_coupon(Reader& reader, CouponUseQuestion const& question)
{
    auto elevated = reader.elevated_reader();
    auto row = TRY(coupon_of_code(elevated, question.code));
    TRY(coupon_must_be_usable(elevated, row, question));
    return row;
}

Result<void> redeem_coupon(Unit& unit, CouponUseQuestion const& question, Id order)
{
    auto elevated = unit.elevated();
    auto const found = TRY(coupon_of_code(elevated, question.code));
    auto const row = TRY(elevated.retrieve_for_update(coupon::table, found.id()));
    TRY(coupon_must_be_usable(elevated, row, question));
    TRY(elevated.update(
        coupon::table, row.id(), Row {}.set(coupon::uses, row.get(coupon::uses).value_or(0) + 1)));
    TRY(elevated.create(Row(coupon_use::table)
            .set(coupon_use::name, row.text_or(coupon::code))
            .set(coupon_use::coupon, row.id())
            .set(coupon_use::order, order)
            .set(coupon_use::customer, question.customer)));
    return {};
}

Result<void> give_back_coupon(Unit& unit, Change& change)
{
    auto const* state = change.now(sales_order::state).as_integer();
    if (!state || static_cast<SalesOrderState>(*state) != SalesOrderState::canceled
        || !change.changes(sales_order::state)) {
        return {};
    }
    auto elevated = unit.elevated();
    for (auto const& use :
        TRY(elevated.query(Query::from(coupon_use::table).where(coupon_use::order == change.id)))) {
        auto const reference = use.get(coupon_use::coupon);
        TRY(elevated.remove(coupon_use::table, use.id()));
        if (!reference) {
            continue;
        }
        auto const row = TRY(elevated.retrieve_for_update(coupon::table, reference->id));
        auto const uses = row.get(coupon::uses).value_or(0);
        TRY(elevated.update(
            coupon::table, row.id(), Row {}.set(coupon::uses, uses > 0 ? uses - 1 : 0)));
    }
    return {};
}

Result<catalog::CouponDiscount> ShopCoupons::coupon(
    Reader& reader, catalog::CouponQuestion const& question)
{
    auto elevated = reader.elevated_reader();
    auto const row = TRY(coupon_of_code(elevated, question.code));
    TRY(coupon_must_be_in_this_currency(row, question.currency));
    catalog::CouponDiscount discount { .code = row.text_or(coupon::code),
        .label = row.text_or(coupon::description, row.text_or(coupon::code)) };
    if (auto const percent = row.get(coupon::discount_percent); percent && percent->sign() > 0) {
        discount.percent = *percent;
    } else {
        discount.amount = row.amount_or_zero(coupon::discount_amount);
    }
    return discount;
}

}
