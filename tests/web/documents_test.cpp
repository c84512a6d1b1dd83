// Papers in the browser: quotes, orders and invoices under /documents, for whoever may read the
// row.
#include "apps/activities/note/note_table.h"
#include "apps/finance/credit/credit.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/finance/invoice/invoice_order.h"
#include "apps/finance/order/finance_order_table.h"
#include "apps/parties/account/account_table.h"
#include "apps/sales/invoice/invoice_table.h"
#include "apps/sales/quote/quote_table.h"
#include "apps/sales/quote_line/quote_line_table.h"
#include "apps/sales/sales_order/sales_order_table.h"
#include "apps/sales/sales_order_line/sales_order_line_table.h"
#include "platform/pipeline/registry.h"
#include "server/web_testing.h"

namespace cashline {

namespace {

class Documents : public WebTest {
protected:
    template<class T>
    T written(std::string_view who, std::function<Result<T>(Unit&)> work)
    {
        auto result = platform().write<T>(as(who), std::move(work));
        EXPECT_TRUE(result.has_value()) << result.error().code << ": " << result.error().text;
        return result.value_or(T {});
    }
    void write(std::string_view who, std::function<Result<void>(Unit&)> work)
    {
        auto const result = platform().write(as(who), std::move(work));
        EXPECT_TRUE(result.has_value()) << result.error().code << ": " << result.error().text;
    }
    std::vector<Row> rows(Query const& query)
    {
        return platform()
            .read<std::vector<Row>>(
                system_caller(), [&](Reader& reader) { return reader.query(query); })
            .value();
    }
    Id customer(char const* who)
    {
        return written<Id>(who, [](Unit& unit) {
            return unit.create(Row(account::table)
                    .set(account::name, "Tramore Surf School")
                    .set(account::street, "1 Strand")
                    .set(account::city, "Tramore")
                    .set(account::country, "Ireland")
                    .set(account::email, "office@tramore.example"));
        });
    }
    // A quote of a seller with one line, still a draft.
    Id quoted(char const* who)
    {
        auto const party = customer(who);
        return written<Id>(who, [&](Unit& unit) -> Result<Id> {
            auto const id = TRY(unit.create(Row(quote::table)
                    .set(quote::name, "Boards")
                    .set(quote::customer, Lookup { account::table, party })));
            TRY(unit.create(Row(quote_line::table)
                    .set(quote_line::quote, id)
                    .set(quote_line::product, demo::named("product", "SB-100"))
                    .set(quote_line::quantity, Decimal::from(3))));
            return id;
        });
    }
    void activate(char const* who, Id id)
    {
        write(who, [&](Unit& unit) {
            return unit.update(quote::table, id, Row {}.set(quote::state, QuoteState::active));
        });
    }
    // An order all the way to its invoice; the row of Finance.
    Row invoiced()
    {
        auto const party = customer("daisy");
        auto const order = written<Id>("daisy", [&](Unit& unit) -> Result<Id> {
            auto const id = TRY(unit.create(Row(sales_order::table)
                    .set(sales_order::name, "Boards")
                    .set(sales_order::customer, Lookup { account::table, party })));
            TRY(unit.create(Row(sales_order_line::table)
                    .set(sales_order_line::order, id)
                    .set(sales_order_line::product, demo::named("product", "SB-100"))
                    .set(sales_order_line::quantity, Decimal::from(3))));
            return id;
        });
        auto const in_books =
            rows(Query::from(finance_order::table).where(finance_order::sales_order == order))[0]
                .id();
        write("ines", [&](Unit& unit) -> Result<void> {
            TRY(unit.call(finance::ConfirmOrder { .order = in_books }));
            TRY(unit.call(finance::PickOrder { .order = in_books }));
            TRY(unit.call(finance::PackOrder { .order = in_books }));
            TRY(unit.call(finance::InvoiceOrder { .order = in_books }));
            return {};
        });
        return rows(Query::from(finance_invoice::table))[0];
    }
    static std::string address(char const* set, Id id, char const* extension = ".pdf")
    {
        return "/documents/" + std::string(set) + "/" + id.to_string() + extension;
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, Documents, both_databases(), database_name);

TEST_P(Documents, a_draft_is_drawn_and_an_activated_quote_keeps_its_paper)
{
    auto const id = quoted("daisy");
    sign_in("daisy");
    auto const draft = get(address("quotes", id));
    ASSERT_EQ(draft.status, 200) << draft.content();
    EXPECT_EQ(draft.headers.value("Content-Type"), "application/pdf");
    EXPECT_TRUE(draft.content().starts_with("%PDF-"));
    EXPECT_TRUE(rows(Query::from(note::table)).empty());

    activate("daisy", id);
    ASSERT_TRUE(platform().drain().has_value());
    auto const row = rows(Query::from(quote::table))[0];
    EXPECT_FALSE(row.is_null(quote::pdf_file));
    auto const notes = rows(Query::from(note::table));
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_EQ(notes[0].get(note::regarding)->id, id);
    EXPECT_EQ(notes[0].text_or(note::file_name), row.text_or(quote::number) + ".pdf");
    auto const paper = get(address("quotes", id));
    EXPECT_NE(paper.content(), draft.content()); // It says no longer that it is a draft.
    EXPECT_TRUE(paper.headers.value("Content-Disposition").contains(row.text_or(quote::number)));
    auto const attached = get("/files/annotations/" + notes[0].id().to_string());
    EXPECT_EQ(attached.content(), paper.content());
    // Once more changes nothing.
    ASSERT_TRUE(platform().drain().has_value());
    EXPECT_EQ(rows(Query::from(note::table)).size(), 1U);
}

TEST_P(Documents, a_paper_that_is_known_is_not_sent_again)
{
    auto const id = quoted("daisy");
    activate("daisy", id);
    ASSERT_TRUE(platform().drain().has_value());
    sign_in("daisy");
    auto const first = get(address("quotes", id));
    auto const tag = std::string(first.headers.value("ETag"));
    ASSERT_GT(tag.size(), 2U);
    auto const second = get(address("quotes", id), { { "If-None-Match", tag } });
    EXPECT_EQ(second.status, 304);
    EXPECT_TRUE(second.content().empty());
    EXPECT_EQ(get(address("quotes", id), { { "If-None-Match", "\"other\"" } }).status, 200);
}

TEST_P(Documents, who_may_not_read_the_row_gets_no_paper)
{
    auto const id = quoted("daisy");
    EXPECT_EQ(get(address("quotes", id)).status, 401);
    sign_in("grace"); // Another seller sees her own quotes only.
    EXPECT_EQ(code_of(get(address("quotes", id))),
        code_of(get("/api/data/v9.2/quotes(" + id.to_string() + ")")));
    sign_in("sam");
    EXPECT_EQ(get(address("quotes", id)).status, 200);
}

TEST_P(Documents, what_there_is_not_is_not_found)
{
    auto const id = quoted("daisy");
    sign_in("daisy");
    EXPECT_EQ(get(address("quotes", id, ".xml")).status, 404);
    EXPECT_EQ(get(address("quotes", id, "")).status, 404);
    EXPECT_EQ(get(address("quotes", Id::from_name("none"))).status, 404);
    EXPECT_EQ(get("/documents/quotes/nonsense.pdf").status, 404);
    EXPECT_EQ(get("/documents/quotes").status, 404);
    EXPECT_EQ(get(address("leads", id)).status, 404);
    EXPECT_EQ(post(address("quotes", id), "{}").status, 405);
}

TEST_P(Documents, an_order_has_a_paper)
{
    invoiced();
    sign_in("daisy");
    auto const order = rows(Query::from(sales_order::table))[0];
    auto const paper = get(address("salesorders", order.id()));
    ASSERT_EQ(paper.status, 200) << paper.content();
    EXPECT_TRUE(paper.content().starts_with("%PDF-"));
    sign_in("grace");
    EXPECT_NE(get(address("salesorders", order.id())).status, 200);
}

TEST_P(Documents, an_invoice_is_the_same_paper_in_finance_and_in_sales)
{
    auto const posted = invoiced();
    sign_in("ines");
    // Before the job has run it is drawn; afterwards it is the stored file, byte by byte.
    auto const drawn = get(address("finance-invoices", posted.id()));
    ASSERT_EQ(drawn.status, 200) << drawn.content();
    auto const in_sales = rows(Query::from(invoice::table))[0];
    EXPECT_EQ(get(address("invoices", in_sales.id())).status, 404);
    ASSERT_TRUE(platform().drain().has_value());
    EXPECT_EQ(get(address("finance-invoices", posted.id())).content(), drawn.content());
    auto const ubl = get(address("finance-invoices", posted.id(), ".xml"));
    ASSERT_EQ(ubl.status, 200) << ubl.content();
    EXPECT_EQ(ubl.headers.value("Content-Type"), "application/xml");
    EXPECT_TRUE(ubl.content().contains(posted.text_or(finance_invoice::number)));

    sign_in("daisy");
    EXPECT_EQ(get(address("invoices", in_sales.id())).content(), drawn.content());
    EXPECT_EQ(get(address("invoices", in_sales.id(), ".xml")).content(), ubl.content());
    sign_in("mira"); // Marketing has no business with invoices.
    EXPECT_EQ(get(address("invoices", in_sales.id())).status, 403);
    EXPECT_EQ(get(address("finance-invoices", posted.id())).status, 403);
}

TEST_P(Documents, the_customer_finds_the_files_of_the_invoice)
{
    auto const posted = invoiced();
    ASSERT_TRUE(platform().drain().has_value());
    auto const party = Lookup { account::table, rows(Query::from(account::table))[0].id() };
    auto const files_for = [&](Lookup customer, std::string const& number) {
        return platform()
            .read<std::vector<catalog::InvoiceFile>>(system_caller(),
                [&](Reader& reader) {
                    return reader.port<catalog::CustomerAccounts>().invoice_files(
                        reader, customer, number);
                })
            .value();
    };
    auto const number = posted.text_or(finance_invoice::number);
    auto const files = files_for(party, number);
    ASSERT_EQ(files.size(), 2U);
    EXPECT_EQ(files[0].file,
        *rows(Query::from(finance_invoice::table))[0].get(finance_invoice::pdf_file));
    EXPECT_EQ(files[1].label, "E-invoice (XML)");
    EXPECT_TRUE(files_for(party, "INV-AWIE-999999").empty());
    auto const stranger = Lookup { account::table, customer("daisy") };
    EXPECT_TRUE(files_for(stranger, number).empty());
}

}

}
