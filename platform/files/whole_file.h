// Small files read in one piece: assets, imports, configuration. What is written durably goes
// through the store or has its own rules about fsync and renaming.
#pragma once

#include "core/result.h"

#include <cstddef>
#include <filesystem>
#include <string>

namespace cashline {

inline constexpr std::size_t whole_file_bytes_max = 256 * 1'024 * 1'024;

// "file_unreadable" when it is absent, no file or cannot be read; "file_too_large" beyond the
// limit.
Result<std::string> read_whole_file(
    std::filesystem::path const& path, std::size_t bytes_max = whole_file_bytes_max);

}
