// The lock of a data folder: one process holds a folder at a time, and it is free again however
// that process ends.
#pragma once

#include "core/result.h"

#include <string>
#include <utility>

namespace cashline::server {

class FolderLock {
public:
    // "data_in_use" while another process has it.
    static Result<FolderLock> take(std::string const& data_path);
    FolderLock(FolderLock&& other) noexcept : m_file(std::exchange(other.m_file, -1)) { }
    FolderLock& operator=(FolderLock&& other) noexcept
    {
        std::swap(m_file, other.m_file);
        return *this;
    }
    ~FolderLock();

private:
    explicit FolderLock(int file) : m_file(file) { }

    int m_file;
};

}
