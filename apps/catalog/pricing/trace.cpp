#include "apps/catalog/pricing/trace.h"

namespace cashline::catalog {

namespace {

void append_text(std::string& out, Trace const& trace, std::size_t depth)
{
    out.append(depth * 2, ' ');
    out += trace.rule;
    if (!trace.label.empty()) {
        out += " (" + trace.label + ")";
    }
    out += ": ";
    if (trace.base) {
        out += trace.base->to_string();
    }
    if (trace.rate) {
        out += " at " + trace.rate->to_string();
    }
    if (trace.base || trace.rate) {
        out += " = ";
    }
    if (trace.exact) {
        out += trace.exact->to_string() + " → ";
    }
    out += trace.result.to_string();
    if (!trace.rounding.empty()) {
        out += " [" + trace.rounding + "]";
    }
    out += '\n';
    for (auto const& part : trace.parts) {
        append_text(out, part, depth + 1);
    }
}

void set_number(json::Value& object, std::string_view key, std::optional<Decimal> const& number)
{
    if (number) {
        object.set(key, json::Value { number->to_string() });
    }
}

Result<std::optional<Decimal>> number_of(json::Value const& object, std::string_view key)
{
    auto const text = object.text(key);
    if (text.empty()) {
        return std::optional<Decimal> {};
    }
    auto const number = Decimal::parse(text);
    if (!number) {
        return internal(
            "trace_malformed", "A stored calculation holds something that is no number.");
    }
    return number;
}

}

// Numbers travel as text: a trace is read by people and by us, and must not pass through a binary
// float in between.
json::Value to_json(Trace const& trace)
{
    json::Value value { json::Object {} };
    value.set("rule", trace.rule);
    if (!trace.label.empty()) {
        value.set("label", trace.label);
    }
    set_number(value, "base", trace.base);
    set_number(value, "rate", trace.rate);
    set_number(value, "exact", trace.exact);
    if (!trace.rounding.empty()) {
        value.set("rounding", trace.rounding);
    }
    value.set("result", trace.result.to_string());
    if (!trace.parts.empty()) {
        json::Array parts;
        for (auto const& part : trace.parts) {
            parts.push_back(to_json(part));
        }
        value.set("parts", std::move(parts));
    }
    return value;
}

Result<Trace> trace_from_json(json::Value const& value)
{
    auto const result = Amount::parse(value.text("result"));
    if (!value.is_object() || !result) {
        return internal("trace_malformed", "A stored calculation is damaged.");
    }
    Trace trace { .rule = std::string(value.text("rule")),
        .label = std::string(value.text("label")),
        .base = TRY(number_of(value, "base")),
        .rate = TRY(number_of(value, "rate")),
        .exact = TRY(number_of(value, "exact")),
        .rounding = std::string(value.text("rounding")),
        .result = *result };
    for (auto const& part : value.array("parts")) {
        trace.parts.push_back(TRY(trace_from_json(part)));
    }
    return trace;
}

std::string to_text(Trace const& trace)
{
    std::string out;
    append_text(out, trace, 0);
    return out;
}

}
