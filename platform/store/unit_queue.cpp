#include "platform/store/unit_queue.h"

namespace cashline {

void UnitQueue::push(QueuedUnit unit)
{
    bool is_stopped = false;
    {
        std::scoped_lock const lock(m_mutex);
        is_stopped = m_stopped;
        if (!is_stopped && m_units.size() < units_max) {
            m_units.push_back(std::move(unit));
            m_arrived.notify_one();
            return;
        }
    }
    if (is_stopped) {
        answer(unit, refuse(Fault::unavailable, "store_stopped", "The server is stopping."));
        return;
    }
    answer(
        unit, refuse(Fault::unavailable, "store_busy", "Too many changes are waiting. Try again."));
}

std::vector<QueuedUnit> UnitQueue::take(std::size_t count_max)
{
    std::unique_lock lock(m_mutex);
    m_arrived.wait(lock, [this] { return m_stopped || !m_units.empty(); });
    std::vector<QueuedUnit> taken;
    while (!m_units.empty() && taken.size() < count_max) {
        bool const alone = m_units.front().options.alone;
        if (alone && !taken.empty()) {
            break;
        }
        taken.push_back(std::move(m_units.front()));
        m_units.pop_front();
        if (alone) {
            break;
        }
    }
    return taken;
}

void UnitQueue::put_back(std::vector<QueuedUnit> units)
{
    std::scoped_lock const lock(m_mutex);
    m_units.insert(m_units.begin(), std::make_move_iterator(units.begin()),
        std::make_move_iterator(units.end()));
}

void UnitQueue::stop()
{
    std::scoped_lock const lock(m_mutex);
    m_stopped = true;
    m_arrived.notify_all();
}

std::int64_t UnitQueue::length() const
{
    std::scoped_lock const lock(m_mutex);
    return static_cast<std::int64_t>(m_units.size());
}

}
