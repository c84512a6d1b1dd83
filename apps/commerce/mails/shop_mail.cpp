#include "apps/commerce/mails/shop_mail.h"

#include "apps/activities/api.h"
#include "platform/organization/organization_table.h"
#include "platform/pages/template.h"

namespace cashline::commerce {

namespace {

Result<Row> organisation(Reader& reader)
{
    return reader.elevated_reader().retrieve(organization::table, organization_id());
}

Result<json::Value const*> template_named(Schema const& schema, std::string_view name)
{
    for (auto const& definition : schema.definitions("template")) {
        if (definition.text("template") == name) {
            return &definition;
        }
    }
    return internal("template_missing", "There is no template “" + std::string(name) + "”.");
}

}

Result<std::string> shop_url(Reader& reader, std::string_view path)
{
    auto const row = TRY(organisation(reader));
    auto url = row.text_or(organization::public_url);
    while (url.ends_with('/')) {
        url.pop_back();
    }
    return url + std::string(path);
}

Result<void> send_shop_mail(Unit& unit, ShopMail const& mail)
{
    auto const row = TRY(organisation(unit));
    auto const* found = TRY(template_named(unit.schema(), mail.name));
    auto values = mail.values;
    values.set("organisation", row.text_or(organization::name));
    values.set("shop", TRY(shop_url(unit, "/shop/")));
    pages::TemplateOptions const options { .escaping = pages::Escaping::none };
    activities::OutgoingMail outgoing { .to = { { mail.to_name, mail.to_address } },
        .subject = TRY(pages::render(found->text("subject"), values, options)),
        .text = TRY(pages::render(found->text("body"), values, options)) };
    outgoing.regarding = mail.regarding;
    TRY(activities::queue_mail(unit, outgoing));
    return {};
}

}
