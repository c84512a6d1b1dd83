// Runs the followers of the journal in the background: each has a position of its own, stored in
// the same unit as what it did, so a change set reaches it exactly once. One that fails tries again
// later and holds nobody else up. Also hands new change sets to those who only listen (event
// stream).
#pragma once

#include "platform/journal/change_set.h"
#include "platform/store/sql.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace cashline {

class Platform;
class Follower;

class JournalFollowers {
public:
    using Listener = std::function<void(std::vector<ChangeSet> const&)>;

    static Result<void> create_tables(SqlConnection& sql);

    // Listeners hear what is committed after this.
    Result<void> listen_from_now(Platform& platform);
    void start(Platform& platform);
    void stop();
    // Something was committed.
    void wake();
    void listen(Listener listener);

    // Brings every follower to the end of the journal, failed ones too; the number of change sets
    // that were followed. A failure is answered after the others have run.
    Result<std::int64_t> catch_up(Platform& platform);

private:
    struct Progress {
        std::int64_t seen {}; // everything up to here was looked at, in this process
        std::int64_t stored {}; // … and stands in cl_follower
        int failures {};
        Timestamp paused_until {};
    };
    using Batch =
        std::shared_ptr<std::vector<ChangeSet> const>; // shared by followers at one position
    enum class Patience : std::uint8_t { waits_after_failures, tries_now };

    void run(Platform& platform, std::stop_token const& stopped);
    Result<std::int64_t> follow_once(Platform& platform, Patience patience);
    Result<std::int64_t> follow(Platform& platform, Follower& follower, Progress& progress);
    Result<Progress*> progress_of(Platform& platform, Follower& follower);
    Result<Batch> read_after(Platform& platform, std::int64_t position);
    Result<void> tell_listeners(Platform& platform);

    std::mutex m_mutex {};
    std::condition_variable_any m_woken {};
    bool m_is_due {};
    std::mutex m_following {}; // the background thread and catch_up take turns
    std::map<std::string, Progress, std::less<>> m_progress {};
    std::vector<Listener> m_listeners {};
    std::int64_t m_told {}; // position up to which listeners know
    std::int64_t m_batch_after { -1 };
    Batch m_batch {};
    std::jthread m_thread {};
};

}
