// One of the clients that write while the server is killed. It does one thing after the other,
// remembers of each what was acknowledged and what is in doubt, and after the restart compares that
// with what is there.
#pragma once

#include "tests/faults/belief.h"

#include <memory>
#include <mutex>
#include <random>
#include <stop_token>
#include <vector>

namespace cashline::faults {

// An invoice that waits for its payment; the banker takes it from the sellers.
struct OpenInvoice {
    std::string number {};
    std::string amount {}; // "798.27"
    std::string payer {};
};

// What the clients of one load have in common.
class Shared {
public:
    void offer(OpenInvoice invoice);
    std::vector<OpenInvoice> take(std::size_t count_max);

private:
    std::mutex m_guard {};
    std::vector<OpenInvoice> m_invoices {};
};

enum class Check : std::uint8_t {
    touched, // what was written since the last check
    all,
};

struct ClientOptions {
    int number {};
    std::uint64_t seed {};
    // The database behind the server goes down, too: then it may answer 500 to 599 and nobody knows
    // what became of the request.
    bool may_fail {};
};

class Client {
public:
    Client(ClientOptions options, Shared& shared);
    virtual ~Client() = default;
    Client(Client const&) = delete;
    Client& operator=(Client const&) = delete;

    // Writes until the server is gone or `stop` is asked for.
    void run(load::WebAPI& api, std::stop_token const& stop);
    // What is not as it must be.
    std::vector<std::string> check(load::WebAPI& api, Check which);
    std::int64_t acknowledged() const { return m_acknowledged; }
    // Answers that no working server gives.
    std::vector<std::string> const& surprises() const { return m_surprises; }

protected:
    // One piece of work; false when no answer came.
    virtual bool step(load::WebAPI& api) = 0;
    // Looks at what was found after a restart before it goes on.
    virtual void resume(load::WebAPI&) { }

    enum class Outcome : std::uint8_t { done, refused, unknown };
    Outcome outcome_of(load::Answer const& answer, std::string_view what);
    // Writes the outcome of a request down: `state` is what it wanted.
    Outcome note(Belief& belief, load::Answer const& answer, std::string state);
    std::shared_ptr<Belief> believe(std::string name, std::string state, Probe probe);

    std::int64_t random_below(std::int64_t bound);
    std::string new_id();
    std::string new_text(std::string_view kind); // never twice in one client
    Shared& shared() { return m_shared; }

private:
    ClientOptions m_options;
    Shared& m_shared;
    std::mt19937_64 m_random;
    std::int64_t m_texts {};
    std::int64_t m_acknowledged {};
    std::vector<std::shared_ptr<Belief>> m_beliefs {}; // shared with the work that goes on with it
    std::set<Belief*> m_touched {};
    std::vector<std::string> m_surprises {};
};

// Leads, pairs of rows in change sets, qualifications, files and deals, mixed.
std::unique_ptr<Client> make_seller(ClientOptions options, Shared& shared);
// Imports and posts the bank's statements, one after the other.
std::unique_ptr<Client> make_banker(ClientOptions options, Shared& shared);

}
