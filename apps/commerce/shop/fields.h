// Fields of a form with their kept values and messages, as the template `fields` shows them.
#pragma once

#include "core/json.h"

#include <string>
#include <vector>

namespace cashline::commerce {

struct Choice {
    std::string key {};
    std::string text {};
};

struct Field {
    std::string name {};
    std::string label {};
    std::string type { "text" }; // of the input; "area" and "choice" are other elements
    std::string value {};
    std::string error {};
    std::string hint {};
    std::string autocomplete {};
    std::size_t max { 100 };
    bool is_required {};
    bool is_wide {};
    std::vector<Choice> choices {};
};

json::Array fields_json(std::vector<Field> const&);
bool has_errors(std::vector<Field> const&);
// {key, text} of the wrong ones, for the summary above the form.
json::Array errors_json(std::vector<Field> const&);
Field& field_named(std::vector<Field>&, std::string_view name); // CHECKed: exists

}
