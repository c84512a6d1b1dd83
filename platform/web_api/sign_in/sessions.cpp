#include "platform/web_api/sign_in/sessions.h"

#include "core/text.h"
#include "platform/web_api/sign_in/tokens.h"

namespace cashline::sign_in {

namespace {

constexpr std::int64_t trust_seconds = 60;
constexpr std::size_t known_max = 100'000;

std::string hash_of(std::string_view secret) { return text::to_hex(hash_token(secret)); }

Row row_of(Session const& session, std::string const& hash)
{
    Row row(session::table);
    row.set(session::token_hash, hash);
    row.set(session::principal, session.principal);
    row.set(session::kind, session.kind);
    row.set(session::expires_on, session.expires);
    return row;
}

Session session_of(Row const& row)
{
    return { .principal = row.get(session::principal).value_or(Id {}),
        .kind = row.get(session::kind).value_or(SessionKind::browser),
        .expires = row.get(session::expires_on).value_or(Timestamp {}) };
}

Result<void> remove_all(Unit& unit, Query const& query, std::string_view kept_hash = {})
{
    for (auto const& row : TRY(unit.query(query))) {
        if (kept_hash.empty() || row.text_or(session::token_hash) != kept_hash) {
            TRY(unit.remove(session::table, row.id()));
        }
    }
    return {};
}

}

std::optional<Session> Sessions::known(std::string const& hash)
{
    auto const now = m_platform.environment().now();
    auto const lock = std::scoped_lock { m_mutex };
    auto const found = m_known.find(hash);
    if (found == m_known.end()) {
        return std::nullopt;
    }
    auto const& entry = found->second;
    if (entry.read_at.plus_seconds(trust_seconds) < now || entry.session.expires <= now) {
        m_known.erase(found);
        return std::nullopt;
    }
    return entry.session;
}

void Sessions::forget(std::string const& hash)
{
    auto const lock = std::scoped_lock { m_mutex };
    m_known.erase(hash);
    ++m_generation;
}

Result<std::optional<Session>> Sessions::find(std::string_view secret)
{
    auto const hash = hash_of(secret);
    if (auto session = known(hash)) {
        return session;
    }
    std::uint64_t generation = 0;
    {
        auto const lock = std::scoped_lock { m_mutex };
        generation = m_generation;
    }
    auto const now = m_platform.environment().now();
    auto const row =
        TRY(m_platform.read<std::optional<Row>>(system_caller(Door::web_api), [&](Reader& reader) {
            return reader.first(Query::from(session::table).where(session::token_hash == hash));
        }));
    if (!row || session_of(*row).expires <= now) {
        return std::nullopt;
    }
    auto const session = session_of(*row);
    auto const lock = std::scoped_lock { m_mutex };
    // A session that ended while it was read must not come back.
    if (generation == m_generation && m_known.size() < known_max) {
        m_known.insert_or_assign(hash, Known { session, now });
    }
    return std::optional(session);
}

void Sessions::start(Session session, std::move_only_function<void(Result<std::string>)> done)
{
    auto token = new_token(m_platform.environment());
    auto row = row_of(session, text::to_hex(token.hash));
    m_platform.write_async(
        system_caller(Door::web_api),
        [row = std::move(row)](Unit& unit) -> Result<void> {
            TRY(unit.create(row));
            return {};
        },
        {},
        [secret = std::move(token.text), done = std::move(done)](Result<void> outcome) mutable {
            done(outcome ? Result<std::string>(std::move(secret))
                         : std::unexpected(std::move(outcome.error())));
        });
}

void Sessions::end(std::string_view secret, std::move_only_function<void(Result<void>)> done)
{
    auto const hash = hash_of(secret);
    forget(hash);
    m_platform.write_async(
        system_caller(Door::web_api),
        [hash](Unit& unit) {
            return remove_all(unit, Query::from(session::table).where(session::token_hash == hash));
        },
        {}, std::move(done));
}

Result<void> Sessions::end_all_of(Unit& unit, Id principal, std::string_view kept)
{
    auto everything = unit.elevated();
    return remove_all(everything,
        Query::from(session::table).where(session::principal == principal),
        kept.empty() ? std::string {} : hash_of(kept));
}

void Sessions::forget_all()
{
    auto const lock = std::scoped_lock { m_mutex };
    m_known.clear();
    ++m_generation;
}

Result<void> forget_expired_sessions(Unit& unit)
{
    constexpr std::int64_t at_once = 500;
    auto everything = unit.elevated();
    return remove_all(everything,
        Query::from(session::table).where(session::expires_on < unit.now()).top(at_once));
}

}
