// A company's data folder, opened: its configuration, its lock, and the platform with every app.
// Only one process holds a folder open at a time.
#pragma once

#include "platform/pipeline/platform.h"
#include "server/folder_lock.h"

#include <memory>
#include <optional>
#include <string>

namespace cashline::server {

enum class Content : std::uint8_t {
    as_it_is, // a new folder gets the demo company
    demo,
    empty,
};

struct CompanyOptions {
    std::string data_path {};
    std::string database {}; // postgresql://…; empty: as the folder remembers, or SQLite
    Content content { Content::as_it_is };
    bool may_create {}; // otherwise a folder without a company is refused
};

class Company {
public:
    // "data_in_use" while another process has it open; "data_missing", "data_exists".
    static Result<std::unique_ptr<Company>> open(CompanyOptions options);
    Platform& platform() { return *m_platform; }
    std::string const& data_path() const { return m_data_path; } // absolute
    json::Value const& settings() const { return m_settings; }

private:
    Company() = default;
    Result<void> open_platform(CompanyOptions const& options, std::string const& database);
    Result<void> fill(CompanyOptions const& options, std::string const& database, bool is_new);

    std::string m_data_path {};
    json::Value m_settings {};
    std::optional<FolderLock> m_lock {}; // given back after the platform is gone
    std::unique_ptr<Platform> m_platform {};
};

// Whether some process has the folder open now.
bool is_in_use(std::string const& data_path);

}
