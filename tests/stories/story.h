// The story of docs/product: a deal from the first hello to cash in the bank, in twelve named
// steps, each taken by its person through a door (door.h). What may differ from one playing to the
// next stands in a Plot. Nothing here knows which door or which database it plays on.
#pragma once

#include "tests/stories/door.h"

#include <functional>
#include <gtest/gtest.h>

namespace cashline::story {

struct Wish {
    std::string product {};
    std::int64_t quantity {};
};

// Who, what and how much. The amounts that must come out are left to the laws the steps check.
struct Plot {
    std::string first_name { "Mona" };
    std::string last_name { "Lindgren" };
    std::string company { "Northwind Traders" };
    std::string email { "mona@northwind.example" };
    std::string country { "Ireland" };
    std::string city { "Cork" };
    std::string text { "Forty surfboards for our rental stations, with leashes." };
    std::string seller { "daisy" };
    std::string colleague { "tom" }; // of the seller's team, without a right to her records
    std::string competitor { "Waveline Supply" };
    std::vector<Wish> wishes { { "SB-100", 40 }, { "AC-300", 40 } };
    Wish more { "SB-110", 12 }; // what makes her revise the quote
    std::int64_t picked_first { 15 }; // of the first line
    std::string freight { "48.00" };
    Wish again { "SB-100", 3 }; // the order in the shop
    std::string coupon { "WAVES-10" };
    std::string coupon_percent { "10" };
    std::string password { "correct horse battery" };
    bool goes_out_in_parts {}; // packed and invoiced twice
    std::string vat_percent {}; // another rate than the books begin with
    // What must come out, worked out by hand; empty: the laws that the steps check are enough.
    std::string order_total {};
    std::string shop_order_total {};
};

class Story {
public:
    Story(Door& door, Plot plot) : m_door(door), m_plot(std::move(plot)) { }

    // What the company has before the story: goods, a charge for freight. By Otto and Ines.
    void set_the_stage();

    // product.md, steps 1 to 12.
    void step_01_mona_asks_to_become_a_partner();
    void step_02_the_request_is_a_lead_of_the_right_seller();
    void step_03_the_seller_books_a_meeting();
    void step_04_the_transcript_becomes_insights_and_a_mail();
    void step_05_the_seller_qualifies();
    void step_06_the_team_works_on_the_opportunity();
    void step_07_products_become_a_quote();
    void step_08_the_quote_becomes_an_order_and_the_deal_is_won();
    void step_09_both_sides_are_equal();
    void step_10_goods_go_out_and_an_invoice_follows();
    void step_11_the_buyer_orders_again_and_pays();
    void step_12_the_dashboard_has_followed();

    // The negative twin's turns.
    void a_lead_that_is_no_good_comes_back();
    void a_lost_deal_is_opened_again();
    void the_bank_returns_a_payment();
    // And a short one.
    void the_deal_is_won_without_a_quote();

    // After each part both sides are equal and the ledger balances; stops where one fails.
    struct Part {
        char const* name {};
        void (Story::*play)() {};
    };
    void play(std::vector<Part> const& parts);

private:
    void expect_both_sides_equal();
    void expect_ledger_balances();

    // Asking.
    json::Value row(std::string_view who, Record const& record, std::string const& columns = {});
    std::vector<json::Value> rows(std::string_view who, std::string const& address);
    json::Value only(std::string_view who, std::string const& address);
    std::int64_t count(std::string_view who, std::string const& address);
    bool eventually(std::function<bool()> const& is_so);
    // Doing: both must go well.
    Record made(std::string_view who, std::string const& set, json::Value const& row);
    void changed(std::string_view who, Record const& record, json::Value const& changes);
    Answer done(std::string_view who, std::string const& name, json::Value const& parameters = {},
        Record const& bound = {});
    static void expect_refused(Answer const& answer, std::string_view code);

    struct Mail {
        json::Value entry {};
        std::string text {};
        std::string attachment(std::string_view type) const; // its address
        bool is_found() const { return !entry.is_null(); }
    };
    // The newest mail to this address whose subject or text holds the words.
    Mail mail_to(std::string_view address, std::string_view words);
    bool has_bell(std::string_view who, Id about);

    // Parts of steps.
    void an_existing_customer_asks();
    void qualify_for_existing_customer(Record const& lead, std::string const& owner);
    void answer_the_invitation();
    void guest_opens_the_meeting();
    std::string reply_mail(std::string const& state, std::string const& stamp) const;
    void talk_in_a_channel();
    void add_stakeholder_and_competitor();
    void let_the_colleague_in();
    void add_product(Wish const& wish);
    void expect_revenue_is_sum_of_lines();
    void activate(Record const& quote);
    void expect_quote_equals_finance(Record const& quote);
    json::Value card(std::string_view who, Record const& record, std::string const& table);
    json::Value closing(char const* type, std::string const& link, Record const& record) const;
    struct Won {
        Amount revenue {};
        std::size_t prices {};
    };
    void win(json::Value const& close);
    void expect_won(Won const& won);
    void find_her_link();
    std::vector<json::Value> agreed_prices();
    json::Value finance_order(Record const& sales_order);
    json::Value step_order(
        std::string_view who, std::string const& message, Id order, json::Array lines = {});
    void expect_processing(Record const& sales_order, std::int64_t status);
    void goes_out_at_once(Id order);
    void goes_out_in_parts(Id order);
    void pick_first(Id order);
    void deliver(Record const& sales_order);
    void expect_parts_make_the_whole(Record const& sales_order);
    void expect_invoice_is_out(Record const& sales_order);
    void buyer_sets_her_password();
    void coupon_and_limits();
    void order_in_the_shop();
    void bank_statement_settles();
    std::vector<json::Value> open_invoices();
    Page checkout();

    Amount figure(std::string_view who, std::string_view id);
    std::map<std::string, std::int64_t> chain(std::string_view who);
    void expect_dashboard_follows(std::map<std::string, std::int64_t> const& before);
    std::string statement(std::vector<std::pair<std::string, json::Value>> const& payments,
        std::string const& returned = {});

    Door& m_door;
    Plot m_plot;
    Browser m_mona {};
    std::unique_ptr<OpenPage> m_worklist {}; // the seller's, while Mona asks

    std::string m_reference {};
    Record m_lead {};
    Record m_meeting {};
    std::string m_calendar {}; // of the invitation, unfolded
    Record m_account {};
    Record m_contact {};
    Record m_deal {};
    Record m_quote {};
    Record m_order {};
    Record m_shop_order {};
    Record m_invoice {}; // the shop order's, in Finance
    std::string m_account_number {};
    std::string m_set_password {}; // path of the one-time link
    std::map<std::string, std::int64_t> m_moves {}; // of the dashboard's chain, by this part
    Amount m_won_before {};
    Amount m_cash_before {};
    Amount m_bank {}; // what the statements say is on the account
    int m_statements {};
};

// The twelve steps on their stage.
std::vector<Story::Part> whole_story();

// Amount of a column or member; fails the test when there is none.
Amount amount_of(json::Value const& row, std::string_view name);
Id id_of(json::Value const& row, std::string_view name);
std::string guid(std::string_view table, std::string_view name); // of the demo company

}
