// A deal from the opportunity to its posted invoice, one request after the other. Where it stands
// is read from the rows of both apps, so that a deal whose last answer was lost goes on from where
// it really is.
#pragma once

#include "tests/faults/belief.h"

namespace cashline::faults {

// What every deal of the demo company sells.
inline constexpr char const* sold_product = "SB-100";

class Deal {
public:
    Deal(std::string id, std::string account, std::int64_t quantity);

    // "absent", "opportunity", "quote draft", "quote active", "quote won", "order …" with its
    // processing status, "invoiced" with its total.
    Result<std::string> stage(load::WebAPI& api);
    struct Step {
        load::Answer answer {};
        std::string wanted {}; // the stage it should lead to
    };
    Step advance(load::WebAPI& api, std::string const& stage);
    static bool is_finished(std::string const& stage) { return stage.starts_with("invoiced"); }
    // Of a finished deal.
    std::string const& invoice_number() const { return m_invoice_number; }
    std::string const& total() const { return m_total; }
    std::string const& customer() const { return m_customer; }

private:
    Step begin(load::WebAPI& api) const;
    Step offer(load::WebAPI& api, std::string const& stage);
    Step fulfil(load::WebAPI& api, std::string const& stage);
    Result<std::string> stage_of_order(load::WebAPI& api);

    std::string m_id;
    std::string m_account;
    std::int64_t m_quantity;
    std::string m_quote {};
    std::string m_order {}; // in Finance
    std::string m_total {}; // as confirmed
    std::string m_invoice_number {};
    std::string m_customer {};
};

}
