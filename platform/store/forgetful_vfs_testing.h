// A disk that loses power. Under this SQLite file layer what was written but not synced stays in
// memory, and crash() drops it, or keeps an arbitrary part of it as a real disk would. It can also
// fail to sync or be full. kill -9 proves nothing of this, since the kernel keeps the pages of a
// dead process.
//
// Creating, deleting and renaming files is durable at once; temporary files without a name are left
// alone.
#pragma once

#include <array>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <sqlite3.h>
#include <string>

namespace cashline {

class ForgetfulVfs {
public:
    // Registered under `name` until destroyed; by then every file must be closed.
    explicit ForgetfulVfs(std::string name);
    ~ForgetfulVfs();
    ForgetfulVfs(ForgetfulVfs const&) = delete;
    ForgetfulVfs& operator=(ForgetfulVfs const&) = delete;

    std::string const& name() const { return m_name; }

    enum class Keep : std::uint8_t {
        nothing, // all that was not synced is lost
        some, // each sector of it is lost or not, in no order (torn pages)
        everything, // as if the disk had just finished
    };
    // Files that are open now only answer errors from here on; open the database again.
    void crash(Keep keep, std::uint64_t seed = 1);
    void fail_next_syncs(int count);
    // From now on syncing does nothing and says that all is well, as synchronous = OFF would.
    void ignore_syncs();
    void fail_next_reads(int count);
    // So many writes succeed; then the disk is dead until the crash.
    void die_after_writes(int count);
    // Every sync waits until it is released.
    void hold_syncs();
    void wait_for_held_sync();
    void release_syncs();
    // What SQLite answers to the question PRAGMA `name`; nothing: its own answer.
    void answer_pragma(std::string name, std::optional<std::string> value);
    // All files together cannot grow beyond this; nothing: no bound.
    void set_capacity(std::optional<std::int64_t> bytes);
    std::int64_t total_size();
    int sync_count();

private:
    static constexpr std::int64_t sector_size = 512;
    using Sector = std::array<char, sector_size>;

    // What is known of one path. Reading mixes the real file, as far as it is still visible, with
    // what is pending.
    struct File {
        std::map<std::int64_t, Sector> pending {}; // by number of the sector
        std::int64_t size {};
        std::int64_t real_size {};
        std::int64_t visible_size {}; // a cut hides what the real file still has behind it
        bool is_known {};
    };
    // Lives in memory that SQLite provides, followed by the real file.
    struct Handle {
        sqlite3_file head;
        sqlite3_file* real;
        ForgetfulVfs* vfs;
        File* file; // null pointer for temporary files
        std::uint64_t life;
    };
    friend struct ForgetfulMethods;

    int open(char const* path, Handle&, int flags, int* flags_out);
    int read(Handle&, char* out, std::int64_t size, std::int64_t offset);
    int write(Handle&, char const* data, std::int64_t size, std::int64_t offset);
    int truncate(Handle&, std::int64_t size);
    int sync(Handle&);
    int size_of(Handle&, std::int64_t& size);
    int remove(char const* path, int sync_folder);
    int answer(char** pragma);
    bool is_alive(Handle const& handle) const { return handle.life == m_life; }
    bool may_write(Handle const& handle);
    static int load(Handle&, std::int64_t sector, Sector&);
    static bool is_all_real(File const&, std::int64_t size, std::int64_t offset);
    void settle(std::string const& path, File&, Keep, std::mt19937_64&);

    std::string m_name;
    sqlite3_vfs* m_real;
    sqlite3_vfs m_vfs;
    std::mutex m_mutex {};
    std::map<std::string, std::unique_ptr<File>> m_files {};
    std::optional<std::int64_t> m_capacity {};
    int m_failing_syncs {};
    int m_failing_reads {};
    std::optional<int> m_writes_left {};
    bool m_ignores_syncs {};
    bool m_holds_syncs {};
    int m_held_syncs {};
    std::condition_variable m_sync_changed {};
    std::map<std::string, std::string> m_pragmas {};
    int m_sync_count {};
    std::uint64_t m_life { 1 };
};

}
