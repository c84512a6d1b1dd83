#include "apps/commerce/coupon/coupon_messages.h"

#include "apps/commerce/coupon/coupon_table.h"
#include "core/text.h"

#include <algorithm>

namespace cashline::commerce {

namespace {

bool is_code_character(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

Result<void> coupon_must_take_something_off(Row const& row)
{
    auto const percent = row.get(coupon::discount_percent);
    auto const amount = row.get(coupon::discount_amount);
    auto const has_percent = percent && percent->sign() > 0;
    auto const has_amount = amount && !amount->is_zero();
    if (has_percent == has_amount) {
        return invalid("coupon_discount_invalid",
            "A coupon takes off either a percentage or an amount: fill in one of the two.",
            has_percent ? coupon::discount_amount.name : coupon::discount_percent.name);
    }
    return {};
}

Result<void> coupon_must_not_be_over(Row const& row, Date today)
{
    auto const from = row.get(coupon::valid_from);
    auto const to = row.get(coupon::valid_to);
    if (from && to && *to < *from) {
        return invalid("coupon_dates_invalid", "The last day lies before the first day.",
            coupon::valid_to.name);
    }
    if (to && *to < today) {
        return invalid("coupon_expired",
            "The last day of this coupon is over. Choose a later one before you activate it.",
            coupon::valid_to.name);
    }
    return {};
}

}

Result<void> normalise_coupon_code(Unit&, Change& change)
{
    auto code = std::string(text::trim(change.values.text_or(coupon::code)));
    std::ranges::transform(code, code.begin(),
        [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    if (code.empty() || !std::ranges::all_of(code, is_code_character)) {
        return invalid("coupon_code_invalid",
            "A code has letters, digits, hyphens and underscores only, such as WAVES-10.",
            coupon::code.name);
    }
    change.values.set(coupon::code, code);
    return {};
}

Result<NoReply> activate_coupon(Unit& unit, ActivateCoupon const& request)
{
    auto const row = TRY(unit.retrieve_for_update(coupon::table, request.coupon.id));
    if (row.get(coupon::state) == CouponState::active) {
        return conflict("coupon_already_active", "This coupon is active already.");
    }
    TRY(coupon_must_take_something_off(row));
    TRY(coupon_must_not_be_over(row, unit.today()));
    TRY(unit.update(
        coupon::table, request.coupon.id, Row {}.set(coupon::state, CouponState::active)));
    return NoReply {};
}

Result<NoReply> deactivate_coupon(Unit& unit, DeactivateCoupon const& request)
{
    auto const row = TRY(unit.retrieve_for_update(coupon::table, request.coupon.id));
    if (row.get(coupon::state) != CouponState::active) {
        return conflict("coupon_not_active", "Only an active coupon can be deactivated.");
    }
    TRY(unit.update(
        coupon::table, request.coupon.id, Row {}.set(coupon::state, CouponState::inactive)));
    return NoReply {};
}

}
