// What a conversation was about: listed products and keywords first, then the content words and
// pairs that were said most. Each with the sentence where it came up first.
#pragma once

#include "apps/insights/analysis/signals.h"

namespace cashline::insights {

struct Topic {
    std::string name {};
    std::int64_t count {};
    std::size_t sentence {}; // of the first mention
    bool is_listed {};
};

struct TopicOptions {
    std::size_t count_max { 8 };
    std::int64_t mentions_min { 2 };
    std::vector<std::string> ignored {}; // names of the people present
};

std::vector<Topic> find_topics(Conversation const&, std::span<Signal const>, TopicOptions const&);

}
