#include "tests/faults/forgetful_files.h"

#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

extern "C" {
int __real_fsync(int file);
int __wrap_fsync(int file);
}

namespace cashline::faults {

namespace {

namespace fs = std::filesystem;

struct Watch {
    std::mutex guard {};
    std::string root {}; // data/files
    int notes { -1 };
    bool skips {};
};

Watch& watch()
{
    static Watch all;
    return all;
}

fs::path notes_path(std::string const& data)
{
    auto path = fs::absolute(data).lexically_normal();
    return (path.has_filename() ? path : path.parent_path()).string() + ".synced";
}

fs::path root_of(std::string const& data)
{
    return fs::absolute(data).lexically_normal() / "files";
}

ino_t inode_of(fs::path const& path)
{
    struct stat facts {};
    return ::lstat(path.c_str(), &facts) == 0 ? facts.st_ino : 0;
}

// One line for a file ("f inode size"), or a folder with all names it has now ("d path" and a line
// "n name inode" for each).
std::string note_of(fs::path const& path)
{
    struct stat facts {};
    if (::stat(path.c_str(), &facts) != 0) {
        return {};
    }
    if (!S_ISDIR(facts.st_mode)) {
        return fmt::format("f {} {}\n", facts.st_ino, facts.st_size);
    }
    auto note = fmt::format("d {}\n", path.string());
    for (auto const& entry : fs::directory_iterator(path)) {
        note += fmt::format("n {} {}\n", entry.path().filename().string(), inode_of(entry.path()));
    }
    return note;
}

struct Durable {
    std::set<std::pair<ino_t, std::uintmax_t>> contents {};
    std::map<std::string, std::map<std::string, ino_t>> folders {};
};

Durable read_notes(fs::path const& notes)
{
    Durable durable;
    std::ifstream lines(notes);
    std::string folder;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line.substr(2));
        if (line.starts_with("f ")) {
            std::pair<ino_t, std::uintmax_t> content;
            words >> content.first >> content.second;
            durable.contents.insert(content);
        } else if (line.starts_with("d ")) {
            folder = line.substr(2);
            durable.folders[folder].clear();
        } else if (line.starts_with("n ")) {
            std::string name;
            ino_t inode {};
            words >> name >> inode;
            durable.folders[folder][name] = inode;
        }
    }
    return durable;
}

void write_everything_down(fs::path const& root, int notes)
{
    auto text = note_of(root);
    for (auto const& entry : fs::recursive_directory_iterator(root)) {
        text += note_of(entry.path());
    }
    std::ignore = ::write(notes, text.data(), text.size());
}

void lose_in(fs::path const& folder, Durable const& durable)
{
    auto const known = durable.folders.find(folder.string());
    std::vector<fs::path> entries;
    for (auto const& entry : fs::directory_iterator(folder)) {
        entries.push_back(entry.path());
    }
    for (auto const& path : entries) {
        auto const inode = inode_of(path);
        auto const is_named = known != durable.folders.end()
            && known->second.contains(path.filename().string())
            && known->second.at(path.filename().string()) == inode;
        if (!is_named) {
            fs::remove_all(path);
        } else if (fs::is_directory(path)) {
            lose_in(path, durable);
        } else if (!durable.contents.contains({ inode, fs::file_size(path) })) {
            fs::resize_file(path, fs::file_size(path) / 2);
        }
    }
}

}

void remember_synced_files(std::string const& data, bool skips)
{
    auto& all = watch();
    std::scoped_lock const lock(all.guard);
    auto const notes = notes_path(data);
    auto const is_first = !fs::exists(notes);
    all.notes = ::open(notes.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    all.root = root_of(data).string();
    all.skips = skips;
    if (is_first && fs::exists(all.root)) {
        write_everything_down(all.root, all.notes);
    }
}

void lose_unsynced_files(std::string const& data)
{
    auto const root = root_of(data);
    if (fs::exists(notes_path(data)) && fs::exists(root)) {
        lose_in(root, read_notes(notes_path(data)));
    }
}

}

int __wrap_fsync(int file)
{
    namespace fs = std::filesystem;
    auto& all = cashline::faults::watch();
    std::error_code failed;
    auto const path = fs::read_symlink("/proc/self/fd/" + std::to_string(file), failed);
    if (failed || all.root.empty() || !path.string().starts_with(all.root)) {
        return __real_fsync(file);
    }
    if (all.skips) {
        return 0;
    }
    auto const note = cashline::faults::note_of(path);
    std::scoped_lock const lock(all.guard);
    std::ignore = ::write(all.notes, note.data(), note.size());
    return 0;
}
