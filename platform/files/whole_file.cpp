#include "platform/files/whole_file.h"

#include <fstream>
#include <system_error>

namespace cashline {

Result<std::string> read_whole_file(std::filesystem::path const& path, std::size_t bytes_max)
{
    std::error_code error;
    auto const size = std::filesystem::file_size(path, error);
    if (error || !std::filesystem::is_regular_file(path, error)) {
        return missing("file_unreadable", "There is no readable file " + path.string() + ".");
    }
    if (size > bytes_max) {
        return refuse(
            Fault::too_large, "file_too_large", "The file " + path.string() + " is too large.");
    }
    std::string bytes(size, '\0');
    std::ifstream in(path, std::ios::binary);
    in.read(bytes.data(), static_cast<std::streamsize>(size));
    if (!in) {
        return internal("file_unreadable", "The file " + path.string() + " cannot be read.");
    }
    return bytes;
}

}
