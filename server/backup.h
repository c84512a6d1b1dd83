// A backup is a plain folder: the database as one file, the stored files, the configuration without
// secrets, and backup.json, written last, with size and SHA-256 of each file. Whatever can read
// files can check it.
#pragma once

#include "platform/pipeline/platform.h"

namespace cashline::server {

struct BackupReport {
    std::string path {};
    std::int64_t files {};
    std::int64_t bytes {};
};

// Of a company that this process has open; others go on working meanwhile. "backup_exists" when
// there is something at `target`.
Result<BackupReport> make_backup(
    Platform& platform, std::string const& data_path, std::string const& target);

// Reads every file of a backup and compares it with backup.json. "backup_incomplete",
// "backup_damaged" name the file.
Result<BackupReport> check_backup(std::string const& backup);

// Puts a backup in the place of what the folder holds now: copied beside it, opened and verified
// there, then switched. What was there is kept in DIR/before-restore-…. Refused while a process has
// the folder open.
Result<BackupReport> restore_backup(std::string const& backup, std::string const& data_path);

}
