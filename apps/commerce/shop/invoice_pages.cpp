#include "apps/catalog/api.h"
#include "apps/commerce/order/orders_of_buyer.h"
#include "apps/commerce/shop/account_tabs.h"
#include "apps/commerce/shop/frame.h"
#include "apps/commerce/shop/handlers.h"
#include "apps/sales/invoice/invoice_table.h"
#include "core/text.h"
#include "platform/files/file_store.h"

#include <algorithm>
#include <charconv>

namespace cashline::commerce {

namespace {

using catalog::InvoiceFile;

Result<std::vector<InvoiceFile>> files_of(Reader& reader, Buyer const& buyer, Row const& row)
{
    auto elevated = reader.elevated_reader();
    return elevated.port<catalog::CustomerAccounts>().invoice_files(
        elevated, buyer.customer(), row.text_or(invoice::number));
}

std::string open_text(std::vector<catalog::OpenInvoice> const& open, std::string const& number,
    MoneyTexts const& money)
{
    auto const found = std::ranges::find(open, number, &catalog::OpenInvoice::number);
    return found == open.end() ? "Paid" : money.amount(found->open);
}

Result<json::Value> invoice_row(Reader& reader, Buyer const& buyer, Row const& row,
    std::vector<catalog::OpenInvoice> const& open)
{
    auto const currency = row.get(invoice::currency);
    auto const money = TRY(money_texts(reader, currency ? currency->id : Id {}));
    auto const number = row.text_or(invoice::number);
    auto const due = row.get(invoice::due_date);
    json::Value item { json::Object {} };
    item.set("number", number);
    item.set("date", date_text(row.get(invoice::created_on).value_or(Timestamp {}).date_utc()));
    item.set("due", due ? date_text(*due) : "");
    item.set("total", money.amount(row.amount_or_zero(invoice::total)));
    item.set("open", open_text(open, number, money));
    json::Array documents;
    auto const files = TRY(files_of(reader, buyer, row));
    for (std::size_t at = 0; at < files.size(); ++at) {
        json::Value document { json::Object {} };
        document.set("url",
            "/shop/account/documents/" + text::percent_encode(number) + "/" + std::to_string(at));
        document.set("text", files[at].label);
        documents.push_back(std::move(document));
    }
    item.set("documents", std::move(documents));
    return item;
}

struct Download {
    files::FileInfo info {};
    std::string content {};
};

Refusal no_such_document()
{
    return missing("document_unknown", "There is no such document in your account.");
}

// "<invoice number>/<position>", found through the buyer's own invoices.
Result<Download> read_document(Reader& reader, Buyer const& buyer, std::string_view wanted)
{
    auto const slash = wanted.rfind('/');
    std::size_t position = 0;
    auto const digits = slash == std::string_view::npos ? "" : wanted.substr(slash + 1);
    auto const parsed = std::from_chars(digits.data(), digits.data() + digits.size(), position);
    if (digits.empty() || parsed.ec != std::errc {}) {
        return no_such_document();
    }
    auto const number = std::string(wanted.substr(0, slash));
    for (auto const& row : TRY(invoices_of(reader, buyer))) {
        if (row.text_or(invoice::number) != number) {
            continue;
        }
        auto const found = TRY(files_of(reader, buyer, row));
        if (position < found.size()) {
            auto elevated = reader.elevated_reader();
            return Download { TRY(files::info(elevated, found[position].file)),
                TRY(files::content(elevated, found[position].file)) };
        }
    }
    return no_such_document();
}

}

Result<http::Response> invoices_page(ShopState& shop, Visit const& visit)
{
    return show_page(shop, visit, { .name = "invoices", .title = "Invoices" },
        [&](Reader& reader, json::Value& page) -> Result<void> {
            set_account_menu(page, visit);
            auto elevated = reader.elevated_reader();
            auto const open = TRY(elevated.port<catalog::CustomerAccounts>().open_invoices(
                elevated, visit.buyer->customer()));
            json::Array rows;
            for (auto const& row : TRY(invoices_of(reader, *visit.buyer))) {
                rows.push_back(TRY(invoice_row(reader, *visit.buyer, row, open)));
            }
            page.set("has_invoices", !rows.empty());
            page.set("invoices", std::move(rows));
            return {};
        });
}

Result<http::Response> invoice_document(ShopState& shop, Visit const& visit)
{
    auto download = TRY(shop.platform.read<Download>(visit.caller,
        [&](Reader& reader) { return read_document(reader, *visit.buyer, visit.rest); }));
    auto response =
        http::content_response(200, download.info.content_type, std::move(download.content));
    response.headers.set("Content-Disposition",
        "attachment; filename*=UTF-8''" + text::percent_encode(download.info.name));
    response.headers.set("X-Content-Type-Options", "nosniff");
    response.headers.set("Cache-Control", "private, no-store");
    return response;
}

}
