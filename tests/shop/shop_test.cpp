// The shop as a browser meets it, request by request (docs/contracts/shop.md). Prices and credit
// come from a port that answers as the test says, so that every refusal can be had.
#include "apps/activities/outgoing_mail/outgoing_mail_table.h"
#include "apps/catalog/api.h"
#include "apps/catalog/product/product_table.h"
#include "apps/commerce/api.h"
#include "apps/commerce/buyer/buyer_table.h"
#include "apps/commerce/coupon/coupon_messages.h"
#include "apps/commerce/coupon/coupon_table.h"
#include "apps/commerce/coupon_use/coupon_use_table.h"
#include "apps/parties/account/account_table.h"
#include "apps/parties/contact/contact_table.h"
#include "apps/sales/api.h"
#include "apps/sales/lead/lead_table.h"
#include "apps/sales/opportunity/opportunity_table.h"
#include "apps/sales/opportunity_close/opportunity_close_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "core/text.h"
#include "server/demo/company_testing.h"

#include <condition_variable>
#include <map>
#include <mutex>

namespace cashline {

namespace {

// Every product costs its list price; ten per cent of tax; coupons as the shop says.
class TestPrices final : public catalog::Prices {
public:
    Result<catalog::PricedDocument> quote_prices(
        Reader& reader, catalog::PriceRequest const& request) override
    {
        catalog::DocumentInput input { .currency = request.currency };
        input.taxes.push_back({ .code = "VAT", .label = "VAT 10%", .percent = Decimal::from(10) });
        for (auto const& line : request.lines) {
            auto const row = TRY(reader.retrieve(product::table, line.product.value_or(Id {})));
            input.lines.push_back({ .quantity = line.quantity,
                .price = row.amount_or_zero(product::list_price).to_decimal(),
                .taxes = { 0 },
                .price_source = "agreement" });
        }
        for (auto const& code : request.coupons) {
            auto const discount = TRY(reader.port<catalog::Coupons>().coupon(
                reader, { .code = code, .currency = request.currency }));
            input.discounts.push_back({ .code = discount.code,
                .label = discount.label,
                .percent = discount.percent,
                .amount = discount.amount,
                .is_coupon = true });
        }
        return catalog::calculate(input);
    }
};

class TestAccounts final : public catalog::CustomerAccounts {
public:
    explicit TestAccounts(catalog::CreditStanding const& standing) : m_standing(standing) { }
    Result<catalog::CreditStanding> credit(Reader&, Lookup) override { return m_standing; }
    Result<std::vector<catalog::OpenInvoice>> open_invoices(Reader&, Lookup) override
    {
        return std::vector<catalog::OpenInvoice> {};
    }

private:
    catalog::CreditStanding const& m_standing;
};

using Typed = std::vector<std::pair<std::string, std::string>>;

class Shop : public CompanyTest {
protected:
    void register_more(Registry& registry) override
    {
        registry.provide<catalog::Prices>(std::make_unique<TestPrices>());
        registry.provide<catalog::CustomerAccounts>(std::make_unique<TestAccounts>(m_standing));
    }

    void SetUp() override
    {
        CompanyTest::SetUp();
        if (IsSkipped() || HasFatalFailure()) {
            return;
        }
        m_sessions = std::make_unique<sign_in::Sessions>(platform());
        m_passwords = std::make_unique<sign_in::Passwords>(environment(),
            sign_in::PasswordOptions { .cost = { .memory_bytes = 64 * 1'024, .passes = 1 } });
        auto handler = commerce::shop_handler({ platform(), *m_sessions, *m_passwords });
        ASSERT_TRUE(handler.has_value()) << handler.error().text;
        m_handler = std::move(*handler);
    }

    http::Response send(http::Request request)
    {
        std::string cookies;
        for (auto const& [name, value] : m_cookies) {
            cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
        }
        request.headers.set("Cookie", cookies);
        request.host = "shop.example";
        request.remote_address = m_address;
        struct Waiting {
            std::mutex mutex {};
            std::condition_variable done {};
            std::optional<http::Response> answer {};
        };
        auto const waiting = std::make_shared<Waiting>(); // shared with the store's thread
        m_handler(std::move(request), [waiting](http::Response response) {
            auto const lock = std::scoped_lock { waiting->mutex };
            waiting->answer = std::move(response);
            waiting->done.notify_one();
        });
        auto lock = std::unique_lock { waiting->mutex };
        waiting->done.wait(lock, [&] { return waiting->answer.has_value(); });
        keep_cookies(*waiting->answer);
        return *waiting->answer;
    }
    http::Response get(std::string const& target)
    {
        return send({ .method = "GET", .target = target });
    }
    http::Response post(std::string const& target, Typed const& fields)
    {
        http::Request request { .method = "POST", .target = target };
        for (auto const& [name, value] : fields) {
            request.body += (request.body.empty() ? "" : "&") + text::percent_encode(name) + "="
                + text::percent_encode(value);
        }
        request.headers.set("Content-Type", "application/x-www-form-urlencoded");
        return send(std::move(request));
    }
    // Fills what the page hides in its form.
    http::Response submit(std::string const& page, std::string const& target, Typed fields)
    {
        auto const shown = get(page).body;
        for (auto const* name : { "csrf", "started", "token", "checkout", "total" }) {
            if (auto const value = hidden(shown, name); !value.empty()) {
                fields.emplace_back(name, value);
            }
        }
        environment().advance_seconds(5);
        return post(target, fields);
    }
    static std::string hidden(std::string const& html, std::string const& name)
    {
        auto const mark = "name=\"" + name + "\" value=\"";
        auto const at = html.rfind(mark);
        if (at == std::string::npos) {
            return {};
        }
        auto const begin = at + mark.size();
        return html.substr(begin, html.find('"', begin) - begin);
    }

    template<class T>
    T read(std::function<Result<T>(Reader&)> work)
    {
        return platform().read<T>(system_caller(), std::move(work)).value();
    }
    std::vector<Row> rows(Query const& query)
    {
        return read<std::vector<Row>>([&](Reader& reader) { return reader.query(query); });
    }
    Id made(Row const& row)
    {
        auto const id =
            platform().write<Id>(as("daisy"), [&](Unit& unit) { return unit.create(row); });
        EXPECT_TRUE(id.has_value()) << id.error().code << ": " << id.error().text;
        return id.value_or(Id {});
    }

    static Typed request_of_mona()
    {
        return { { "firstname", "Mona" }, { "lastname", "Lindgren" },
            { "company", "Northwind Traders" }, { "email", "mona@northwind.example" },
            { "phone", "+46 8 555 0199" }, { "country", "Sweden" }, { "city", "Malmö" },
            { "product", "SB-100" }, { "message", "Forty boards <b>for</b> our stations." },
            { "website", "" } };
    }
    http::Response request_partnership(Typed const& fields)
    {
        return submit("/shop/partner-request?product=SB-100", "/shop/partner-request", fields);
    }

    // Northwind with Mona, and a deal with them that Daisy wins.
    void win_northwind();
    std::string link_of_last_mail();
    void sign_in_mona();
    void set_limits(char const* spending, char const* credit);
    Id make_coupon(Row row, bool active);

    catalog::CreditStanding m_standing {};
    std::map<std::string, std::string> m_cookies {};
    std::string m_address { "192.0.2.7" };
    Id m_company {};
    Id m_person {};
    Id m_deal {};

private:
    void keep_cookies(http::Response const& response)
    {
        for (auto const header : response.headers.all("Set-Cookie")) {
            auto const equals = header.find('=');
            auto const name = std::string(header.substr(0, equals));
            auto const value =
                std::string(header.substr(equals + 1, header.find(';') - equals - 1));
            if (value.empty()) {
                m_cookies.erase(name);
            } else {
                m_cookies[name] = value;
            }
        }
    }

    std::unique_ptr<sign_in::Sessions> m_sessions {};
    std::unique_ptr<sign_in::Passwords> m_passwords {};
    http::Handler m_handler {};
};

void Shop::win_northwind()
{
    m_company = made(Row(account::table).set(account::name, "Northwind Traders"));
    m_person = made(Row(contact::table)
            .set(contact::first_name, "Mona")
            .set(contact::last_name, "Lindgren")
            .set(contact::email, "mona@northwind.example")
            .set(contact::company_or_contact, Lookup { account::table, m_company }));
    m_deal = made(Row(opportunity::table)
            .set(opportunity::topic, "Boards")
            .set(opportunity::customer, Lookup { account::table, m_company })
            .set(opportunity::parent_contact, m_person));
    auto const won = platform().write<NoReply>(as("daisy"), [&](Unit& unit) {
        Row close(opportunity_close::table);
        close.set(opportunity_close::opportunity, m_deal);
        return unit.call(sales::WinOpportunity { .close = close });
    });
    ASSERT_TRUE(won.has_value()) << won.error().code << ": " << won.error().text;
}

std::string Shop::link_of_last_mail()
{
    for (auto const& mail :
        rows(Query::from(outgoing_mail::table).order_by_descending(outgoing_mail::created_on))) {
        auto const body = mail.text_or(outgoing_mail::text);
        auto const at = body.find("/shop/set-password?token=");
        if (at != std::string::npos) {
            return body.substr(at, body.find_first_of(" \r\n", at) - at);
        }
    }
    return {};
}

void Shop::sign_in_mona()
{
    win_northwind();
    auto const answer = submit(link_of_last_mail(), "/shop/set-password",
        { { "password", "correct horse battery" }, { "repeat", "correct horse battery" } });
    ASSERT_EQ(answer.status, 303) << answer.body;
    ASSERT_EQ(answer.headers.value("Location"), "/shop/account");
}

void Shop::set_limits(char const* spending, char const* credit)
{
    m_standing = { .is_known = true,
        .has_limit = true,
        .limit = Amount::parse(credit).value(),
        .available = Amount::parse(credit).value() };
    auto const buyers = rows(Query::from(buyer::table));
    ASSERT_EQ(buyers.size(), 1U);
    auto const answer = submit("/shop/account/buyers", "/shop/account/buyers",
        { { "buyer", buyers[0].id().to_string() }, { "limit", spending } });
    ASSERT_EQ(answer.status, 303) << answer.body;
}

Id Shop::make_coupon(Row row, bool active)
{
    row.set_table(coupon::table);
    auto const id = platform().write<Id>(as("paul"), [&](Unit& unit) -> Result<Id> {
        auto const made = TRY(unit.create(row));
        if (active) {
            TRY(unit.call(commerce::ActivateCoupon { { coupon::table, made } }));
        }
        return made;
    });
    EXPECT_TRUE(id.has_value()) << id.error().code << ": " << id.error().text;
    return id.value_or(Id {});
}

INSTANTIATE_TEST_SUITE_P(Databases, Shop, both_databases(), database_name);

TEST_P(Shop, shows_its_range_to_everybody)
{
    auto const home = get("/shop/");
    EXPECT_EQ(home.status, 200);
    EXPECT_TRUE(home.headers.value("Content-Security-Policy").contains("default-src 'self'"));
    auto const found = get("/shop/products?q=glider");
    EXPECT_TRUE(found.body.contains("Glider surfboard"));
    EXPECT_FALSE(found.body.contains("Wetsuit 4/3"));
    auto const product = get("/shop/products/SB-100");
    EXPECT_EQ(product.status, 200);
    EXPECT_TRUE(product.body.contains("€649.00")) << product.body;
    EXPECT_EQ(get("/shop/products/NOTHING").status, 404);
    EXPECT_EQ(get("/shop/products?family=NOTHING").status, 404);
    EXPECT_EQ(get("/shop/nowhere").status, 404);
    EXPECT_EQ(post("/shop/products", {}).status, 405);
}

TEST_P(Shop, a_request_becomes_a_lead_of_the_right_seller)
{
    auto const answer = request_partnership(request_of_mona());
    ASSERT_EQ(answer.status, 303) << answer.body;
    auto const leads = rows(Query::from(lead::table));
    ASSERT_EQ(leads.size(), 1U);
    EXPECT_EQ(leads[0].get(lead::source), LeadSource::web);
    EXPECT_EQ(leads[0].get(lead::description), "Forty boards <b>for</b> our stations.");
    EXPECT_EQ(leads[0].get(lead::topic), "Partner request: Glider surfboard 9'6\" (SB-100)");
    auto const owner = leads[0].get(lead::owner);
    ASSERT_TRUE(owner.has_value());
    EXPECT_EQ(owner->id, demo::named("systemuser", "daisy"));
    auto const reference = leads[0].text_or(lead::reference);
    EXPECT_EQ(reference.size(), 13U);
    auto const thanks = get(std::string(answer.headers.value("Location")));
    EXPECT_TRUE(thanks.body.contains(reference));
}

TEST_P(Shop, a_wrong_request_keeps_what_was_typed)
{
    auto fields = request_of_mona();
    fields[3].second = "mona at northwind";
    fields[0].second = "";
    auto const answer = request_partnership(fields);
    EXPECT_EQ(answer.status, 422);
    EXPECT_TRUE(answer.body.contains("id=\"email-error\""));
    EXPECT_TRUE(answer.body.contains("id=\"firstname-error\""));
    EXPECT_TRUE(answer.body.contains("value=\"mona at northwind\""));
    EXPECT_TRUE(answer.body.contains("Forty boards &lt;b&gt;for&lt;/b&gt;")) << answer.body;
    fields[3].second = "mona@northwind.example";
    fields[0].second = std::string(51, 'x');
    EXPECT_EQ(request_partnership(fields).status, 422);
    EXPECT_TRUE(rows(Query::from(lead::table)).empty());
}

TEST_P(Shop, programs_get_no_lead)
{
    auto fields = request_of_mona();
    fields.back().second = "https://spam.example";
    EXPECT_EQ(request_partnership(fields).status, 303); // The honeypot: thanked, nothing kept.
    EXPECT_EQ(post("/shop/partner-request", request_of_mona()).status, 403); // No token.
    auto fast = request_of_mona();
    auto const page = get("/shop/partner-request?product=SB-100").body;
    fast.emplace_back("csrf", hidden(page, "csrf"));
    fast.emplace_back("started", hidden(page, "started"));
    auto const answer = post("/shop/partner-request", fast);
    EXPECT_EQ(answer.status, 403);
    EXPECT_TRUE(answer.body.contains("very fast"));
    EXPECT_TRUE(rows(Query::from(lead::table)).empty());
}

TEST_P(Shop, too_many_requests_have_to_wait)
{
    for (int turn = 0; turn < 3; ++turn) {
        EXPECT_EQ(request_partnership(request_of_mona()).status, 303);
    }
    EXPECT_EQ(request_partnership(request_of_mona()).status, 429); // By address of the mail.
    EXPECT_EQ(rows(Query::from(lead::table)).size(), 1U); // Asked again, not a second lead.
    for (int turn = 0; turn < 7; ++turn) {
        auto fields = request_of_mona();
        fields[3].second = "buyer" + std::to_string(turn) + "@other.example";
        EXPECT_EQ(request_partnership(fields).status, 303) << turn;
    }
    auto fields = request_of_mona();
    fields[3].second = "last@other.example";
    EXPECT_EQ(request_partnership(fields).status, 429); // By address of the sender.
    environment().advance_seconds(3'700);
    EXPECT_EQ(request_partnership(fields).status, 303);
}

TEST_P(Shop, winning_lets_one_buyer_in)
{
    win_northwind();
    auto const buyers = rows(Query::from(buyer::table));
    ASSERT_EQ(buyers.size(), 1U);
    EXPECT_EQ(buyers[0].get(buyer::email), "mona@northwind.example");
    EXPECT_EQ(buyers[0].get(buyer::is_admin), true);
    auto const link = link_of_last_mail();
    ASSERT_FALSE(link.empty());
    // Won again after it was opened again: still one buyer and one mail.
    auto const again = platform().write<NoReply>(as("daisy"), [&](Unit& unit) -> Result<NoReply> {
        TRY(unit.update(
            opportunity::table, m_deal, Row {}.set(opportunity::state, OpportunityState::open)));
        Row close(opportunity_close::table);
        close.set(opportunity_close::opportunity, m_deal);
        return unit.call(sales::WinOpportunity { .close = close });
    });
    ASSERT_TRUE(again.has_value()) << again.error().code << ": " << again.error().text;
    EXPECT_EQ(rows(Query::from(buyer::table)).size(), 1U);
    EXPECT_EQ(link_of_last_mail(), link);
}

TEST_P(Shop, a_link_sets_a_password_once)
{
    win_northwind();
    auto const link = link_of_last_mail();
    EXPECT_EQ(get(link).status, 200);
    EXPECT_EQ(get(link).status, 200); // Looking does not use it up.
    auto const set = [&](char const* password, char const* repeat) {
        return submit(
            link, "/shop/set-password", { { "password", password }, { "repeat", repeat } });
    };
    EXPECT_EQ(set("short", "short").status, 422);
    EXPECT_EQ(set("correct horse battery", "another horse battery").status, 422);
    EXPECT_EQ(set("correct horse battery", "correct horse battery").status, 303);
    EXPECT_EQ(get("/shop/account").status, 200);
    EXPECT_EQ(get(link).status, 410);
    EXPECT_EQ(get("/shop/set-password?token=nonsense").status, 404);
}

TEST_P(Shop, an_old_link_asks_for_a_new_one)
{
    win_northwind();
    auto const link = link_of_last_mail();
    environment().advance_seconds(std::int64_t { 73 } * 3'600);
    auto const late = get(link);
    EXPECT_EQ(late.status, 410);
    EXPECT_TRUE(late.body.contains("action=\"/shop/new-link\""));
    auto const known =
        submit("/shop/new-link", "/shop/new-link", { { "email", "MONA@northwind.example" } });
    auto const unknown =
        submit("/shop/new-link", "/shop/new-link", { { "email", "nobody@else.example" } });
    EXPECT_EQ(known.status, 303);
    EXPECT_EQ(known.headers.value("Location"), unknown.headers.value("Location"));
    EXPECT_NE(link_of_last_mail(), link);
    EXPECT_EQ(get(link_of_last_mail()).status, 200);
}

TEST_P(Shop, sign_in_locks_after_wrong_passwords)
{
    sign_in_mona();
    auto const out = submit("/shop/account", "/shop/sign-out", {});
    EXPECT_EQ(out.status, 303);
    EXPECT_EQ(get("/shop/account").status, 303); // To the sign-in page.
    auto const enter = [&](char const* password) {
        return submit("/shop/sign-in", "/shop/sign-in",
            { { "email", "mona@northwind.example" }, { "password", password },
                { "next", "//evil.example/" } });
    };
    auto const good = enter("correct horse battery");
    EXPECT_EQ(good.status, 303);
    EXPECT_EQ(good.headers.value("Location"), "/shop/account");
    submit("/shop/account", "/shop/sign-out", {});
    for (int turn = 0; turn < 5; ++turn) {
        EXPECT_EQ(enter("wrong horse battery").status, 401);
    }
    EXPECT_EQ(enter("correct horse battery").status, 429);
}

TEST_P(Shop, orders_on_account_within_both_limits)
{
    sign_in_mona();
    EXPECT_TRUE(submit(
        "/shop/products/SB-100", "/shop/cart/add", { { "product", "SB-100" }, { "quantity", "2" } })
            .headers.value("Location")
            .contains("added"));
    auto const order = [&] {
        return submit("/shop/checkout", "/shop/checkout", { { "purchaseorder", "PO-4711" } });
    };
    auto const no_limit = order();
    EXPECT_EQ(no_limit.status, 409);
    EXPECT_TRUE(no_limit.body.contains("no spending limit yet")) << no_limit.body;
    set_limits("1000.00", "5000.00");
    EXPECT_TRUE(order().body.contains("above your spending limit"));
    set_limits("2000.00", "1000.00");
    EXPECT_TRUE(order().body.contains("above the credit that is left"));
    m_standing.has_limit = false;
    EXPECT_TRUE(order().body.contains("no credit limit with us"));
    EXPECT_TRUE(rows(Query::from(sales_order::table)).empty());
    set_limits("2000.00", "5000.00");
    auto const placed = order();
    ASSERT_EQ(placed.status, 303) << placed.body;
    auto const orders = rows(Query::from(sales_order::table));
    ASSERT_EQ(orders.size(), 1U);
    EXPECT_EQ(orders[0].get(sales_order::total), Amount::parse("1427.80")); // 2 × 649.00 + 10 %
    EXPECT_EQ(orders[0].get(sales_order::purchase_order), "PO-4711");
    EXPECT_EQ(orders[0].get(sales_order::owner)->id, demo::named("systemuser", "daisy"));
    EXPECT_EQ(get(std::string(placed.headers.value("Location"))).status, 200);
}

TEST_P(Shop, the_same_checkout_orders_once)
{
    sign_in_mona();
    set_limits("9000.00", "9000.00");
    submit("/shop/products/SB-100", "/shop/cart/add",
        { { "product", "SB-100" }, { "quantity", "1" } });
    auto const page = get("/shop/checkout").body;
    Typed const form { { "csrf", hidden(page, "csrf") }, { "checkout", hidden(page, "checkout") },
        { "total", hidden(page, "total") } };
    auto const first = post("/shop/checkout", form);
    auto const second = post("/shop/checkout", form);
    EXPECT_EQ(first.status, 303);
    EXPECT_EQ(second.headers.value("Location"), first.headers.value("Location"));
    EXPECT_EQ(rows(Query::from(sales_order::table)).size(), 1U);
}

TEST_P(Shop, quantities_that_cannot_be_are_refused)
{
    sign_in_mona();
    for (auto const* quantity : { "-1", "0", "1e9", "NaN", "1.5", "", "9999999" }) {
        auto const answer = submit("/shop/products/SB-100", "/shop/cart/add",
            { { "product", "SB-100" }, { "quantity", quantity } });
        EXPECT_EQ(answer.status, 422) << quantity;
    }
    EXPECT_TRUE(get("/shop/cart").body.contains("nothing in the cart"));
}

TEST_P(Shop, a_coupon_counts_only_while_it_may)
{
    sign_in_mona();
    set_limits("9000.00", "9000.00");
    submit("/shop/products/SB-100", "/shop/cart/add",
        { { "product", "SB-100" }, { "quantity", "1" } });
    auto const enter = [&](char const* code) {
        return submit("/shop/cart", "/shop/cart/coupon", { { "coupon", code } });
    };
    EXPECT_TRUE(enter("NOTHING").body.contains("There is no coupon"));
    auto const id = make_coupon(Row {}
                                    .set(coupon::code, "waves-10")
                                    .set(coupon::discount_percent, Decimal { 1000, 2 })
                                    .set(coupon::uses_max, 1),
        false);
    EXPECT_TRUE(enter("WAVES-10").body.contains("not active"));
    make_coupon(Row {}
                    .set(coupon::code, "SUMMER")
                    .set(coupon::discount_percent, Decimal { 500, 2 })
                    .set(coupon::valid_from, Date::of(2027, 6, 1)),
        true);
    EXPECT_TRUE(enter("SUMMER").body.contains("from 2027-06-01"));
    auto const activated = platform().write<NoReply>(as("paul"),
        [&](Unit& unit) { return unit.call(commerce::ActivateCoupon { { coupon::table, id } }); });
    ASSERT_TRUE(activated.has_value()) << activated.error().text;
    EXPECT_EQ(enter("waves-10").status, 303);
    EXPECT_TRUE(get("/shop/cart").body.contains("€642.51")); // 649.00 less 10 %, 10 % of tax
    auto const placed = submit("/shop/checkout", "/shop/checkout", {});
    ASSERT_EQ(placed.status, 303) << placed.body;
    EXPECT_EQ(rows(Query::from(coupon_use::table)).size(), 1U);
    submit("/shop/products/SB-100", "/shop/cart/add",
        { { "product", "SB-100" }, { "quantity", "1" } });
    EXPECT_TRUE(enter("WAVES-10").body.contains("as often as it may be"));
}

TEST_P(Shop, only_the_merchandiser_switches_coupons)
{
    auto const id = make_coupon(
        Row {}.set(coupon::code, "A-1").set(coupon::discount_percent, Decimal { 500, 2 }), false);
    auto const by_seller = platform().write<NoReply>(as("daisy"),
        [&](Unit& unit) { return unit.call(commerce::ActivateCoupon { { coupon::table, id } }); });
    ASSERT_FALSE(by_seller.has_value());
    EXPECT_EQ(by_seller.error().code, "PrivilegeDenied");
    auto const empty = platform().write<NoReply>(as("paul"), [&](Unit& unit) -> Result<NoReply> {
        auto const made = TRY(unit.create(Row(coupon::table).set(coupon::code, "NONE")));
        return unit.call(commerce::ActivateCoupon { { coupon::table, made } });
    });
    ASSERT_FALSE(empty.has_value());
    EXPECT_EQ(empty.error().code, "coupon_discount_invalid");
}

}

}
