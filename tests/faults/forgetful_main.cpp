// The program on a disk that loses power: the same commands, with a file layer under SQLite and an
// fsync under everything else that know what would survive. kill -9 of it is a power cut. Only
// tests are built with it.
//
// --skip-sync=database and --skip-sync=files make it a program that forgets to sync.
#include "platform/store/forgetful_vfs_testing.h"
#include "server/command_line.h"
#include "server/company.h"
#include "tests/faults/forgetful_files.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace {

std::string data_of(std::vector<char*> const& words)
{
    auto const found = std::ranges::find_if(
        words, [](char const* word) { return std::strcmp(word, "--data") == 0; });
    return found == words.end() || found + 1 == words.end() ? "./data" : *(found + 1);
}

}

int main(int count, char** given)
{
    std::vector<char*> words(given, given + count);
    auto const takes = [&](char const* wanted) {
        return std::erase_if(words, [&](char const* word) {
            return std::strcmp(word, wanted) == 0;
        }) > 0;
    };
    auto const skips_database = takes("--skip-sync=database");
    auto const skips_files = takes("--skip-sync=files");
    auto const data = data_of(words);
    cashline::ForgetfulVfs disk("forgetful");
    sqlite3_vfs_register(sqlite3_vfs_find(disk.name().c_str()), 1);
    if (skips_database) {
        disk.ignore_syncs();
    }
    // A command beside a running server is no restart after a power cut.
    if (!cashline::server::is_in_use(data)) {
        cashline::faults::lose_unsynced_files(data);
    }
    cashline::faults::remember_synced_files(data, skips_files);
    return cashline::server::run_command_line(static_cast<int>(words.size()), words.data());
}
