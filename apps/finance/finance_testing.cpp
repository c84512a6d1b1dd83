#include "apps/finance/finance_testing.h"

#include "apps/activities/api.h"
#include "apps/catalog/api.h"
#include "apps/catalog/price_list/price_list_table.h"
#include "apps/catalog/product/product_table.h"
#include "apps/catalog/unit/unit_table.h"
#include "apps/catalog/unit_group/unit_group_table.h"
#include "apps/finance/api.h"
#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/product/released_product_table.h"
#include "apps/parties/api.h"
#include "apps/parties/company/company_table.h"
#include "apps/parties/currency/currency_table.h"
#include "platform/pipeline/bootstrap.h"
#include "platform/platform_app.h"
#include "platform/security/system_user/system_user_table.h"

namespace cashline::finance {

namespace {

// The tables only; rows are seeded when a platform opens on a copy.
Result<void> prepare_tables(Store& store)
{
    Metadata metadata(TRY(Schema::load(shipped_definitions())));
    return prepare_database(store, metadata);
}

}

void FinanceTest::SetUp()
{
    m_store = fresh_store(GetParam(), { .name = "shipped", .prepare = prepare_tables });
    if (!m_store) {
        GTEST_SKIP() << "This database is not installed here.";
    }
    m_store->close();
    open();
    ASSERT_NE(m_platform, nullptr);
    add_company();
    m_ines = person("ines", { "Accounts Receivable Clerk" });
    m_otto = person("otto", { "Warehouse Worker" });
    m_daisy = person("daisy", { "Salesperson" });
}

void FinanceTest::TearDown()
{
    m_platform.reset();
    m_store.reset();
}

void FinanceTest::open()
{
    auto opened = Platform::open({ .store = m_store->options(),
        .environment = &m_environment,
        .files_path = m_files.path().string(),
        .apps = { register_platform, parties::register_parties, activities::register_activities,
            catalog::register_catalog, register_finance,
            [this](Registry& registry) { register_more(registry); } } });
    ASSERT_TRUE(opened.has_value()) << opened.error().code << ": " << opened.error().text;
    m_platform = std::move(*opened);
}

void FinanceTest::add_company()
{
    m_euro = Id::from_name("test/euro");
    made(Row(currency::table, m_euro)
            .set(currency::code, "EUR")
            .set(currency::name, "Euro")
            .set(currency::symbol, "€")
            .set(currency::precision, 2)
            .set(currency::rate, Decimal::from(1)));
    m_company = made(Row(company::table)
            .set(company::name, "Adventure Works Ireland")
            .set(company::code, company_code)
            .set(company::country, "IE")
            .set(company::accounting_currency, m_euro)
            .set(company::street, "1 Harbour Road")
            .set(company::city, "Dublin")
            .set(company::postal_code, "D01 F5P2")
            .set(company::vat_number, "IE6388047V")
            .set(company::email, "accounts@adventure-works.example")
            .set(company::iban, "IE29AIBK93115212345678")
            .set(company::bic, "AIBKIE2D"));
    auto const group = made(Row(unit_group::table)
            .set(unit_group::name, "Pieces")
            .set(unit_group::base_unit_name, "piece"));
    m_unit = made(Row(unit::table)
            .set(unit::name, "piece")
            .set(unit::unit_group, group)
            .set(unit::quantity, Decimal::from(1)));
    m_price_list = made(
        Row(price_list::table).set(price_list::name, "Retail").set(price_list::currency, m_euro));
}

Id FinanceTest::made(Row row)
{
    auto const id =
        platform().write<Id>(system_caller(), [&](Unit& unit) { return unit.create(Row(row)); });
    EXPECT_TRUE(id.has_value()) << id.error().code << ": " << id.error().text;
    return id.value_or(Id {});
}

void FinanceTest::changed(Lookup target, Row changes)
{
    auto const done =
        write(system_caller(), [&](Unit& unit) { return unit.update(target, Row(changes)); });
    EXPECT_TRUE(done.has_value()) << done.error().code << ": " << done.error().text;
}

Row FinanceTest::row(Lookup target)
{
    auto found = platform().read<Row>(
        system_caller(), [&](Reader& reader) { return reader.retrieve(target); });
    EXPECT_TRUE(found.has_value()) << found.error().code << ": " << found.error().text;
    return found.value_or(Row(target.table));
}

std::vector<Row> FinanceTest::rows(Query query)
{
    auto found = platform().read<std::vector<Row>>(
        system_caller(), [&](Reader& reader) { return reader.query(query); });
    EXPECT_TRUE(found.has_value()) << found.error().code << ": " << found.error().text;
    return found.value_or(std::vector<Row> {});
}

Caller FinanceTest::person(std::string const& name, std::vector<std::string> const& roles)
{
    auto const user = made(Row(system_user::table)
            .set(system_user::first_name, name)
            .set(system_user::user_name, name + "@example.com")
            .set(system_user::unit, root_business_unit_id()));
    for (auto const& role : roles) {
        auto const linked = write(system_caller(), [&](Unit& unit) {
            return unit.associate(
                "systemuserroles_association", user, Id::from_name("role/" + role));
        });
        EXPECT_EQ(code(linked), "");
    }
    auto found = platform().caller_of(user, Door::web_api);
    EXPECT_TRUE(found.has_value());
    return found.value_or(Caller {});
}

json::Value FinanceTest::call(Caller const& caller, std::string_view name, json::Value const& body)
{
    auto reply = platform().call(caller, name, body);
    EXPECT_TRUE(reply.has_value()) << reply.error().code << ": " << reply.error().text;
    if (!reply) {
        return {};
    }
    auto const* document = reply->complex.find("document");
    return document ? *document : reply->complex;
}

std::string FinanceTest::refusal(
    Caller const& caller, std::string_view name, json::Value const& body)
{
    return code(platform().call(caller, name, body));
}

Id FinanceTest::add_item(NewItem const& item)
{
    auto const unit_row = row({ unit::table, m_unit });
    auto const id = made(Row(product::table)
            .set(product::name, item.number)
            .set(product::number, item.number)
            .set(product::default_unit, m_unit)
            .set(product::unit_group, *unit_row.get(unit::unit_group))
            .set(product::quantity_decimals, 2)
            .set(product::currency, m_euro)
            .set(product::list_price, item.price));
    made(Row(released_product::table)
            .set(released_product::company, company_code)
            .set(released_product::number, item.number)
            .set(released_product::product, id)
            .set(released_product::name, item.number)
            .set(released_product::is_stocked, item.is_stocked)
            .set(released_product::unit_cost, item.cost)
            .set(released_product::tax_item_group, item.tax_item_group));
    return id;
}

Id FinanceTest::add_customer(std::string const& account, std::string const& name)
{
    auto const party = Id::from_name("party/" + account);
    made(Row(finance_customer::table)
            .set(finance_customer::company, company_code)
            .set(finance_customer::account, account)
            .set(finance_customer::party, party)
            .set(finance_customer::name, name)
            .set(finance_customer::currency_code, "EUR")
            .set(finance_customer::street, "2 Pier Street")
            .set(finance_customer::city, "Galway")
            .set(finance_customer::postal_code, "H91 E2K3")
            .set(finance_customer::country, "IE")
            .set(finance_customer::email, "accounts@northwind.example"));
    return party;
}

}
