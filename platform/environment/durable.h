// What must be on the disk before anybody is told so. A file is durable once its content is synced
// and the folder that names it; a rename once the folder is.
#pragma once

#include <filesystem>
#include <string_view>

namespace cashline {

// The names in it, not what they name.
bool sync_folder(std::filesystem::path const& folder);
// Every file and every folder from here downwards.
bool sync_tree(std::filesystem::path const& root);
// Beside its place and renamed, so that nobody ever finds a half of it; only for the owner to read.
bool write_durably(std::filesystem::path const& file, std::string_view content);

}
