// The connections that readers borrow. Opened when first needed, at most a fixed number; when all
// are out a reader waits a bounded time. Internal to platform/store.
#pragma once

#include "platform/store/unit_run.h"

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace cashline {

class ReaderPool {
public:
    using Open = std::function<Result<std::unique_ptr<DriverConnection>>()>;

    ReaderPool(int connections_max, Open open,
        std::chrono::milliseconds wait_max = std::chrono::seconds(5));
    // All snapshots must have ended.
    ~ReaderPool();
    ReaderPool(ReaderPool const&) = delete;
    ReaderPool& operator=(ReaderPool const&) = delete;

    // "store_busy" when no connection became free in time, "store_stopped" after stop().
    Result<std::unique_ptr<Snapshot>> read();
    void stop();

private:
    class Borrowed;

    Result<std::unique_ptr<DriverConnection>> take();
    void give_back(std::unique_ptr<DriverConnection>);

    Open m_open;
    std::mutex m_mutex {};
    std::condition_variable m_returned {};
    std::vector<std::unique_ptr<DriverConnection>> m_idle {};
    int m_connections_max;
    std::chrono::milliseconds m_wait_max;
    int m_borrowed {};
    bool m_stopped {};
};

}
