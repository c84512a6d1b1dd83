// What other apps may use of sales besides its tables.
#pragma once

#include "apps/catalog/api.h"
#include "platform/pipeline/registry.h"

namespace cashline {
struct WebContext;
}

namespace cashline::sales {

void register_sales(Registry&);
void register_leads(Registry&); // apps/sales/lead
void register_opportunities(Registry&); // apps/sales/opportunity
void register_quotes(Registry&); // apps/sales/quote
void register_orders(Registry&); // apps/sales/sales_order
void register_processes(Registry&); // apps/sales/process
void register_quote_files(Registry&); // apps/sales/papers

// /documents/quotes, /documents/salesorders and /documents/invoices for signed-in people.
void add_sales_routes(WebContext&);

// Currency and price list of a customer's documents when nobody names others (sales.md 5.1).
struct UsualTerms {
    std::optional<Lookup> currency {};
    std::optional<Lookup> price_list {};
};
Result<UsualTerms> usual_terms(Reader&, Lookup customer);

// Asks the Prices port for a whole stored order and writes lines and totals; for messages that make
// the lines themselves ("cl_PlaceOrder").
Result<catalog::PricedDocument> price_order(Unit&, Id order);

// QualifyLead: messages.json, sales.md 3.1 and 4; docs/contracts/qualify-lead.md.
struct QualifyLead {
    static constexpr char const* name = "QualifyLead";
    using Reply = EntitiesReply;

    Lookup lead {};
    bool create_account {};
    bool create_contact {};
    bool create_opportunity {};
    std::optional<Lookup> opportunity_currency {};
    std::optional<Lookup> opportunity_customer {};
    std::optional<Lookup> source_campaign {};
    std::int32_t status { -1 };
    std::optional<Lookup> process_instance {};
    std::optional<bool> suppress_duplicate_detection {};

    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("CreateAccount", &QualifyLead::create_account);
        visit("CreateContact", &QualifyLead::create_contact);
        visit("CreateOpportunity", &QualifyLead::create_opportunity);
        visit("OpportunityCurrencyId", &QualifyLead::opportunity_currency);
        visit("OpportunityCustomerId", &QualifyLead::opportunity_customer);
        visit("SourceCampaignId", &QualifyLead::source_campaign);
        visit("Status", &QualifyLead::status);
        visit("ProcessInstanceId", &QualifyLead::process_instance);
        visit("SuppressDuplicateDetection", &QualifyLead::suppress_duplicate_detection);
    }
};

// WinOpportunity and LoseOpportunity: sales.md 2.2 and 3.1. `close` is an unsaved opportunityclose
// row.
struct WinOpportunity {
    static constexpr char const* name = "WinOpportunity";
    using Reply = NoReply;

    Row close {};
    std::int32_t status { -1 };

    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("OpportunityClose", &WinOpportunity::close);
        visit("Status", &WinOpportunity::status);
    }
};

struct LoseOpportunity {
    static constexpr char const* name = "LoseOpportunity";
    using Reply = NoReply;

    Row close {};
    std::int32_t status { -1 };

    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("OpportunityClose", &LoseOpportunity::close);
        visit("Status", &LoseOpportunity::status);
    }
};

}
