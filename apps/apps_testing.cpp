#include "apps/apps_testing.h"

#include "apps/parties/currency/currency_table.h"
#include "core/text.h"
#include "platform/organization/organization_table.h"
#include "platform/pipeline/bootstrap.h"
#include "platform/security/system_user/system_user_table.h"

namespace cashline {

namespace {

StoreTemplate migrated_store()
{
    return { .name = "apps", .prepare = [](Store& store) -> Result<void> {
                Metadata metadata(TRY(Schema::load(shipped_definitions())));
                return prepare_database(store, metadata);
            } };
}

}

void AppsTest::SetUp()
{
    m_store = fresh_store(GetParam(), migrated_store());
    if (!m_store) {
        GTEST_SKIP() << "This database is not installed here.";
    }
    m_store->close();
    m_files = std::make_unique<TemporaryFolder>();
    open();
    add_company();
}

void AppsTest::TearDown()
{
    m_platform.reset();
    m_store.reset();
}

void AppsTest::open()
{
    auto opened = Platform::open({ .store = m_store->options(),
        .environment = &m_environment,
        .files_path = (m_files->path() / "files").string(),
        .apps = apps(),
        .settings = settings() });
    ASSERT_TRUE(opened.has_value()) << opened.error().code << ": " << opened.error().text;
    m_platform = std::move(*opened);
}

void AppsTest::reopen()
{
    m_platform.reset();
    open();
}

void AppsTest::add_company()
{
    auto const euro = made(Row(currency::table)
            .set(currency::code, "EUR")
            .set(currency::name, "Euro")
            .set(currency::symbol, "€")
            .set(currency::precision, 2)
            .set(currency::rate, Decimal::from(1)));
    auto const changed = update(system_caller(), { organization::table, organization_id() },
        Row {}
            .set(organization::name, "Adventure Works")
            .set(organization::base_currency, euro)
            .set(organization::public_url, "https://sales.adventure-works.example")
            .set(organization::mail_from, "office@adventure-works.example"));
    EXPECT_TRUE(changed.has_value()) << changed.error().text;
    m_daisy = caller(add_user("Daisy Phillips", { "Salesperson" }));
    m_tom = caller(add_user("Tom Barker", { "Salesperson" }));
    m_sam = caller(add_user("Sam Reed", { "Sales Manager" }));
    m_ada = caller(add_user("Ada Long", { "System Administrator" }));
    m_mail = caller(add_user("Mail Service", { "Mail Service" }), Door::mail);
}

Id AppsTest::add_user(std::string const& name, std::vector<std::string> const& roles)
{
    auto const gap = name.find(' ');
    auto const first = name.substr(0, gap);
    auto const address = text::to_lower_ascii(first) + "@adventure-works.example";
    auto const user = made(Row(system_user::table)
            .set(system_user::first_name, first)
            .set(system_user::last_name, name.substr(gap + 1))
            .set(system_user::user_name, address)
            .set(system_user::email, address)
            .set(system_user::unit, root_business_unit_id()));
    for (auto const& role : roles) {
        auto const linked = write(system_caller(), [&](Unit& unit) {
            return unit.associate(
                "systemuserroles_association", user, Id::from_name("role/" + role));
        });
        EXPECT_EQ(refusal_of(linked), "") << role;
    }
    return user;
}

Caller AppsTest::caller(Id user, Door door)
{
    auto found = platform().caller_of(user, door);
    EXPECT_TRUE(found.has_value()) << found.error().text;
    return found.value_or(Caller {});
}

Result<Id> AppsTest::create(Caller const& caller, Row row)
{
    return platform().write<Id>(caller, [&](Unit& unit) { return unit.create(row); });
}

Result<void> AppsTest::update(Caller const& caller, Lookup target, Row changes)
{
    return write(caller, [&](Unit& unit) { return unit.update(target, changes); });
}

Result<void> AppsTest::remove(Caller const& caller, Lookup target)
{
    return write(caller, [&](Unit& unit) { return unit.remove(target.table, target.id); });
}

Result<void> AppsTest::write(Caller const& caller, std::function<Result<void>(Unit&)> work)
{
    return platform().write(caller, std::move(work));
}

Id AppsTest::made(Row row) { return made_by(system_caller(), std::move(row)); }

Id AppsTest::made_by(Caller const& caller, Row row)
{
    auto const id = create(caller, std::move(row));
    EXPECT_TRUE(id.has_value()) << id.error().code << ": " << id.error().text << " ("
                                << id.error().column << ")";
    return id.value_or(Id {});
}

Row AppsTest::row(Lookup target)
{
    auto found = platform().read<Row>(
        system_caller(), [&](Reader& reader) { return reader.retrieve(target); });
    EXPECT_TRUE(found.has_value()) << found.error().text;
    return found.value_or(Row {});
}

std::vector<Row> AppsTest::rows(Query const& query)
{
    auto found = platform().read<std::vector<Row>>(
        system_caller(), [&](Reader& reader) { return reader.query(query); });
    EXPECT_TRUE(found.has_value()) << found.error().text;
    return found.value_or(std::vector<Row> {});
}

bool AppsTest::may_read(Caller const& caller, Lookup target)
{
    auto const found = platform().read<std::optional<Row>>(
        caller, [&](Reader& reader) { return reader.find(target.table, target.id); });
    return found && found->has_value();
}

void AppsTest::drain()
{
    auto const ran = platform().drain();
    EXPECT_TRUE(ran.has_value()) << ran.error().code << ": " << ran.error().text;
}

}
