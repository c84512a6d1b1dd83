// Questions in spoken text: by their mark, or by how they begin.
#pragma once

#include <string_view>

namespace cashline::insights {

// Ends with "?", or begins with an auxiliary before its subject or with a question word.
bool is_question(std::string_view sentence);
// A question that invites more than yes or no: what, why, how, which, who, when, where, "tell me",
// "describe".
bool is_open_question(std::string_view sentence);

}
