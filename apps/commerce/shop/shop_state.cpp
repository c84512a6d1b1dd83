#include "apps/commerce/shop/shop_state.h"

#include "apps/commerce/shop_key/shop_key_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "core/text.h"
#include "platform/metadata/column_numbers.h"
#include "platform/pipeline/read_context.h"
#include "platform/web_api/sign_in/tokens.h"

namespace cashline::commerce {

namespace {

constexpr std::chrono::hours hour { 1 };

sign_in::WindowOptions per_hour(std::int64_t events)
{
    return { .events_max = static_cast<std::size_t>(events), .window = hour };
}

Id key_id() { return Id::from_name("cl_shopkey/forms"); }

Result<std::optional<std::string>> stored_key(Platform& platform)
{
    return platform.read<std::optional<std::string>>(
        system_caller(Door::shop), [](Reader& reader) -> Result<std::optional<std::string>> {
            auto const row = TRY(reader.find(shop_key::table, key_id()));
            return row ? std::optional(row->text_or(shop_key::key)) : std::nullopt;
        });
}

Result<std::string> ensure_key(Platform& platform)
{
    if (auto const known = TRY(stored_key(platform))) {
        return *known;
    }
    auto const fresh = text::to_hex(sign_in::new_token(platform.environment()).hash);
    auto const written = platform.write(system_caller(Door::shop),
        std::function<Result<void>(Unit&)>([&](Unit& unit) -> Result<void> {
            Row row(shop_key::table, key_id());
            row.set(shop_key::key, fresh);
            TRY(unit.create(std::move(row)));
            return {};
        }));
    // Another process may have been faster: then its key counts.
    auto const now = TRY(stored_key(platform));
    return now ? Result<std::string>(*now) : std::unexpected(written.error());
}

Result<std::int32_t> find_status_column(Platform& platform)
{
    return platform.read<std::int32_t>(
        system_caller(Door::shop), [](Reader& reader) -> Result<std::int32_t> {
            auto const numbers = TRY(ColumnNumbers::load(reader.context().sql, reader.schema()));
            return numbers.number_of(sales_order::table, sales_order::processing_status.index);
        });
}

}

ShopLimits shop_limits(json::Value const& settings)
{
    ShopLimits limits;
    auto const* shop = settings.find("shop");
    if (!shop) {
        return limits;
    }
    limits.requests_per_address =
        shop->integer("requests_per_address", limits.requests_per_address);
    limits.requests_per_email = shop->integer("requests_per_email", limits.requests_per_email);
    limits.links_per_address = shop->integer("links_per_address", limits.links_per_address);
    limits.links_per_email = shop->integer("links_per_email", limits.links_per_email);
    limits.bad_coupons = shop->integer("bad_coupons", limits.bad_coupons);
    limits.fill_seconds_min = shop->integer("fill_seconds_min", limits.fill_seconds_min);
    return limits;
}

ShopState::ShopState(ShopServices const& services, Prepared prepared)
    : platform(services.platform)
    , pages(std::move(prepared.pages))
    , form_key(std::move(prepared.form_key))
    , limits(shop_limits(services.platform.settings()))
    , status_column(prepared.status_column)
    , sessions(services.sessions)
    , passwords(services.passwords)
    , lock_out(platform.environment())
    , requests_by_address(platform.environment(), per_hour(limits.requests_per_address))
    , requests_by_email(platform.environment(), per_hour(limits.requests_per_email))
    , links_by_address(platform.environment(), per_hour(limits.links_per_address))
    , links_by_email(platform.environment(), per_hour(limits.links_per_email))
    , bad_coupons(platform.environment(), per_hour(limits.bad_coupons))
{
}

Result<std::unique_ptr<ShopState>> open_shop(ShopServices const& services)
{
    ShopState::Prepared prepared { .pages = TRY(Pages::compile(*services.platform.schema())) };
    prepared.form_key = TRY(ensure_key(services.platform));
    prepared.status_column = TRY(find_status_column(services.platform));
    return std::make_unique<ShopState>(services, std::move(prepared));
}

Id shop_user_id() { return Id::from_name("systemuser/shop"); }

}
