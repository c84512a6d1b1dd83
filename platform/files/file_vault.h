// Where the bytes of files lie, by the SHA-256 of their content: a folder beside an embedded
// database, a table of chunks where several processes share one. Putting is idempotent, so a unit
// that is run again does no harm; a refused unit leaves at most bytes that nobody names.
#pragma once

#include "platform/store/sql.h"

#include <memory>

namespace cashline {

class FileVault {
public:
    virtual ~FileVault() = default;
    // Does on any thread what put() would otherwise do inside the unit, where on an embedded
    // database everybody waits for the disk. Large files and jobs come here first.
    virtual Result<void> prepare(std::string_view hash, std::string_view bytes) = 0;
    // Durable at the latest with the unit whose connection is given. `hash` in lower-case
    // hexadecimal.
    virtual Result<void> put(SqlConnection&, std::string_view hash, std::string_view bytes) = 0;
    // "file_lost" when the bytes are not there or are not those of the hash.
    virtual Result<std::string> get(SqlConnection&, std::string_view hash) = 0;
};

// data/files: two characters of the hash name a folder, the rest the file.
std::unique_ptr<FileVault> make_folder_vault(std::string path);
std::unique_ptr<FileVault> make_table_vault();
Result<void> create_file_tables(SqlConnection& sql);

// SHA-256 in lower-case hexadecimal.
std::string content_hash(std::string_view bytes);

}
