// YAML files as json::Value: plain scalars become numbers, true/false and null, quoted ones stay
// text; map keys are text.
#pragma once

#include "core/json.h"

#include <filesystem>

namespace cashline {

Result<json::Value> read_yaml(std::filesystem::path const& file);

}
