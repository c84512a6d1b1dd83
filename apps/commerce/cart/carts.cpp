#include "apps/commerce/cart/carts.h"

#include "apps/catalog/product/product_table.h"
#include "apps/commerce/cart/cart_table.h"
#include "apps/commerce/cart_line/cart_line_table.h"
#include "apps/commerce/shop/range.h"
#include "core/text.h"

namespace cashline::commerce {

namespace {

constexpr std::int64_t quantity_max = 100'000;
constexpr std::int64_t lines_max = 200;

// Carts are hidden tables: nobody has rights on them, and each function here is given the buyer
// whose cart it is.
Result<std::optional<Row>> cart_row(Reader& reader, Buyer const& buyer)
{
    return reader.elevated_reader().first(Query::from(cart::table).where(cart::buyer == buyer.id));
}

Result<Id> ensure_cart(Unit& unit, Buyer const& buyer)
{
    if (auto const row = TRY(cart_row(unit, buyer))) {
        return row->id();
    }
    return unit.create(
        Row(cart::table).set(cart::buyer, buyer.id).set(cart::checkout, unit.new_id()));
}

Result<CartItem> item_of(Reader& reader, Row const& line)
{
    auto const reference = line.get(cart_line::product);
    CartItem item { .line = line.id(),
        .product = reference ? reference->id : Id {},
        .quantity = line.get(cart_line::quantity).value_or(Decimal {}) };
    auto const row = TRY(reader.find(product::table, item.product));
    if (!row) {
        item.is_sold = false;
        return item;
    }
    item.number = row->text_or(product::number);
    item.name = row->text_or(product::name);
    item.decimals = row->get(product::quantity_decimals).value_or(0);
    item.is_sold = is_sold(*row, reader.today());
    return item;
}

Result<std::optional<Row>> line_with(Reader& reader, Id cart, Id product)
{
    return reader.first(Query::from(cart_line::table)
            .where(cart_line::cart == cart && cart_line::product == product));
}

Result<void> write_line(Unit& unit, Id cart, Row line)
{
    if (!line.id().is_nil()) {
        return unit.update(cart_line::table, line.id(), std::move(line));
    }
    auto const lines =
        TRY(unit.count(Query::from(cart_line::table).where(cart_line::cart == cart)));
    if (lines >= lines_max) {
        return conflict(
            "cart_full", "A cart holds 200 products. Order these first, or take some out.");
    }
    line.set(cart_line::cart, cart);
    TRY(unit.create(std::move(line)));
    return {};
}

}

Result<Decimal> parse_quantity(std::string_view typed, std::int64_t decimals)
{
    auto const trimmed = text::trim(typed);
    auto const parsed = trimmed.size() <= 12 ? Decimal::parse(trimmed) : std::nullopt;
    auto const is_plain = trimmed.find_first_not_of("0123456789.") == std::string_view::npos;
    if (!parsed || !is_plain || *parsed > Decimal::from(quantity_max)) {
        return invalid("quantity_invalid", "Write a quantity such as 12, at most 100000.");
    }
    auto const whole = parsed->without_trailing_zeros();
    if (whole.scale() > decimals) {
        return invalid("quantity_invalid",
            decimals == 0 ? "This product is sold in whole numbers."
                          : "This quantity has more decimals than the product allows.");
    }
    return parsed->rounded(5, Rounding::half_away);
}

Result<Cart> cart_of(Reader& caller, Buyer const& buyer)
{
    auto reader = caller.elevated_reader();
    auto const row = TRY(cart_row(reader, buyer));
    if (!row) {
        return Cart {};
    }
    Cart found { .id = row->id(),
        .checkout = row->get(cart::checkout).value_or(Id {}),
        .coupon = row->text_or(cart::coupon_code) };
    for (auto const& line : TRY(reader.query(Query::from(cart_line::table)
                 .where(cart_line::cart == row->id())
                 .order_by(cart_line::created_on)))) {
        found.items.push_back(TRY(item_of(reader, line)));
    }
    return found;
}

Result<std::int64_t> count_cart_lines(Reader& caller, Buyer const& buyer)
{
    auto reader = caller.elevated_reader();
    auto const row = TRY(cart_row(reader, buyer));
    return row ? reader.count(Query::from(cart_line::table).where(cart_line::cart == row->id()))
               : Result<std::int64_t>(0);
}

Result<void> change_cart(Unit& caller, Buyer const& buyer, CartChange const& change, CartMode mode)
{
    auto unit = caller.elevated();
    auto const product_row = TRY(unit.find(product::table, change.product));
    auto const decimals =
        product_row ? product_row->get(product::quantity_decimals).value_or(0) : 0;
    auto quantity = TRY(parse_quantity(change.quantity, decimals));
    auto const cart = TRY(ensure_cart(unit, buyer));
    auto const known = TRY(line_with(unit, cart, change.product));
    if (quantity.is_zero()) {
        if (mode == CartMode::add) {
            return invalid("quantity_invalid", "Write how many you want.");
        }
        return known ? unit.remove(cart_line::table, known->id()) : Result<void> {};
    }
    if (!product_row || !is_sold(*product_row, unit.today())) {
        return conflict("product_not_sold", "This product is not in our range any more.");
    }
    if (known && mode == CartMode::add) {
        quantity = TRY(quantity.plus(known->get(cart_line::quantity).value_or(Decimal {})));
        TRY(parse_quantity(quantity.to_string(), decimals));
    }
    Row line(cart_line::table, known ? known->id() : Id {});
    line.set(cart_line::quantity, quantity.rounded(5, Rounding::half_away));
    if (!known) {
        line.set(cart_line::product, change.product);
    }
    return write_line(unit, cart, std::move(line));
}

Result<void> set_cart_coupon(Unit& caller, Buyer const& buyer, std::string const& code)
{
    auto unit = caller.elevated();
    auto const cart = TRY(ensure_cart(unit, buyer));
    Row changes(cart::table);
    if (code.empty()) {
        changes.clear(cart::coupon_code);
    } else {
        changes.set(cart::coupon_code, code);
    }
    return unit.update(cart::table, cart, std::move(changes));
}

Result<void> finish_cart(Unit& caller, Cart const& done)
{
    auto unit = caller.elevated();
    for (auto const& item : done.items) {
        TRY(unit.remove(cart_line::table, item.line));
    }
    Row changes(cart::table);
    changes.clear(cart::coupon_code).set(cart::checkout, unit.new_id());
    return unit.update(cart::table, *done.id, std::move(changes));
}

}
