// Sentiment of a short text by the rules of VADER (Hutto & Gilbert 2014), reproduced to four
// decimals in scaled integers: valences are 10⁻⁹ units, so the result is the same on every machine.
// The quirks of the reference are kept where they show in its published figures; each is named
// where it happens. Emoji descriptions are left out: transcripts have none.
#pragma once

#include "apps/insights/analysis/business_lexicon.h"

#include <cstdint>
#include <string_view>

namespace cashline::insights {

enum class Sentiment : std::uint8_t { negative, neutral, positive };

struct Polarity {
    std::int32_t compound {}; // ten-thousandths, −10000 … 10000
    std::int32_t positive {}; // thousandths; the three make 1000 but for rounding
    std::int32_t neutral {};
    std::int32_t negative {};

    // The published bands: ±0.05. A wider neutral band for speech is a setting.
    Sentiment sentiment(std::int32_t band = 500) const
    {
        return compound >= band ? Sentiment::positive
            : compound <= -band ? Sentiment::negative
                                : Sentiment::neutral;
    }
};

Polarity polarity(std::string_view text, Vocabulary = Vocabulary::general);

}
