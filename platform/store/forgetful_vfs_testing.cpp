#include "platform/store/forgetful_vfs_testing.h"

#include "core/check.h"

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace cashline {

// The functions that SQLite calls, as plain as C wants them.
struct ForgetfulMethods {
    using Handle = ForgetfulVfs::Handle;

    static Handle& handle(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }
    static ForgetfulVfs& vfs(sqlite3_vfs* vfs)
    {
        return *static_cast<ForgetfulVfs*>(vfs->pAppData);
    }
    static sqlite3_file* real(sqlite3_file* file) { return handle(file).real; }

    // SQLite gives these two more parameters than our functions may have.
    static constexpr auto open = [](sqlite3_vfs* self, char const* path, sqlite3_file* file,
                                     int flags, int* out) {
        return vfs(self).open(path, handle(file), flags, out);
    };
    static constexpr auto map_shared = [](sqlite3_file* file, int page, int size, int extend,
                                           void volatile** out) {
        return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
    };
    static int remove(sqlite3_vfs* self, char const* path, int sync_folder)
    {
        return vfs(self).remove(path, sync_folder);
    }
    static int access(sqlite3_vfs* self, char const* path, int flags, int* out)
    {
        auto* const under = vfs(self).m_real;
        return under->xAccess(under, path, flags, out);
    }

    static int close(sqlite3_file* file) { return real(file)->pMethods->xClose(real(file)); }
    static int read(sqlite3_file* file, void* out, int size, sqlite3_int64 offset)
    {
        return handle(file).vfs->read(handle(file), static_cast<char*>(out), size, offset);
    }
    static int write(sqlite3_file* file, void const* data, int size, sqlite3_int64 offset)
    {
        return handle(file).vfs->write(handle(file), static_cast<char const*>(data), size, offset);
    }
    static int truncate(sqlite3_file* file, sqlite3_int64 size)
    {
        return handle(file).vfs->truncate(handle(file), size);
    }
    static int sync(sqlite3_file* file, int) { return handle(file).vfs->sync(handle(file)); }
    static int size_of(sqlite3_file* file, sqlite3_int64* out)
    {
        std::int64_t size = 0;
        auto const answer = handle(file).vfs->size_of(handle(file), size);
        *out = size;
        return answer;
    }
    static int control(sqlite3_file* file, int operation, void* argument)
    {
        // A hint would make the real file grow before anybody synced.
        if (operation == SQLITE_FCNTL_SIZE_HINT) {
            return SQLITE_OK;
        }
        if (operation == SQLITE_FCNTL_PRAGMA) {
            auto const answered = handle(file).vfs->answer(static_cast<char**>(argument));
            if (answered != SQLITE_NOTFOUND) {
                return answered;
            }
        }
        return real(file)->pMethods->xFileControl(real(file), operation, argument);
    }

    // Locks and shared memory are those of the real file; they end with the process anyhow.
    static int lock(sqlite3_file* file, int level)
    {
        return real(file)->pMethods->xLock(real(file), level);
    }
    static int unlock(sqlite3_file* file, int level)
    {
        return real(file)->pMethods->xUnlock(real(file), level);
    }
    static int check_lock(sqlite3_file* file, int* out)
    {
        return real(file)->pMethods->xCheckReservedLock(real(file), out);
    }
    static int sector_size(sqlite3_file* file)
    {
        return real(file)->pMethods->xSectorSize(real(file));
    }
    static int characteristics(sqlite3_file* file)
    {
        return real(file)->pMethods->xDeviceCharacteristics(real(file));
    }
    static int lock_shared(sqlite3_file* file, int offset, int count, int flags)
    {
        return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
    }
    static void shared_barrier(sqlite3_file* file)
    {
        real(file)->pMethods->xShmBarrier(real(file));
    }
    static int unmap_shared(sqlite3_file* file, int remove_file)
    {
        return real(file)->pMethods->xShmUnmap(real(file), remove_file);
    }

    // Version 2 has shared memory and no memory mapping, which would go past us.
    static constexpr sqlite3_io_methods table {
        .iVersion = 2,
        .xClose = close,
        .xRead = read,
        .xWrite = write,
        .xTruncate = truncate,
        .xSync = sync,
        .xFileSize = size_of,
        .xLock = lock,
        .xUnlock = unlock,
        .xCheckReservedLock = check_lock,
        .xFileControl = control,
        .xSectorSize = sector_size,
        .xDeviceCharacteristics = characteristics,
        .xShmMap = map_shared,
        .xShmLock = lock_shared,
        .xShmBarrier = shared_barrier,
        .xShmUnmap = unmap_shared,
        .xFetch = nullptr,
        .xUnfetch = nullptr,
    };
};

ForgetfulVfs::ForgetfulVfs(std::string name)
    : m_name(std::move(name))
    , m_real(sqlite3_vfs_find(nullptr))
    , m_vfs(*m_real)
{
    m_vfs.zName = m_name.c_str();
    m_vfs.pAppData = this;
    m_vfs.pNext = nullptr;
    m_vfs.szOsFile = static_cast<int>(sizeof(Handle)) + m_real->szOsFile;
    m_vfs.xOpen = ForgetfulMethods::open;
    m_vfs.xDelete = ForgetfulMethods::remove;
    m_vfs.xAccess = ForgetfulMethods::access;
    sqlite3_vfs_register(&m_vfs, 0);
}

ForgetfulVfs::~ForgetfulVfs() { sqlite3_vfs_unregister(&m_vfs); }

void ForgetfulVfs::fail_next_syncs(int count)
{
    std::scoped_lock const lock(m_mutex);
    m_failing_syncs = count;
}

void ForgetfulVfs::fail_next_reads(int count)
{
    std::scoped_lock const lock(m_mutex);
    m_failing_reads = count;
}

void ForgetfulVfs::die_after_writes(int count)
{
    std::scoped_lock const lock(m_mutex);
    m_writes_left = count;
}

void ForgetfulVfs::hold_syncs()
{
    std::scoped_lock const lock(m_mutex);
    m_holds_syncs = true;
}

void ForgetfulVfs::wait_for_held_sync()
{
    std::unique_lock lock(m_mutex);
    m_sync_changed.wait(lock, [this] { return m_held_syncs > 0; });
}

void ForgetfulVfs::release_syncs()
{
    std::scoped_lock const lock(m_mutex);
    m_holds_syncs = false;
    m_sync_changed.notify_all();
}

void ForgetfulVfs::answer_pragma(std::string name, std::optional<std::string> value)
{
    std::scoped_lock const lock(m_mutex);
    m_pragmas.erase(name);
    if (value) {
        m_pragmas.emplace(std::move(name), std::move(*value));
    }
}

// SQLite's array: answer, name, value that is set or a null pointer.
int ForgetfulVfs::answer(char** pragma)
{
    std::scoped_lock const lock(m_mutex);
    auto const found = m_pragmas.find(pragma[1]);
    if (found == m_pragmas.end() || pragma[2] != nullptr) {
        return SQLITE_NOTFOUND;
    }
    pragma[0] = sqlite3_mprintf("%s", found->second.c_str());
    return SQLITE_OK;
}

bool ForgetfulVfs::may_write(Handle const& handle)
{
    if (!is_alive(handle) || m_writes_left == 0) {
        return false;
    }
    if (m_writes_left) {
        --*m_writes_left;
    }
    return true;
}

void ForgetfulVfs::ignore_syncs()
{
    std::scoped_lock const lock(m_mutex);
    m_ignores_syncs = true;
}

void ForgetfulVfs::set_capacity(std::optional<std::int64_t> bytes)
{
    std::scoped_lock const lock(m_mutex);
    m_capacity = bytes;
}

std::int64_t ForgetfulVfs::total_size()
{
    std::scoped_lock const lock(m_mutex);
    std::int64_t total = 0;
    for (auto const& [path, file] : m_files) {
        total += file->size;
    }
    return total;
}

int ForgetfulVfs::sync_count()
{
    std::scoped_lock const lock(m_mutex);
    return m_sync_count;
}

int ForgetfulVfs::open(char const* path, Handle& handle, int flags, int* flags_out)
{
    handle = {};
    handle.vfs = this;
    handle.real = reinterpret_cast<sqlite3_file*>(&handle + 1);
    auto const opened = m_real->xOpen(m_real, path, handle.real, flags, flags_out);
    if (opened != SQLITE_OK) {
        return opened;
    }
    std::scoped_lock const lock(m_mutex);
    handle.head.pMethods = &ForgetfulMethods::table;
    handle.life = m_life;
    if (path == nullptr) {
        return SQLITE_OK;
    }
    auto& file = m_files[path];
    if (file == nullptr) {
        file = std::make_unique<File>();
    }
    handle.file = file.get();
    if (!file->is_known) {
        sqlite3_int64 size = 0;
        handle.real->pMethods->xFileSize(handle.real, &size);
        *file = { .size = size, .real_size = size, .visible_size = size, .is_known = true };
    }
    return SQLITE_OK;
}

int ForgetfulVfs::load(Handle& handle, std::int64_t number, Sector& sector)
{
    auto const& file = *handle.file;
    if (auto const found = file.pending.find(number); found != file.pending.end()) {
        sector = found->second;
        return SQLITE_OK;
    }
    sector.fill(0);
    auto const begin = number * sector_size;
    auto const count = std::min(sector_size, file.visible_size - begin);
    if (count <= 0) {
        return SQLITE_OK;
    }
    auto* const real = handle.real;
    return real->pMethods->xRead(real, sector.data(), static_cast<int>(count), begin);
}

// Nothing of it is pending or cut, so that the real file can be asked at once.
bool ForgetfulVfs::is_all_real(File const& file, std::int64_t size, std::int64_t offset)
{
    auto const first = file.pending.lower_bound(offset / sector_size);
    return offset + size <= std::min(file.size, file.visible_size)
        && (first == file.pending.end() || first->first * sector_size >= offset + size);
}

int ForgetfulVfs::read(Handle& handle, char* out, std::int64_t size, std::int64_t offset)
{
    if (handle.file == nullptr) {
        return handle.real->pMethods->xRead(handle.real, out, static_cast<int>(size), offset);
    }
    std::scoped_lock const lock(m_mutex);
    if (!is_alive(handle)) {
        return SQLITE_IOERR_READ;
    }
    if (m_failing_reads > 0) {
        --m_failing_reads;
        return SQLITE_IOERR_READ;
    }
    if (is_all_real(*handle.file, size, offset)) {
        return handle.real->pMethods->xRead(handle.real, out, static_cast<int>(size), offset);
    }
    auto const available = std::clamp(handle.file->size - offset, std::int64_t { 0 }, size);
    std::memset(out + available, 0, static_cast<std::size_t>(size - available));
    for (std::int64_t done = 0; done < available;) {
        auto const within = (offset + done) % sector_size;
        auto const count = std::min(sector_size - within, available - done);
        Sector sector;
        if (auto const loaded = load(handle, (offset + done) / sector_size, sector);
            loaded != SQLITE_OK) {
            return loaded;
        }
        std::memcpy(out + done, sector.data() + within, static_cast<std::size_t>(count));
        done += count;
    }
    return available < size ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

int ForgetfulVfs::write(Handle& handle, char const* data, std::int64_t size, std::int64_t offset)
{
    if (handle.file == nullptr) {
        return handle.real->pMethods->xWrite(handle.real, data, static_cast<int>(size), offset);
    }
    std::scoped_lock const lock(m_mutex);
    if (!may_write(handle)) {
        return SQLITE_IOERR_WRITE;
    }
    auto& file = *handle.file;
    auto const growth = std::max(std::int64_t { 0 }, offset + size - file.size);
    if (m_capacity && growth > 0) {
        std::int64_t total = growth;
        for (auto const& [path, other] : m_files) {
            total += other->size;
        }
        if (total > *m_capacity) {
            return SQLITE_FULL;
        }
    }
    for (std::int64_t done = 0; done < size;) {
        auto const number = (offset + done) / sector_size;
        auto const within = (offset + done) % sector_size;
        auto const count = std::min(sector_size - within, size - done);
        Sector sector;
        if (auto const loaded = load(handle, number, sector); loaded != SQLITE_OK) {
            return loaded;
        }
        std::memcpy(sector.data() + within, data + done, static_cast<std::size_t>(count));
        file.pending[number] = sector;
        done += count;
    }
    file.size += growth;
    return SQLITE_OK;
}

int ForgetfulVfs::truncate(Handle& handle, std::int64_t size)
{
    if (handle.file == nullptr) {
        return handle.real->pMethods->xTruncate(handle.real, size);
    }
    std::scoped_lock const lock(m_mutex);
    if (!may_write(handle)) {
        return SQLITE_IOERR_TRUNCATE;
    }
    auto& file = *handle.file;
    file.size = size;
    file.visible_size = std::min(file.visible_size, size);
    auto const within = size % sector_size;
    file.pending.erase(
        file.pending.lower_bound((size + sector_size - 1) / sector_size), file.pending.end());
    if (auto const cut = file.pending.find(size / sector_size); cut != file.pending.end()) {
        std::fill(cut->second.begin() + within, cut->second.end(), '\0');
    }
    return SQLITE_OK;
}

int ForgetfulVfs::sync(Handle& handle)
{
    if (handle.file == nullptr) {
        return SQLITE_OK;
    }
    std::unique_lock lock(m_mutex);
    if (m_holds_syncs) {
        ++m_held_syncs;
        m_sync_changed.notify_all();
        m_sync_changed.wait(lock, [this] { return !m_holds_syncs; });
        --m_held_syncs;
    }
    if (!may_write(handle)) {
        return SQLITE_IOERR_FSYNC;
    }
    ++m_sync_count;
    if (m_failing_syncs > 0) {
        --m_failing_syncs;
        return SQLITE_IOERR_FSYNC;
    }
    if (m_ignores_syncs) {
        return SQLITE_OK;
    }
    auto& file = *handle.file;
    auto* const real = handle.real;
    if (file.visible_size < file.real_size) {
        real->pMethods->xTruncate(real, file.visible_size);
    }
    for (auto const& [number, sector] : file.pending) {
        auto const begin = number * sector_size;
        auto const count = static_cast<int>(std::min(sector_size, file.size - begin));
        auto const written = real->pMethods->xWrite(real, sector.data(), count, begin);
        if (written != SQLITE_OK) {
            return written;
        }
    }
    file.pending.clear();
    file.real_size = file.size;
    file.visible_size = file.size;
    return SQLITE_OK;
}

int ForgetfulVfs::size_of(Handle& handle, std::int64_t& size)
{
    if (handle.file == nullptr) {
        sqlite3_int64 real_size = 0;
        auto const answer = handle.real->pMethods->xFileSize(handle.real, &real_size);
        size = real_size;
        return answer;
    }
    std::scoped_lock const lock(m_mutex);
    size = handle.file->size;
    return is_alive(handle) ? SQLITE_OK : SQLITE_IOERR_FSTAT;
}

int ForgetfulVfs::remove(char const* path, int sync_folder)
{
    std::scoped_lock const lock(m_mutex);
    if (auto const found = m_files.find(path); found != m_files.end()) {
        *found->second = {};
    }
    return m_real->xDelete(m_real, path, sync_folder);
}

void ForgetfulVfs::crash(Keep keep, std::uint64_t seed)
{
    std::scoped_lock const lock(m_mutex);
    ++m_life;
    m_writes_left.reset();
    std::mt19937_64 random(seed);
    for (auto& [path, file] : m_files) {
        settle(path, *file, keep, random);
        *file = {};
    }
}

// Brings what the crash keeps into the real file.
void ForgetfulVfs::settle(std::string const& path, File& file, Keep keep, std::mt19937_64& random)
{
    auto const is_kept = [&] {
        return keep == Keep::everything || (keep == Keep::some && random() % 2 == 0);
    };
    auto const descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) {
        return;
    }
    if (file.visible_size < file.real_size && is_kept()) {
        VERIFY(::ftruncate(descriptor, file.visible_size) == 0);
    }
    for (auto const& [number, sector] : file.pending) {
        if (is_kept()) {
            auto const begin = number * sector_size;
            auto const count = static_cast<std::size_t>(std::min(sector_size, file.size - begin));
            VERIFY(
                ::pwrite(descriptor, sector.data(), count, begin) == static_cast<ssize_t>(count));
        }
    }
    ::close(descriptor);
}

}
