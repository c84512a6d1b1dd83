#include "core/decimal_generator_testing.h"
#include "core/json.h"

#include <set>

namespace cashline::json {

namespace {

std::string any_text()
{
    std::string text;
    for (auto const part : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 140))) {
        text += part < 128 ? std::string(1, static_cast<char>(part)) : part < 134 ? "é" : "🏄";
    }
    return text;
}

Value any_value(int depth)
{
    switch (*rc::gen::inRange(0, depth > 0 ? 6 : 4)) {
    case 0:
        return {};
    case 1:
        return *rc::gen::arbitrary<bool>();
    case 2:
        return *rc::gen::arbitrary<Decimal>();
    case 3:
        return any_text();
    case 4: {
        Array elements;
        for (auto count = *rc::gen::inRange(0, 4); count > 0; --count) {
            elements.push_back(any_value(depth - 1));
        }
        return elements;
    }
    default: {
        Value object { Object {} };
        for (auto count = *rc::gen::inRange(0, 4); count > 0; --count) {
            object.set(any_text(), any_value(depth - 1));
        }
        return object;
    }
    }
}

}

RC_GTEST_PROP(json, reads_what_it_writes, ())
{
    auto const value = any_value(4);
    auto const text = value.to_string();
    auto const again = parse(text);
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == value);
    RC_ASSERT(again->to_string() == text);
}

RC_GTEST_PROP(json, survives_damaged_documents, ())
{
    auto text = any_value(4).to_string();
    auto const at = *rc::gen::inRange<std::size_t>(0, text.size());
    if (*rc::gen::arbitrary<bool>()) {
        text.erase(at, 1);
    } else {
        text[at] = *rc::gen::arbitrary<char>();
    }
    // Whatever it is now, it is either refused or a value that writes and reads the same again.
    if (auto const value = parse(text)) {
        RC_ASSERT(parse(value->to_string()).value() == *value);
    }
}

}
