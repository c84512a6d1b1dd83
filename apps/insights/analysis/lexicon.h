// The words that carry sentiment. The general lexicon is VADER's, made into a table by the build
// (tools/lexicon); valences are thousandths. Looked up in lower case.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cashline::insights {

std::optional<std::int32_t> lexicon_valence(std::string_view lower_case_token);
// ±293 for words and pairs that strengthen or weaken the next one ("very", "kind of").
std::optional<std::int32_t> booster_increment(std::string_view lower_case_token);
// In the list of negations, or with "n't" in it.
bool is_negation(std::string_view lower_case_token);

}
