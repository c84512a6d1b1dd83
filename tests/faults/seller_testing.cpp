// A client of Sales: leads, pairs of rows, qualifications, files, and one deal after the other.
#include "core/text.h"
#include "tests/faults/client.h"
#include "tests/faults/deal.h"

#include <fmt/format.h>

namespace cashline::faults {

namespace {

struct Lead {
    std::string id {};
    std::shared_ptr<Belief> belief {};
};

// An account and its contact, written by one change set and carrying one text.
struct Pair {
    std::string account {};
    std::string contact {};
    std::shared_ptr<Belief> belief {};

    std::string account_path() const { return "accounts(" + account + ")"; }
    std::string contact_path() const { return "contacts(" + contact + ")"; }
};

class Seller final : public Client {
public:
    using Client::Client;

protected:
    bool step(load::WebAPI& api) override;
    void resume(load::WebAPI& api) override;

private:
    bool create_lead(load::WebAPI& api);
    bool update_lead(load::WebAPI& api);
    bool remove_lead(load::WebAPI& api);
    bool create_pair(load::WebAPI& api);
    bool update_pair(load::WebAPI& api);
    bool qualify(load::WebAPI& api);
    bool store_file(load::WebAPI& api);
    bool trade(load::WebAPI& api);
    bool open_account(load::WebAPI& api);
    void finish_deal(load::WebAPI& api);

    std::vector<Lead> m_leads {};
    std::vector<Pair> m_pairs {};
    struct Customer {
        std::string id {};
        std::shared_ptr<Belief> belief {};
    };
    std::optional<Customer> m_customer {}; // of the deals
    std::shared_ptr<Deal> m_deal {};
    std::shared_ptr<Belief> m_deal_belief {};
};

bool Seller::step(load::WebAPI& api)
{
    auto const choice = random_below(100);
    if (choice < 24) {
        return create_lead(api);
    }
    if (choice < 42) {
        return update_lead(api);
    }
    if (choice < 50) {
        return remove_lead(api);
    }
    if (choice < 58) {
        return create_pair(api);
    }
    if (choice < 66) {
        return update_pair(api);
    }
    if (choice < 71) {
        return qualify(api);
    }
    if (choice < 75) {
        return store_file(api);
    }
    return trade(api);
}

// What was in doubt is known by now.
void Seller::resume(load::WebAPI&)
{
    std::erase_if(m_leads, [](Lead const& lead) { return lead.belief->state() == absent; });
    std::erase_if(m_pairs, [](Pair const& pair) { return pair.belief->state() == absent; });
    if (m_customer && m_customer->belief->state() == absent) {
        m_customer.reset();
    }
}

bool Seller::create_lead(load::WebAPI& api)
{
    auto const id = new_id();
    auto const subject = new_text("lead");
    auto const path = "leads(" + id + ")";
    auto const belief = believe(
        path, absent, [path](load::WebAPI& asked) { return column_of(asked, path, "subject"); });
    auto const outcome = note(*belief,
        api.create("leads",
            json::Object { { "leadid", id }, { "subject", subject }, { "lastname", "Load" },
                { "description", std::string(400, 'x') } }),
        subject);
    if (outcome == Outcome::done) {
        m_leads.push_back({ id, belief });
    }
    return outcome != Outcome::unknown;
}

bool Seller::update_lead(load::WebAPI& api)
{
    if (m_leads.empty()) {
        return create_lead(api);
    }
    auto const& lead =
        m_leads[static_cast<std::size_t>(random_below(static_cast<std::int64_t>(m_leads.size())))];
    auto const subject = new_text("lead");
    return note(*lead.belief,
               api.update("leads(" + lead.id + ")", json::Object { { "subject", subject } }),
               subject)
        != Outcome::unknown;
}

bool Seller::remove_lead(load::WebAPI& api)
{
    if (m_leads.size() < 3) {
        return create_lead(api);
    }
    auto const lead = m_leads.back();
    m_leads.pop_back();
    return note(*lead.belief, api.remove("leads(" + lead.id + ")"), absent) != Outcome::unknown;
}

// "absent", or the text that both carry; anything else is half a change set.
Result<std::string> state_of(load::WebAPI& api, Pair const& pair)
{
    auto const name = TRY(column_of(api, pair.account_path(), "name"));
    auto const last_name = TRY(column_of(api, pair.contact_path(), "lastname"));
    return name == last_name ? name : "half: " + name + " with " + last_name;
}

bool Seller::create_pair(load::WebAPI& api)
{
    Pair pair { .account = new_id(), .contact = new_id() };
    auto const text = new_text("pair");
    pair.belief = believe("pair " + pair.account, absent,
        [pair](load::WebAPI& asked) { return state_of(asked, pair); });
    auto const outcome = note(*pair.belief,
        api.change_set({
            { "POST", "accounts",
                json::Object { { "accountid", pair.account }, { "name", text } } },
            { "POST", "contacts",
                json::Object { { "contactid", pair.contact }, { "lastname", text },
                    { "parentcustomerid_account@odata.bind", "/" + pair.account_path() } } },
        }),
        text);
    if (outcome == Outcome::done) {
        m_pairs.push_back(pair);
    }
    return outcome != Outcome::unknown;
}

bool Seller::update_pair(load::WebAPI& api)
{
    if (m_pairs.empty()) {
        return create_pair(api);
    }
    auto const& pair =
        m_pairs[static_cast<std::size_t>(random_below(static_cast<std::int64_t>(m_pairs.size())))];
    auto const text = new_text("pair");
    return note(*pair.belief,
               api.change_set({
                   { "PATCH", pair.account_path(), json::Object { { "name", text } } },
                   { "PATCH", pair.contact_path(), json::Object { { "lastname", text } } },
               }),
               text)
        != Outcome::unknown;
}

// The lead's state and the numbers of opportunities, accounts and contacts that came of it.
Result<std::string> qualification_of(
    load::WebAPI& api, std::string const& lead, std::string const& name)
{
    auto const state = TRY(column_of(api, "leads(" + lead + ")", "statecode"));
    auto const count = [&](std::string const& query) -> Result<std::size_t> {
        return TRY(rows_of(api, query)).size();
    };
    return fmt::format("{} {} {} {}", state,
        TRY(count("opportunities?$select=name&$filter=_originatingleadid_value eq " + lead)),
        TRY(count("accounts?$select=name&$filter=name eq '" + name + "'")),
        TRY(count("contacts?$select=lastname&$filter=lastname eq '" + name + "'")));
}

bool Seller::qualify(load::WebAPI& api)
{
    auto const id = new_id();
    auto const name = new_text("qualified");
    auto const belief = believe("qualified lead " + id, "absent 0 0 0",
        [id, name](load::WebAPI& asked) { return qualification_of(asked, id, name); });
    auto const made = note(*belief,
        api.create("leads",
            json::Object { { "leadid", id }, { "subject", name }, { "lastname", name },
                { "companyname", name } }),
        "0 0 0 0");
    if (made != Outcome::done) {
        return made != Outcome::unknown;
    }
    return note(*belief,
               api.call("leads(" + id + ")/Microsoft.Dynamics.CRM.QualifyLead",
                   json::Object { { "CreateAccount", true }, { "CreateContact", true },
                       { "CreateOpportunity", true }, { "Status", 3 } }),
               "1 1 1 1")
        != Outcome::unknown;
}

// That the bytes are those that were sent is for `cashline verify`, which reads every file.
bool Seller::store_file(load::WebAPI& api)
{
    auto const id = new_id();
    auto const path = "annotations(" + id + ")";
    auto content =
        new_text("file") + std::string(static_cast<std::size_t>(random_below(20'000)), 'f');
    auto const belief = believe(
        path, absent, [path](load::WebAPI& asked) { return column_of(asked, path, "filesize"); });
    return note(*belief,
               api.create("annotations",
                   json::Object { { "annotationid", id }, { "subject", "File" },
                       { "filename", "file.txt" }, { "mimetype", "text/plain" },
                       { "documentbody", text::base64_encode(content) } }),
               std::to_string(content.size()))
        != Outcome::unknown;
}

bool Seller::open_account(load::WebAPI& api)
{
    auto const id = new_id();
    auto const path = "accounts(" + id + ")";
    auto const name = new_text("customer");
    m_customer = Customer { id, believe(path, absent, [path](load::WebAPI& asked) {
                               return column_of(asked, path, "name");
                           }) };
    return note(*m_customer->belief,
               api.create("accounts", json::Object { { "accountid", id }, { "name", name } }), name)
        != Outcome::unknown;
}

bool Seller::trade(load::WebAPI& api)
{
    if (!m_customer) {
        return open_account(api);
    }
    if (m_deal && Deal::is_finished(m_deal_belief->state())) {
        finish_deal(api);
    }
    if (!m_deal) {
        auto const id = new_id();
        m_deal = std::make_shared<Deal>(id, m_customer->id, 1 + random_below(5));
        m_deal_belief = believe("deal " + id, absent,
            [deal = m_deal](load::WebAPI& asked) { return deal->stage(asked); });
    }
    auto step = m_deal->advance(api, m_deal_belief->state());
    return note(*m_deal_belief, step.answer, step.wanted) != Outcome::unknown;
}

void Seller::finish_deal(load::WebAPI& api)
{
    // The number is read from the invoice.
    if (m_deal->stage(api)) {
        shared().offer({ m_deal->invoice_number(), m_deal->total(), m_deal->customer() });
        m_deal.reset();
    }
}

}

std::unique_ptr<Client> make_seller(ClientOptions options, Shared& shared)
{
    return std::make_unique<Seller>(options, shared);
}

}
