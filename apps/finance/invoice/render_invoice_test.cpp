// The job behind a posted invoice: PDF, e-invoice, mail.
#include "apps/activities/outgoing_mail/outgoing_mail_table.h"
#include "apps/finance/customer/finance_customer_table.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/finance/invoice/render_invoice.h"
#include "apps/finance/order/order_testing.h"
#include "platform/files/file_store.h"

namespace cashline::finance {

namespace {

class RenderInvoice : public OrderTest {
protected:
    Row invoice_row(Id id) { return row({ finance_invoice::table, id }); }
    std::string bytes(std::optional<Id> file)
    {
        EXPECT_TRUE(file.has_value());
        return file ? platform()
                          .read<std::string>(system_caller(),
                              [&](Reader& reader) { return files::content(reader, *file); })
                          .value_or("")
                    : std::string {};
    }
    void give_address(char const* address)
    {
        auto const customer = rows(Query::from(finance_customer::table))[0];
        changed({ finance_customer::table, customer.id() },
            Row(finance_customer::table).set(finance_customer::email, address));
    }
    std::vector<Row> mails() { return rows(Query::from(outgoing_mail::table)); }
};
INSTANTIATE_TEST_SUITE_P(Databases, RenderInvoice, both_databases(), database_name);

TEST_P(RenderInvoice, keeps_the_files_and_mails_them_once)
{
    give_address("accounts@northwind.example");
    auto const id = invoice(add_board_order());
    EXPECT_TRUE(invoice_row(id).is_null(finance_invoice::pdf_file));
    ASSERT_TRUE(platform().drain().has_value());

    auto const posted = invoice_row(id);
    auto const number = posted.text_or(finance_invoice::number);
    EXPECT_TRUE(bytes(posted.get(finance_invoice::pdf_file)).starts_with("%PDF-"));
    auto const ubl = bytes(posted.get(finance_invoice::ubl_file));
    EXPECT_TRUE(ubl.contains("<cbc:ID>" + number + "</cbc:ID>"));
    EXPECT_TRUE(ubl.contains(">578.10</cbc:PayableAmount>"));
    ASSERT_EQ(mails().size(), 1U);
    auto const mail = bytes(mails()[0].get(outgoing_mail::content));
    EXPECT_TRUE(mail.contains("accounts@northwind.example"));
    EXPECT_TRUE(mail.contains(number + ".pdf"));
    EXPECT_TRUE(mail.contains(number + ".xml"));

    // The same job again, as after a crash between its work and its mark.
    auto const again = write(system_caller(), [&](Unit& unit) -> Result<void> {
        auto job = render_invoice_job(id);
        job.key += "/again";
        unit.later(std::move(job));
        return {};
    });
    ASSERT_TRUE(again.has_value());
    ASSERT_TRUE(platform().drain().has_value());
    EXPECT_EQ(
        invoice_row(id).get(finance_invoice::pdf_file), posted.get(finance_invoice::pdf_file));
    EXPECT_EQ(mails().size(), 1U);
}

TEST_P(RenderInvoice, without_an_address_there_are_files_and_no_mail)
{
    give_address("");
    auto const id = invoice(add_board_order());
    ASSERT_TRUE(platform().drain().has_value());
    EXPECT_FALSE(invoice_row(id).is_null(finance_invoice::pdf_file));
    EXPECT_TRUE(mails().empty());
}

}

}
