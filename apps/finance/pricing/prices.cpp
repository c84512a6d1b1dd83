#include "apps/finance/pricing/prices.h"

#include "apps/finance/pricing/document_pricing.h"
#include "platform/pipeline/read_context.h"
#include "platform/pipeline/registry.h"

#include <algorithm>

namespace cashline::finance {

Result<catalog::PricedDocument> FinancePrices::quote_prices(
    Reader& reader, catalog::PriceRequest const& request)
{
    DocumentPricing pricing(reader, request);
    return catalog::calculate(TRY(pricing.input()));
}

Result<catalog::DiscountInput> coupon_discount(
    Reader& reader, catalog::CouponQuestion const& question, CouponLines const& lines)
{
    auto const* registry = reader.context().registry;
    auto* coupons = registry ? registry->find_port<catalog::Coupons>() : nullptr;
    if (!coupons) {
        return conflict("coupon_unknown", "There is no coupon '" + question.code + "'.");
    }
    auto const found = TRY(coupons->coupon(reader, question));
    if (found.order_min && lines.amount < *found.order_min) {
        return conflict("coupon_minimum_not_met",
            "Coupon " + found.code + " is for orders from " + found.order_min->to_string(2)
                + ". Add products, or leave the coupon out.");
    }
    catalog::DiscountInput discount { .code = found.code,
        .label = found.label,
        .percent = found.percent,
        .amount = found.amount,
        .is_coupon = true };
    for (std::size_t line = 0; line < lines.products.size(); ++line) {
        auto const& product = lines.products[line];
        if (product && std::ranges::find(found.products, *product) != found.products.end()) {
            discount.lines.push_back(line);
        }
    }
    if (!found.products.empty() && discount.lines.empty()) {
        return conflict("coupon_not_for_these_products",
            "Coupon " + found.code + " is for other products than these.");
    }
    return discount;
}

}
