#include "apps/finance/invoice/invoice_mail.h"

#include "apps/activities/api.h"
#include "apps/finance/invoice/finance_invoice_table.h"
#include "apps/finance/setup/books.h"
#include "apps/parties/company/company_table.h"
#include "platform/pages/html.h"
#include "platform/pages/template.h"

namespace cashline::finance {

namespace {

namespace columns = finance_invoice;
struct Mail {
    std::string subject {};
    std::string body {};
};

Result<Mail> compose(Unit& unit, Row const& invoice, std::string const& company_name)
{
    auto const due = invoice.get(columns::due_date).value_or(Date {});
    json::Value const data { json::Object {
        { "number", invoice.text_or(columns::number) },
        { "company", company_name },
        { "total",
            TRY(amount_text(unit, invoice.amount_or_zero(columns::total),
                invoice.text_or(columns::currency_code))) },
        { "due", due.to_string() },
        { "order",
            invoice.text_or(columns::customer_reference, invoice.text_or(columns::order_number)) },
    } };
    for (auto const& definition : unit.schema().definitions("template")) {
        if (definition.text("template") == "finance_invoice") {
            return Mail {
                TRY(pages::render(
                    definition.text("subject"), data, { .escaping = pages::Escaping::none })),
                TRY(pages::render(definition.text("body"), data)),
            };
        }
    }
    return internal("template_missing", "There is no mail template 'finance_invoice'.");
}

}

Result<void> mail_invoice(Unit& unit, Row const& invoice, std::vector<Id> attachments)
{
    auto const address = invoice.text_or(columns::email);
    if (address.empty()) {
        return {};
    }
    auto const books = TRY(books_of(unit, invoice.text_or(columns::company)));
    auto const own =
        TRY(unit.retrieve(company::table, books.party, { company::name, company::email }));
    auto const mail = TRY(compose(unit, invoice, own.text_or(company::name)));
    activities::OutgoingMail outgoing {
        .to = { { invoice.text_or(columns::customer_name), address } },
        .subject = mail.subject,
        .text = pages::html_to_text(mail.body),
        .html = mail.body,
        .attachments = std::move(attachments),
        .regarding = Lookup { columns::table, invoice.id() }
    };
    if (!own.is_null(company::email)) {
        outgoing.from = { own.text_or(company::name), own.text_or(company::email) };
    }
    TRY(activities::queue_mail(unit, outgoing));
    return {};
}

}
