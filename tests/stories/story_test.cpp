// The story of product.md from end to end: in process and over HTTP, on both databases.
#include "tests/stories/story.h"
#include "tests/stories/world.h"

namespace cashline::story {

namespace {

class TheStory : public ::testing::TestWithParam<Setting> {
protected:
    void SetUp() override
    {
        m_world = World::open(GetParam());
        if (!m_world) {
            GTEST_SKIP() << "This database is not installed here.";
        }
    }

    std::unique_ptr<World> m_world {};
};

INSTANTIATE_TEST_SUITE_P(Everywhere, TheStory, every_setting(), setting_name);

TEST_P(TheStory, goes_from_the_first_hello_to_cash_in_the_bank)
{
    // Goods 40 × 649.00 + 40 × 24.90 + 12 × 549.00 = 33,544.00, freight 48.00, 23 % of tax.
    // In the shop 3 × 649.00 less 10 % = 1,752.30, freight 48.00, 23 % of tax.
    Story story(m_world->door(), { .order_total = "41318.16", .shop_order_total = "2214.37" });
    story.play(whole_story());
    m_world->expect_sound();
}

TEST_P(TheStory, needs_neither_quote_nor_order_to_win)
{
    Story story(m_world->door(), {});
    story.play({
        { "the stage", &Story::set_the_stage },
        { "step 1", &Story::step_01_mona_asks_to_become_a_partner },
        { "step 2", &Story::step_02_the_request_is_a_lead_of_the_right_seller },
        { "step 5", &Story::step_05_the_seller_qualifies },
        { "the short deal", &Story::the_deal_is_won_without_a_quote },
    });
    m_world->expect_sound();
}

TEST_P(TheStory, survives_a_bad_lead_a_lost_deal_and_a_returned_payment)
{
    Story story(m_world->door(), {});
    story.play({
        { "the stage", &Story::set_the_stage },
        { "step 1", &Story::step_01_mona_asks_to_become_a_partner },
        { "step 2", &Story::step_02_the_request_is_a_lead_of_the_right_seller },
        { "the bad lead", &Story::a_lead_that_is_no_good_comes_back },
        { "step 5", &Story::step_05_the_seller_qualifies },
        { "the lost deal", &Story::a_lost_deal_is_opened_again },
        { "step 7", &Story::step_07_products_become_a_quote },
        { "step 8", &Story::step_08_the_quote_becomes_an_order_and_the_deal_is_won },
        { "step 10", &Story::step_10_goods_go_out_and_an_invoice_follows },
        { "the returned payment", &Story::the_bank_returns_a_payment },
    });
    m_world->expect_sound();
}

}

}
