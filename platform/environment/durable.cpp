#include "platform/environment/durable.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace cashline {

namespace {

namespace fs = std::filesystem;

bool sync_path(fs::path const& path, int flags)
{
    auto const descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    auto const is_synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    return is_synced;
}

bool write_all(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const count = ::write(descriptor, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

}

bool sync_folder(fs::path const& folder)
{
    return sync_path(folder.empty() ? fs::path(".") : folder, O_RDONLY | O_DIRECTORY);
}

bool sync_tree(fs::path const& root)
{
    std::error_code failed;
    auto at = fs::recursive_directory_iterator(root, failed);
    for (; !failed && at != fs::recursive_directory_iterator(); at.increment(failed)) {
        if (!at->is_symlink() && !sync_path(at->path(), O_RDONLY)) {
            return false;
        }
    }
    return !failed && sync_folder(root);
}

bool write_durably(fs::path const& file, std::string_view content)
{
    auto const draft = fs::path(file.string() + ".new");
    auto const descriptor =
        ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) {
        return false;
    }
    auto const is_written = write_all(descriptor, content) && ::fsync(descriptor) == 0;
    ::close(descriptor);
    std::error_code failed;
    if (is_written) {
        fs::rename(draft, file, failed);
    }
    return is_written && !failed && sync_folder(file.parent_path());
}

}
