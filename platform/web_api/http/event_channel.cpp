#include "platform/web_api/http/event_channel.h"

#include <utility>

namespace cashline::http {

EventChannel::EventChannel(EventChannelOptions options) : m_options(std::move(options)) { }

EventChannel::~EventChannel() { close(); }

bool EventChannel::push(std::string_view bytes)
{
    std::unique_lock lock(m_mutex);
    if (m_is_closed) {
        return false;
    }
    if (m_has_overflowed || bytes.empty()) {
        return true;
    }
    auto const was_empty = m_queue.empty();
    if (m_queue.size() + bytes.size() > m_options.queued_bytes_max) {
        if (m_options.overflow_marker.empty()) {
            m_queue.clear();
            close_and_notify(lock);
            return false;
        }
        m_has_overflowed = true;
        m_queue = m_options.overflow_marker;
    } else {
        m_queue += bytes;
    }
    // The carrier takes everything at once, so only the first push into an empty queue has to wake
    // it.
    auto const wake = was_empty ? m_wake : std::function<void()> {};
    lock.unlock();
    if (wake) {
        wake();
    }
    return true;
}

void EventChannel::close()
{
    std::unique_lock lock(m_mutex);
    if (!m_is_closed) {
        close_and_notify(lock);
    }
}

bool EventChannel::is_closed() const
{
    std::scoped_lock const lock(m_mutex);
    return m_is_closed;
}

void EventChannel::when_closed(std::move_only_function<void()> callback)
{
    std::unique_lock lock(m_mutex);
    if (!m_is_closed) {
        m_when_closed = std::move(callback);
        return;
    }
    lock.unlock();
    callback();
}

void EventChannel::attach(std::function<void()> wake)
{
    std::scoped_lock const lock(m_mutex);
    m_wake = std::move(wake);
}

std::optional<std::string> EventChannel::take()
{
    std::scoped_lock const lock(m_mutex);
    if (m_queue.empty() && m_is_closed) {
        return std::nullopt;
    }
    m_has_overflowed = false;
    return std::exchange(m_queue, {});
}

void EventChannel::close_and_notify(std::unique_lock<std::mutex>& lock)
{
    m_is_closed = true;
    auto const wake = std::exchange(m_wake, {});
    auto when_closed = std::exchange(m_when_closed, {});
    lock.unlock();
    if (wake) {
        wake();
    }
    if (when_closed) {
        when_closed();
    }
}

std::string format_event(std::string_view event, std::string_view data, std::string_view id)
{
    std::string out;
    if (!id.empty()) {
        out.append("id: ").append(id).append("\n");
    }
    if (!event.empty()) {
        out.append("event: ").append(event).append("\n");
    }
    for (;;) {
        auto const end = data.find_first_of("\r\n");
        out.append("data: ").append(data.substr(0, end)).append("\n");
        if (end == std::string_view::npos) {
            break;
        }
        data.remove_prefix(end + (data.substr(end).starts_with("\r\n") ? 2 : 1));
    }
    return out += '\n';
}

}
