#include "apps/catalog/pricing/document_json.h"

namespace cashline::catalog {

namespace {

json::Value written(Amount amount) { return amount.to_string(); }
json::Value written(Decimal const& value) { return value.to_string(); }

json::Array written(std::vector<std::size_t> const& places)
{
    json::Array list;
    for (auto const place : places) {
        list.emplace_back(static_cast<std::int64_t>(place));
    }
    return list;
}

json::Array written(std::vector<LineTax> const& taxes)
{
    json::Array list;
    for (auto const& tax : taxes) {
        list.push_back(json::Object {
            { "tax", static_cast<std::int64_t>(tax.tax) }, { "amount", written(tax.amount) } });
    }
    return list;
}

json::Value written(PricedLine const& line)
{
    return json::Object { { "quantity", written(line.quantity) }, { "price", written(line.price) },
        { "price_quantity", written(line.price_quantity) },
        { "list_amount", written(line.list_amount) },
        { "line_discount", written(line.line_discount) }, { "net", written(line.net) },
        { "document_discount", written(line.document_discount) }, { "base", written(line.base) },
        { "tax", written(line.tax) }, { "gross", written(line.gross) },
        { "taxes", written(line.taxes) }, { "price_source", line.price_source } };
}

json::Value written(PricedCharge const& charge)
{
    json::Value value { json::Object { { "code", charge.code }, { "label", charge.label },
        { "net", written(charge.net) }, { "tax", written(charge.tax) },
        { "taxes", written(charge.taxes) } } };
    if (charge.line) {
        value.set("line", static_cast<std::int64_t>(*charge.line));
    }
    return value;
}

json::Value written(PricedDiscount const& discount)
{
    json::Array shares;
    for (auto const& share : discount.shares) {
        shares.push_back(
            json::Object { { "taxes", written(share.taxes) }, { "net", written(share.net) } });
    }
    return json::Object { { "code", discount.code }, { "label", discount.label },
        { "net", written(discount.net) }, { "entered", written(discount.entered) },
        { "is_coupon", discount.is_coupon }, { "shares", std::move(shares) } };
}

json::Value written(PricedTax const& tax)
{
    return json::Object { { "code", tax.rate.code }, { "label", tax.rate.label },
        { "percent", written(tax.rate.percent) },
        { "category", std::string(letters(tax.rate.category)) }, { "reason", tax.rate.reason },
        { "reason_code", tax.rate.reason_code }, { "base", written(tax.base) },
        { "amount", written(tax.amount) } };
}

template<class T>
json::Array all_written(std::vector<T> const& parts)
{
    json::Array list;
    for (auto const& part : parts) {
        list.push_back(written(part));
    }
    return list;
}

// Remembers the first member that is missing or wrong; reading goes on with nothing.
class Reading {
public:
    Amount amount(json::Value const& from, std::string_view key)
    {
        return checked(Amount::parse(from.text(key)), key);
    }
    Decimal decimal(json::Value const& from, std::string_view key)
    {
        return checked(Decimal::parse(from.text(key)), key);
    }
    std::size_t place(json::Value const& value)
    {
        auto const number = value.as_integer();
        return static_cast<std::size_t>(
            checked(number && *number >= 0 ? number : std::nullopt, "taxes"));
    }
    std::vector<std::size_t> places(json::Value const& from, std::string_view key)
    {
        std::vector<std::size_t> list;
        for (auto const& value : from.array(key)) {
            list.push_back(place(value));
        }
        return list;
    }
    std::vector<LineTax> taxes(json::Value const& from)
    {
        std::vector<LineTax> list;
        for (auto const& value : from.array("taxes")) {
            auto const* index = value.find("tax");
            list.push_back({ place(index ? *index : json::Value {}), amount(value, "amount") });
        }
        return list;
    }
    PricedLine line(json::Value const& from);
    PricedCharge charge(json::Value const& from);
    PricedDiscount discount(json::Value const& from);
    PricedTax tax(json::Value const& from);

    std::string const& wrong() const { return m_wrong; }
    template<class T>
    T checked(std::optional<T> value, std::string_view key)
    {
        if (!value && m_wrong.empty()) {
            m_wrong = key;
        }
        return value.value_or(T {});
    }

private:
    std::string m_wrong {};
};

PricedLine Reading::line(json::Value const& from)
{
    return { .quantity = decimal(from, "quantity"),
        .price = decimal(from, "price"),
        .price_quantity = decimal(from, "price_quantity"),
        .list_amount = amount(from, "list_amount"),
        .line_discount = amount(from, "line_discount"),
        .net = amount(from, "net"),
        .document_discount = amount(from, "document_discount"),
        .base = amount(from, "base"),
        .tax = amount(from, "tax"),
        .gross = amount(from, "gross"),
        .taxes = taxes(from),
        .price_source = std::string(from.text("price_source")) };
}

PricedCharge Reading::charge(json::Value const& from)
{
    PricedCharge charge { .code = std::string(from.text("code")),
        .label = std::string(from.text("label")),
        .net = amount(from, "net"),
        .tax = amount(from, "tax"),
        .taxes = taxes(from) };
    if (auto const* line = from.find("line")) {
        charge.line = place(*line);
    }
    return charge;
}

PricedDiscount Reading::discount(json::Value const& from)
{
    PricedDiscount discount { .code = std::string(from.text("code")),
        .label = std::string(from.text("label")),
        .net = amount(from, "net"),
        .entered = amount(from, "entered"),
        .is_coupon = from.flag("is_coupon") };
    for (auto const& share : from.array("shares")) {
        discount.shares.push_back({ places(share, "taxes"), amount(share, "net") });
    }
    return discount;
}

PricedTax Reading::tax(json::Value const& from)
{
    return { .rate = { .code = std::string(from.text("code")),
                 .label = std::string(from.text("label")),
                 .percent = decimal(from, "percent"),
                 .category = checked(vat_category(from.text("category")), "category"),
                 .reason = std::string(from.text("reason")),
                 .reason_code = std::string(from.text("reason_code")) },
        .base = amount(from, "base"),
        .amount = amount(from, "amount") };
}

}

json::Value to_json(PricedDocument const& document)
{
    return json::Object { { "currency", document.currency.to_string() },
        { "precision", static_cast<std::int64_t>(document.precision) },
        { "prices_include_tax", document.prices_include_tax },
        { "lines", all_written(document.lines) }, { "charges", all_written(document.charges) },
        { "discounts", all_written(document.discounts) }, { "taxes", all_written(document.taxes) },
        { "net", written(document.net) }, { "discount", written(document.discount) },
        { "charge", written(document.charge) }, { "tax", written(document.tax) },
        { "gross", written(document.gross) }, { "trace", to_json(document.trace) } };
}

Result<PricedDocument> document_from_json(json::Value const& from)
{
    Reading reading;
    PricedDocument document { .currency =
                                  reading.checked(Id::parse(from.text("currency")), "currency"),
        .precision = static_cast<std::uint8_t>(from.integer("precision", 2)),
        .prices_include_tax = from.flag("prices_include_tax"),
        .net = reading.amount(from, "net"),
        .discount = reading.amount(from, "discount"),
        .charge = reading.amount(from, "charge"),
        .tax = reading.amount(from, "tax"),
        .gross = reading.amount(from, "gross") };
    for (auto const& line : from.array("lines")) {
        document.lines.push_back(reading.line(line));
    }
    for (auto const& charge : from.array("charges")) {
        document.charges.push_back(reading.charge(charge));
    }
    for (auto const& discount : from.array("discounts")) {
        document.discounts.push_back(reading.discount(discount));
    }
    for (auto const& tax : from.array("taxes")) {
        document.taxes.push_back(reading.tax(tax));
    }
    if (!reading.wrong().empty()) {
        return invalid(
            "document_malformed", "The stored document has no usable '" + reading.wrong() + "'.");
    }
    if (auto const* trace = from.find("trace")) {
        document.trace = TRY(trace_from_json(*trace));
    }
    return document;
}

}
