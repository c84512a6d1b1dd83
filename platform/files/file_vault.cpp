#include "platform/files/file_vault.h"

#include "core/text.h"
#include "platform/environment/durable.h"
#include "platform/files/whole_file.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <sodium.h>
#include <unistd.h>
#include <unordered_set>

namespace cashline {

namespace {

Refusal lost(std::string_view hash)
{
    return internal("file_lost",
        "The content of a file is missing or damaged (" + std::string(hash)
            + "). Restore it from a backup.");
}

Refusal cannot_write(std::filesystem::path const& path)
{
    return refuse(Fault::unavailable, "file_not_written",
        "The file store cannot write " + path.string() + ": " + std::strerror(errno));
}

class Descriptor {
public:
    Descriptor(std::filesystem::path const& path, int flags)
        : m_number(::open(path.c_str(), flags | O_CLOEXEC, 0600))
    {
    }
    ~Descriptor()
    {
        if (m_number >= 0) {
            ::close(m_number);
        }
    }
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;

    bool is_open() const { return m_number >= 0; }
    bool sync() const { return ::fsync(m_number) == 0; }
    bool write(std::string_view bytes) const
    {
        while (!bytes.empty()) {
            auto const count = ::write(m_number, bytes.data(), bytes.size());
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

private:
    int m_number;
};

class FolderVault final : public FileVault {
public:
    explicit FolderVault(std::filesystem::path path) : m_path(std::move(path)) { }

    Result<void> put(SqlConnection&, std::string_view hash, std::string_view bytes) override
    {
        return prepare(hash, bytes);
    }

    Result<void> prepare(std::string_view hash, std::string_view bytes) override
    {
        auto const folder = m_path / hash.substr(0, 2);
        auto const target = folder / hash.substr(2);
        std::error_code error;
        if (is_durable(hash) && std::filesystem::exists(target, error)) {
            return {};
        }
        // What stands there may have been damaged since; whoever brings the content again heals it.
        auto const found = read_whole_file(target);
        auto const is_there = found && content_hash(*found) == hash;
        std::filesystem::create_directories(folder, error);
        if (error) {
            return cannot_write(folder);
        }
        if (!is_there) {
            TRY(write_whole(target, bytes));
        }
        if (!sync_folder(folder) || (is_new_here(folder) && !sync_parents())) {
            return cannot_write(folder);
        }
        note_durable(hash, folder);
        return {};
    }

    Result<std::string> get(SqlConnection&, std::string_view hash) override
    {
        auto bytes = read_whole_file(m_path / hash.substr(0, 2) / hash.substr(2));
        if (!bytes || content_hash(*bytes) != hash) {
            return lost(hash);
        }
        return bytes;
    }

private:
    // Written beside its place and moved there whole, so that a crash leaves no half file under the
    // name of its hash. Two threads may write the same content: each has a draft of its own.
    Result<void> write_whole(std::filesystem::path const& target, std::string_view bytes)
    {
        auto const draft = target.string() + ".new" + std::to_string(++m_drafts);
        Descriptor const file(draft, O_WRONLY | O_CREAT | O_TRUNC);
        if (!file.is_open() || !file.write(bytes) || !file.sync()
            || std::rename(draft.c_str(), target.c_str()) != 0) {
            return cannot_write(draft);
        }
        return {};
    }

    bool sync_parents() const { return sync_folder(m_path) && sync_folder(m_path.parent_path()); }

    // Only what this process synced counts: what another one left may not have reached the disk.
    bool is_durable(std::string_view hash)
    {
        std::scoped_lock const lock(m_mutex);
        return m_durable.contains(std::string(hash));
    }
    bool is_new_here(std::filesystem::path const& folder)
    {
        std::scoped_lock const lock(m_mutex);
        return !m_folders.contains(folder.string());
    }
    void note_durable(std::string_view hash, std::filesystem::path const& folder)
    {
        std::scoped_lock const lock(m_mutex);
        if (m_durable.size() >= durable_max) {
            m_durable.clear();
        }
        m_durable.emplace(hash);
        m_folders.insert(folder.string());
    }

    static constexpr std::size_t durable_max = 10'000;

    std::filesystem::path m_path;
    std::atomic<std::uint64_t> m_drafts {};
    std::mutex m_mutex {};
    std::unordered_set<std::string> m_durable {}; // hashes; a moment's memory, not all of them
    std::unordered_set<std::string> m_folders {}; // at most 256
};

class TableVault final : public FileVault {
public:
    // The chunks belong to the unit's transaction, and units do not wait for each other there.
    Result<void> prepare(std::string_view, std::string_view) override { return {}; }

    Result<void> put(SqlConnection& sql, std::string_view hash, std::string_view bytes) override
    {
        std::int64_t part = 0;
        do {
            auto const chunk = bytes.substr(0, chunk_bytes);
            TRY(sql.run("insert into cl_file_chunk (hash, part, content) values (?1, ?2, ?3) "
                        "on conflict (hash, part) do nothing",
                { SqlValue { hash }, SqlValue { part }, SqlValue { Bytes { chunk } } }));
            bytes.remove_prefix(chunk.size());
            ++part;
        } while (!bytes.empty());
        return {};
    }

    Result<std::string> get(SqlConnection& sql, std::string_view hash) override
    {
        std::string bytes;
        TRY(sql.each("select content from cl_file_chunk where hash = ?1 order by part",
            { SqlValue { hash } }, [&](SqlRow const& row) {
                bytes += row.bytes(0);
                return Walk::on;
            }));
        return content_hash(bytes) == hash ? Result<std::string>(std::move(bytes)) : lost(hash);
    }

private:
    static constexpr std::size_t chunk_bytes = 1024 * 1024;
};

}

std::unique_ptr<FileVault> make_folder_vault(std::string path)
{
    auto absolute = std::filesystem::absolute(path).lexically_normal();
    return std::make_unique<FolderVault>(
        absolute.has_filename() ? absolute : absolute.parent_path());
}

std::unique_ptr<FileVault> make_table_vault() { return std::make_unique<TableVault>(); }

Result<void> create_file_tables(SqlConnection& sql)
{
    if (sql.dialect() == Dialect::sqlite) {
        return sql.script("create table if not exists cl_file_chunk (hash text not null, "
                          "part integer not null, content blob not null, unique (hash, part)) "
                          "strict;");
    }
    return sql.script("create table if not exists cl_file_chunk (hash text collate \"C\" not "
                      "null, part bigint not null, content bytea not null, "
                      "unique (hash, part));");
}

std::string content_hash(std::string_view bytes)
{
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest {};
    crypto_hash_sha256(
        digest.data(), reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size());
    return text::to_hex({ reinterpret_cast<char const*>(digest.data()), digest.size() });
}

}
