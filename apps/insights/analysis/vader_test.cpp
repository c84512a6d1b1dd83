#include "apps/insights/analysis/lexicon.h"
#include "apps/insights/analysis/vader.h"

#include <gtest/gtest.h>

namespace cashline::insights {

struct Vector {
    char const* text;
    int compound;
};

// Measured with the reference program (collaboration-insights.md 6.2).
TEST(Vader, golden_vectors)
{
    std::vector<Vector> const vectors {
        { "VADER is smart, handsome, and funny.", 8316 },
        { "VADER is smart, handsome, and funny!", 8439 },
        { "VADER is very smart, handsome, and funny.", 8545 },
        { "VADER is VERY SMART, handsome, and FUNNY.", 9227 },
        { "VADER is VERY SMART, handsome, and FUNNY!!!", 9342 },
        { "VADER is VERY SMART, uber handsome, and FRIGGIN FUNNY!!!", 9469 },
        { "VADER is not smart, handsome, nor funny.", -7424 },
        { "Not bad at all", 4310 },
        { "The book was good.", 4404 },
        { "At least it isn't a horrible book.", 4310 },
        { "The book was only kind of good.", 3832 },
        { "The plot was good, but the characters are uncompelling and the dialog is not great.",
            -7042 },
        { "Today SUX!", -5461 },
        { "Today only kinda sux! But I'll get by, lol", 5249 },
        { "Make sure you :) or :D today!", 8633 },
        { "", 0 },
        { "   ", 0 },
        // Gaps in business language, 6.4.
        { "We are concerned about the price.", 0 },
        { "We will go with another supplier.", 0 },
        { "That won't work for us.", 0 },
        { "Let's move forward with the order.", 0 },
        { "The competitor offers a better price.", 4404 },
        { "I have no objection to these terms.", -2960 },
        { "We cannot accept the delay.", -572 },
        { "No problem, we can sign this week.", 3089 },
        { "The price is too high and the delivery date is a problem.", -4019 },
        { "We are worried about supply risk.", -5106 },
        // A quirk: an idiom of two words alone is not seen.
        { "Yeah right", 2960 },
    };
    for (auto const& vector : vectors) {
        EXPECT_EQ(polarity(vector.text).compound, vector.compound) << vector.text;
    }
}

TEST(Vader, shares_of_an_empty_text_are_nothing)
{
    auto const nothing = polarity("");
    EXPECT_EQ(nothing.positive + nothing.neutral + nothing.negative, 0);
    auto const good = polarity("The book was good.");
    EXPECT_EQ(good.positive, 492);
    EXPECT_EQ(good.neutral, 508);
    EXPECT_EQ(good.negative, 0);
}

TEST(Vader, the_lexicon_is_whole)
{
    EXPECT_EQ(lexicon_valence("good"), 1900);
    EXPECT_EQ(lexicon_valence("delay"), -1300);
    EXPECT_EQ(lexicon_valence("concerned"), std::nullopt);
    EXPECT_EQ(booster_increment("kind of"), -293);
    EXPECT_EQ(booster_increment("considerable"), 293);
    EXPECT_TRUE(is_negation("shouldn't"));
    EXPECT_TRUE(is_negation("rarely"));
    EXPECT_FALSE(is_negation("good"));
}

TEST(BusinessLexicon, closes_the_measured_gaps)
{
    struct Row {
        char const* text;
        Sentiment wanted;
    };
    for (auto const& row : std::vector<Row> {
             { "We are concerned about the price.", Sentiment::negative },
             { "We will go with another supplier.", Sentiment::negative },
             { "That won't work for us.", Sentiment::negative },
             { "Let's move forward with the order.", Sentiment::positive },
             { "I have no objection to these terms.", Sentiment::positive },
             { "We cannot accept the delay.", Sentiment::negative },
             { "No problem, we can sign this week.", Sentiment::positive },
             { "The price is too high and the delivery date is a problem.", Sentiment::negative },
             { "We are worried about supply risk.", Sentiment::negative },
             { "As far as delivery is concerned, Tuesday works.", Sentiment::neutral },
             { "The quote is too expensive for our budget.", Sentiment::negative },
         }) {
        EXPECT_EQ(polarity(row.text, Vocabulary::business).sentiment(), row.wanted) << row.text;
    }
    EXPECT_LT(polarity("We cannot accept the delay.", Vocabulary::business).compound, -4000);
}

TEST(BusinessLexicon, leaves_general_language_alone)
{
    for (auto const* text : { "VADER is smart, handsome, and funny.", "Not bad at all",
             "The plot was good, but the dialog is not great." }) {
        EXPECT_EQ(polarity(text, Vocabulary::business).compound, polarity(text).compound);
    }
}

}
