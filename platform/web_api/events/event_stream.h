// /api/events: what changed, to whoever may see it, as it is committed. Who may is decided in
// memory from the entry's security stamp and the rights of the stream's caller; a change of rights
// tells everybody to read again. The payload is id, etag and kind, never values.
#pragma once

#include "platform/web_api/sign_in/identify.h"

#include <memory>
#include <mutex>
#include <set>

namespace cashline::events {

class EventStreams {
public:
    explicit EventStreams(Platform& platform);

    // GET /api/events?tables=lead,cl_notification
    void open(http::Request request, sign_in::Identity identity, http::Respond respond);
    std::size_t count() const;

private:
    struct Stream;

    void tell(std::vector<ChangeSet> const& change_sets);
    void tell_one(Stream& stream, std::vector<ChangeSet> const& change_sets, bool rights_changed);
    Result<void> refresh(Stream& stream);

    Platform& m_platform;
    mutable std::mutex m_mutex {};
    std::vector<std::shared_ptr<Stream>> m_streams {}; // shared with the round that tells them
};

}
