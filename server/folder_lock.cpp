#include "server/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace cashline::server {

Result<FolderLock> FolderLock::take(std::string const& data_path)
{
    auto const file = ::open((data_path + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) {
        return internal("data_unwritable", "Cannot write to " + data_path + ".");
    }
    FolderLock lock(file);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        return conflict("data_in_use", "Another process has " + data_path + " open.");
    }
    return lock;
}

FolderLock::~FolderLock()
{
    if (m_file >= 0) {
        ::close(m_file);
    }
}

}
