// What a data folder knows about itself: DIR/cashline.toml. The database it belongs to, mail,
// public address. A value of the form { env = "NAME" } is taken from the environment, so that no
// password has to stand in the file.
#pragma once

#include "core/json.h"

#include <string>

namespace cashline::server {

// An empty object when there is no such file. "configuration_malformed" names file and line.
Result<json::Value> read_configuration(std::string const& data_path);
// The settings with every { env } replaced. "configuration_incomplete" names a missing variable.
Result<json::Value> resolved(json::Value const& settings);

// Writes the file of a new data folder, readable for its owner only. `database` may be empty.
Result<void> write_configuration(std::string const& data_path, std::string const& database);
// The text of the file without passwords, keys and tokens; references to the environment stay.
Result<std::string> configuration_without_secrets(std::string const& data_path);
bool has_configuration(std::string const& data_path);

}
