// What a caller can get wrong in a row, and what the pipeline adds to it.
#include "platform/pipeline/pipeline_testing.h"

namespace cashline {
namespace {

class ValidationTest : public PipelineTest { };
INSTANTIATE_TEST_SUITE_P(Databases, ValidationTest, both_databases(), database_name);

TEST_P(ValidationTest, a_deal_keeps_what_it_was_given_and_gets_the_rest)
{
    auto const id = made_by(m_daisy, "deal",
        { { "name", "Boards" }, { "rate", Decimal(12345, 4) }, { "count", 3 }, { "colors", "9, 1" },
            { "closeon", Date::of(2027, 4, 1) }, { "notes", "" } });
    auto const deal = to("deal", id);
    EXPECT_EQ(value(deal, "name"), Value("Boards"));
    EXPECT_EQ(value(deal, "rate"), Value(Decimal(1235, 3))); // Half away from zero.
    EXPECT_EQ(value(deal, "colors"), Value("1,9"));
    EXPECT_EQ(value(deal, "closeon"), Value(Date::of(2027, 4, 1)));
    EXPECT_TRUE(value(deal, "notes").is_null()); // There is no empty text.
    EXPECT_EQ(value(deal, "hot"), Value(false));
    EXPECT_EQ(value(deal, "kind"), Value(2));
    EXPECT_EQ(value(deal, "statecode"), Value(0));
    EXPECT_EQ(value(deal, "statuscode"), Value(1));
    EXPECT_EQ(value(deal, "ownerid"), Value(Lookup { system_user_table, m_daisy.user }));
    EXPECT_EQ(value(deal, "owningbusinessunit"), Value(Lookup { business_unit_table, m_north }));
    EXPECT_EQ(value(deal, "createdby"), Value(Lookup { system_user_table, m_daisy.user }));
    EXPECT_EQ(value(deal, "createdon"), Value(environment().now()));
}

TEST_P(ValidationTest, wrong_values_are_refused_by_name)
{
    struct Case {
        std::string_view column;
        Value value;
        std::string_view code;
    };
    std::vector<Case> const cases {
        { "name", std::string(51, 'x'), "StringLengthTooLong" },
        { "name", "a\x01z", "InvalidCharactersInField" },
        { "name", "\xff\xfe", "InvalidCharactersInField" },
        { "name", 5, "InvalidArgument" },
        { "name", "", "RequiredFieldMissing" },
        { "count", 0, "IntegerValueOutOfRange" },
        { "count", 11, "IntegerValueOutOfRange" },
        { "count", std::int64_t { 1 } << 40, "IntegerValueOutOfRange" },
        { "count", "3", "InvalidArgument" },
        { "rate", Decimal(100001, 3), "DecimalValueOutOfRange" },
        { "value", Amount::from_units(-1), "DecimalValueOutOfRange" },
        { "value", Amount::from_units(1'000'001), "DecimalValueOutOfRange" },
        { "kind", 3, "PicklistValueOutOfRange" },
        { "colors", "1,3", "PicklistValueOutOfRange" },
        { "colors", "red", "PicklistValueOutOfRange" },
        { "hot", "yes", "InvalidArgument" },
        { "closeon", Timestamp {}, "InvalidArgument" },
        { "seenat", Timestamp { -8'000'000'000'000'000 }, "InvalidDateTime" },
        { "statecode", 7, "PicklistValueOutOfRange" },
        { "total", Amount::from_units(1), "AttributeCannotBeUpdated" },
        { "customerid", Lookup { TableId { 20004 }, Id::from_name("tag/urgent") },
            "InvalidArgument" },
        { "customerid", Lookup { TableId { 20001 }, Id::from_name("nobody") },
            "ObjectDoesNotExist" },
    };
    for (auto const& wrong : cases) {
        Cells cells { { "name", "Boards" } };
        std::erase_if(cells, [&](auto const& cell) { return cell.first == wrong.column; });
        cells.emplace_back(wrong.column, wrong.value);
        auto const refused = create(m_daisy, "deal", cells);
        EXPECT_EQ(code(refused), wrong.code) << wrong.column;
        EXPECT_TRUE(wrong.code == "ObjectDoesNotExist" || column_of(refused) == wrong.column)
            << wrong.column << " " << column_of(refused);
    }
    EXPECT_EQ(code(create(m_daisy, "deal", {})), "RequiredFieldMissing");
}

TEST_P(ValidationTest, a_length_is_counted_as_clients_count_it)
{
    // 20 characters outside the basic plane are 40 units of UTF-16; the column holds 20.
    std::string fits;
    for (auto count = 0; count < 10; ++count) {
        fits += "\xf0\x9f\x8f\x84";
    }
    EXPECT_EQ(code(create(m_daisy, "customer", { { "name", fits } })), "");
    EXPECT_EQ(code(create(m_daisy, "customer", { { "name", fits + "x" } })), "StringLengthTooLong");
}

TEST_P(ValidationTest, columns_set_at_creation_stay)
{
    auto const deal =
        to("deal", made_by(m_daisy, "deal", { { "name", "A" }, { "source", "fair" } }));
    EXPECT_EQ(code(update(m_daisy, deal, { { "source", "web" } })), "AttributeCannotBeUpdated");
    // Clients send back what they read.
    EXPECT_EQ(code(update(m_daisy, deal, { { "source", "fair" }, { "name", "B" } })), "");
    EXPECT_EQ(code(update(m_daisy, deal, { { "versionnumber", 1 }, { "name", "C" } })), "");
    EXPECT_EQ(value(deal, "name"), Value("C"));
    EXPECT_EQ(code(update(m_daisy, deal, { { "name", nullptr } })), "RequiredFieldMissing");
}

TEST_P(ValidationTest, versions_grow_with_each_change_and_only_then)
{
    auto const deal = to("deal", made_by(m_daisy, "deal", { { "name", "A" } }));
    auto const first = *value(deal, "versionnumber").as_integer();
    environment().advance_seconds(60);
    auto const end = journal_end();
    EXPECT_EQ(code(update(m_daisy, deal, { { "name", "A" } })), "");
    EXPECT_EQ(value(deal, "versionnumber"), Value(first));
    EXPECT_NE(value(deal, "modifiedon"), Value(environment().now()));
    EXPECT_EQ(journal_end(), end);
    EXPECT_EQ(code(update(m_sam, deal, { { "name", "B" } })), "AccessDenied");
    EXPECT_EQ(code(update(m_daisy, deal, { { "name", "B" } })), "");
    EXPECT_GT(*value(deal, "versionnumber").as_integer(), first);
    EXPECT_EQ(value(deal, "modifiedon"), Value(environment().now()));
    EXPECT_EQ(journal_end(), end + 1);
}

TEST_P(ValidationTest, a_stale_version_is_refused)
{
    auto const deal = to("deal", made_by(m_daisy, "deal", { { "name", "A" } }));
    auto const version = *value(deal, "versionnumber").as_integer();
    auto const update_at = [&](std::int64_t expected) {
        return write(m_daisy, [&](Unit& unit) -> Result<void> {
            unit.expect_version(deal.table, deal.id, expected);
            TRY(unit.update(deal, row("deal", { { "name", "B" } })));
            return unit.update(deal, row("deal", { { "notes", "in the same unit" } }));
        });
    };
    EXPECT_EQ(code(update_at(version - 1)), "ConcurrencyVersionMismatch");
    EXPECT_EQ(code(update_at(version)), "");
    EXPECT_EQ(code(update_at(version)), "ConcurrencyVersionMismatch");
    EXPECT_EQ(code(update(m_daisy, to("deal", Id::from_name("none")), { { "name", "B" } })),
        "ObjectDoesNotExist");
}

TEST_P(ValidationTest, keys_and_ids_are_unique)
{
    auto const id = made_by(m_daisy, "customer", { { "name", "Northwind" }, { "number", "N-1" } });
    auto const again = create(m_daisy, "customer", { { "name", "Other" }, { "number", "n-1" } });
    EXPECT_EQ(code(again), "DuplicateRecordEntityKey"); // Compared folded.
    EXPECT_EQ(column_of(again), "number");
    EXPECT_EQ(code(create(m_daisy, "customer", { { "name", "Same" }, { "customerid", id } })),
        "DuplicateRecord");
}

TEST_P(ValidationTest, amounts_stand_in_the_base_currency_too)
{
    Lookup const dollar { table("transactioncurrency").id,
        Id::from_name("transactioncurrency/USD") };
    auto const deal = to("deal",
        made_by(m_daisy, "deal",
            { { "name", "A" }, { "value", Amount::from_units(100) },
                { "transactioncurrencyid", dollar } }));
    EXPECT_EQ(value(deal, "value_base"), Value(Amount::from_units(80)));
    EXPECT_EQ(value(deal, "exchangerate"), Value(Decimal(125, 2)));
    EXPECT_EQ(code(update(m_daisy, deal, { { "value", Amount { 10'000 } } })), "");
    EXPECT_EQ(value(deal, "value_base"), Value(Amount { 8'000 }));
    Lookup const euro { dollar.table, Id::from_name("transactioncurrency/EUR") };
    EXPECT_EQ(code(update(m_daisy, deal, { { "transactioncurrencyid", euro } })), "");
    EXPECT_EQ(value(deal, "value_base"), Value(Amount { 10'000 }));
    // Without one, a row is in the organisation's own currency.
    auto const other = to("deal", made_by(m_daisy, "deal", { { "name", "B" } }));
    EXPECT_EQ(value(other, "transactioncurrencyid"), Value(euro));
}

TEST_P(ValidationTest, numbers_are_drawn_once_and_without_gaps)
{
    auto const first = to("customer", made_by(m_daisy, "customer", { { "name", "A" } }));
    EXPECT_EQ(value(first, "number"), Value("C-01000"));
    EXPECT_EQ(code(create(m_daisy, "customer", { { "name", nullptr } })), "RequiredFieldMissing");
    auto const second = to("customer", made_by(m_daisy, "customer", { { "name", "B" } }));
    EXPECT_EQ(value(second, "number"), Value("C-01001"));
    auto const chosen =
        to("customer", made_by(m_daisy, "customer", { { "name", "C" }, { "number", "mine" } }));
    EXPECT_EQ(value(chosen, "number"), Value("mine"));
    auto const unknown = write(m_daisy, [](Unit& unit) -> Result<void> {
        TRY(unit.next_number("no_such_series"));
        return {};
    });
    EXPECT_EQ(code(unknown), "number_series_missing");
}

TEST_P(ValidationTest, history_keeps_its_moment_when_the_platform_brings_it)
{
    auto const long_ago = Timestamp::parse("2019-05-01T10:00:00Z").value();
    auto const brought = to("deal", made("deal", { { "name", "A" }, { "createdon", long_ago } }));
    EXPECT_EQ(value(brought, "createdon"), Value(long_ago));
    auto const claimed = to(
        "deal", made_by(m_daisy, "deal", { { "name", "A" }, { "overriddencreatedon", long_ago } }));
    EXPECT_EQ(value(claimed, "createdon"), Value(environment().now()));
}

}
}
