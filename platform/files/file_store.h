// Files that rows name: attachments, transcripts, sent and received mails. A column of type file
// holds the id of a cl_file row; the bytes lie in the file vault and are durable before the unit
// that names them is. This is the one place where a unit writes beside its transaction; content is
// addressed by its hash, so running the unit again changes nothing. Rights are those of the row
// that names the file: check it before asking here.
#pragma once

#include "platform/pipeline/unit.h"

namespace cashline {
class Platform;
}

namespace cashline::files {

inline constexpr std::size_t file_bytes_max = 40 * 1024 * 1024;

struct NewFile {
    std::string name {}; // without any path
    std::string content_type {}; // "application/pdf"; empty: unknown bytes
    std::string_view bytes {};
};

struct FileInfo {
    Id id {};
    std::string name {};
    std::string content_type {};
    std::int64_t size {};
};

// For jobs, before their unit: writes and syncs the bytes, so that put() with the same ones finds
// them done and nobody waits for the disk meanwhile.
Result<void> prepare(Platform& platform, std::string_view bytes);
// "file_too_large" above the limit.
Result<Id> put(Unit&, NewFile const&);
// "ObjectDoesNotExist" when there is no such file.
Result<FileInfo> info(Reader&, Id file);
Result<std::string> content(Reader&, Id file);

// The last part of what a client calls a file, without characters that harm; "file" when nothing
// is left.
std::string clean_name(std::string_view name);

}
