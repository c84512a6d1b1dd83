#include "tests/faults/belief.h"

#include <chrono>
#include <thread>

namespace cashline::faults {

namespace {

// A busy server says so and is asked again.
load::Answer patient_answer(load::WebAPI& api, std::string const& path)
{
    constexpr int tries_max = 40;
    auto answer = api.retrieve(path);
    for (int i = 0; i < tries_max && answer.status == 503; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(250));
        answer = api.retrieve(path);
    }
    return answer;
}

Refusal no_answer(std::string const& question, load::Answer const& answer)
{
    return internal("no_answer",
        "the server does not say what is there (" + question + ": " + std::to_string(answer.status)
            + " " + answer.body + ")");
}

}

Belief::Belief(std::string name, std::string state, Probe probe)
    : m_name(std::move(name))
    , m_possible({ std::move(state) })
    , m_probe(std::move(probe))
{
}

std::string Belief::check(load::WebAPI& api)
{
    auto const found = m_probe(api);
    if (!found) {
        return m_name + ": " + found.error().text;
    }
    if (m_possible.contains(*found)) {
        m_possible = { *found };
        return {};
    }
    std::string expected;
    for (auto const& state : m_possible) {
        expected += (expected.empty() ? "'" : "' or '") + state;
    }
    return m_name + ": expected " + expected + "', found '" + *found + "'";
}

std::string plain_text(json::Value const* value)
{
    if (value == nullptr || value->is_null()) {
        return "null";
    }
    if (auto const* number = value->as_number()) {
        return number->without_trailing_zeros().to_string();
    }
    if (auto const* text = value->as_string()) {
        return *text;
    }
    return value->to_string();
}

Result<std::string> column_of(load::WebAPI& api, std::string const& path, std::string const& column)
{
    auto const answer = patient_answer(api, path + "?$select=" + column);
    if (answer.status == 404) {
        return absent;
    }
    if (!answer.is_success()) {
        return no_answer(path, answer);
    }
    return plain_text(load::document_of(answer).find(column));
}

Result<json::Array> rows_of(load::WebAPI& api, std::string const& query)
{
    std::string encoded;
    for (auto const character : query) {
        encoded += character == ' ' ? std::string("%20") : std::string(1, character);
    }
    auto const answer = patient_answer(api, encoded);
    if (!answer.is_success()) {
        return no_answer(query, answer);
    }
    return load::document_of(answer).array("value");
}

}
