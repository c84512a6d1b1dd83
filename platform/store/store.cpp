#include "platform/store/store.h"

#include "platform/store/postgresql_store.h"
#include "platform/store/sqlite_store.h"

#include <future>

namespace cashline {

Result<void> Store::write_and_wait(UnitOfWork work, WriteOptions options)
{
    std::promise<Result<void>> promise;
    auto answer = promise.get_future();
    write(std::move(work), std::move(options),
        [&promise](Result<void> result) { promise.set_value(std::move(result)); });
    return answer.get();
}

Result<std::unique_ptr<Store>> open_store(StoreOptions const& options)
{
    if (options.path.empty() == options.postgresql.empty()) {
        return invalid("store_options", "Name either a database file or a PostgreSQL URL.");
    }
    return options.postgresql.empty() ? open_sqlite_store(options) : open_postgresql_store(options);
}

}
