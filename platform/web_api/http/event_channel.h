// A bounded queue of bytes from any thread into one open response (server-sent events).
// Pushing never blocks: a reader too slow to keep up loses the queue and gets a marker that tells
// it to load everything again, or is cut off where no marker is given. Access checks belong to
// whoever pushes.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace cashline::http {

struct EventChannelOptions {
    std::size_t queued_bytes_max { 256 * 1'024 };
    std::string overflow_marker {}; // empty: a full queue closes the channel
    std::chrono::milliseconds heartbeat {
        20'000
    }; // a comment line this often keeps proxies patient
};

class EventChannel {
public:
    explicit EventChannel(EventChannelOptions options = {});
    ~EventChannel();

    bool push(std::string_view bytes); // false once closed
    void close(); // what is queued still goes out
    bool is_closed() const;
    // Called once, from whichever thread closes; at once when the channel is closed already.
    void when_closed(std::move_only_function<void()> callback);

    // For the connection that carries it.
    std::chrono::milliseconds heartbeat() const { return m_options.heartbeat; }
    void attach(
        std::function<void()> wake); // called after a push into an empty queue and after close
    std::optional<std::string> take(); // all that is queued; nothing once closed and drained

private:
    void close_and_notify(std::unique_lock<std::mutex>& lock);

    EventChannelOptions const m_options;
    mutable std::mutex m_mutex {};
    std::string m_queue {};
    bool m_has_overflowed {}; // until the marker is taken, further events say nothing new
    bool m_is_closed {};
    std::function<void()> m_wake {};
    std::move_only_function<void()> m_when_closed {};
};

// One event in the wire form of text/event-stream. Line ends in `data` become further data lines.
std::string format_event(std::string_view event, std::string_view data, std::string_view id = {});

}
