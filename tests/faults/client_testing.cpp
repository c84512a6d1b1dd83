#include "tests/faults/client.h"

#include <algorithm>
#include <fmt/format.h>

namespace cashline::faults {

void Shared::offer(OpenInvoice invoice)
{
    std::scoped_lock const lock(m_guard);
    m_invoices.push_back(std::move(invoice));
}

std::vector<OpenInvoice> Shared::take(std::size_t count_max)
{
    std::scoped_lock const lock(m_guard);
    auto const count = std::min(count_max, m_invoices.size());
    auto const end = m_invoices.begin() + static_cast<std::ptrdiff_t>(count);
    std::vector<OpenInvoice> taken(m_invoices.begin(), end);
    m_invoices.erase(m_invoices.begin(), end);
    return taken;
}

Client::Client(ClientOptions options, Shared& shared)
    : m_options(options)
    , m_shared(shared)
    , m_random(options.seed * 1'000 + static_cast<std::uint64_t>(options.number))
{
}

void Client::run(load::WebAPI& api, std::stop_token const& stop)
{
    resume(api);
    while (!stop.stop_requested() && step(api)) { }
}

std::vector<std::string> Client::check(load::WebAPI& api, Check which)
{
    std::vector<std::string> wrong;
    for (auto const& belief : m_beliefs) {
        if (which == Check::touched && !m_touched.contains(belief.get())) {
            continue;
        }
        if (auto found = belief->check(api); !found.empty()) {
            wrong.push_back(std::move(found));
        }
    }
    m_touched.clear();
    return wrong;
}

Client::Outcome Client::outcome_of(load::Answer const& answer, std::string_view what)
{
    // 503 is for "busy", which did nothing, and for "nobody knows", which may have.
    if (!answer.is_known() || answer.status == 503
        || (m_options.may_fail && answer.status >= 500)) {
        return Outcome::unknown;
    }
    if (answer.is_success()) {
        ++m_acknowledged;
        return Outcome::done;
    }
    m_surprises.push_back(
        fmt::format("client {}, {}: {} {}", m_options.number, what, answer.status, answer.body));
    return Outcome::refused;
}

Client::Outcome Client::note(Belief& belief, load::Answer const& answer, std::string state)
{
    m_touched.insert(&belief);
    auto const outcome = outcome_of(answer, state);
    if (outcome == Outcome::done) {
        belief.acknowledged(std::move(state));
    } else if (outcome == Outcome::unknown) {
        belief.in_doubt(std::move(state));
    }
    return outcome;
}

std::shared_ptr<Belief> Client::believe(std::string name, std::string state, Probe probe)
{
    m_beliefs.push_back(
        std::make_shared<Belief>(std::move(name), std::move(state), std::move(probe)));
    return m_beliefs.back();
}

std::int64_t Client::random_below(std::int64_t bound)
{
    return std::uniform_int_distribution<std::int64_t>(0, bound - 1)(m_random);
}

std::string Client::new_id()
{
    auto const high = m_random();
    auto const low = m_random();
    return fmt::format("{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}", high >> 32U,
        (high >> 16U) & 0xffffU, high & 0xfffU, (low >> 48U) & 0xfffU, low & 0xffff'ffff'ffffU);
}

std::string Client::new_text(std::string_view kind)
{
    return fmt::format("{}-{}-{}", kind, m_options.number, ++m_texts);
}

}
