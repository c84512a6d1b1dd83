#include "platform/files/file_store.h"

#include "core/check.h"
#include "core/text.h"
#include "platform/files/file_vault.h"
#include "platform/files/stored_file_table.h"
#include "platform/pipeline/platform.h"
#include "platform/pipeline/read_context.h"

namespace cashline::files {

Result<void> prepare(Platform& platform, std::string_view bytes)
{
    auto* const vault = platform.registry().find_port<FileVault>();
    CHECK(vault != nullptr);
    return vault->prepare(content_hash(bytes), bytes);
}

Result<Id> put(Unit& unit, NewFile const& file)
{
    if (file.bytes.size() > file_bytes_max) {
        return refuse(Fault::too_large, "file_too_large",
            "The file '" + file.name + "' is larger than 40 MB.");
    }
    auto const hash = content_hash(file.bytes);
    TRY(unit.port<FileVault>().put(unit.context().sql, hash, file.bytes));
    return unit.elevated().create(Row(stored_file::table)
            .set(stored_file::name, clean_name(file.name))
            .set(stored_file::content_type,
                file.content_type.empty() ? "application/octet-stream" : file.content_type)
            .set(stored_file::size, static_cast<std::int64_t>(file.bytes.size()))
            .set(stored_file::hash, hash));
}

Result<FileInfo> info(Reader& reader, Id file)
{
    auto const row = TRY(reader.elevated_reader().retrieve(stored_file::table, file));
    return FileInfo { .id = file,
        .name = row.text_or(stored_file::name),
        .content_type = row.text_or(stored_file::content_type),
        .size = row.get(stored_file::size).value_or(0) };
}

Result<std::string> content(Reader& reader, Id file)
{
    auto const row =
        TRY(reader.elevated_reader().retrieve(stored_file::table, file, { stored_file::hash }));
    return reader.port<FileVault>().get(reader.context().sql, row.text_or(stored_file::hash));
}

std::string clean_name(std::string_view name)
{
    if (auto const slash = name.find_last_of("/\\"); slash != std::string_view::npos) {
        name.remove_prefix(slash + 1);
    }
    std::string clean;
    for (auto const character : text::is_valid_utf8(name) ? name : std::string_view {}) {
        auto const is_harmful = static_cast<unsigned char>(character) < 0x20 || character == 0x7f
            || std::string_view("\"<>|:*?;").contains(character);
        clean += is_harmful ? '_' : character;
    }
    auto const trimmed = text::truncate_utf16(text::trim(clean), 255);
    return trimmed.empty() || trimmed.find_first_not_of('.') == std::string::npos ? "file"
                                                                                  : trimmed;
}

}
