// What the stores need from a driver beyond SQL: reading transactions for snapshots and the
// question whether the transaction still stands. Internal to platform/store.
#pragma once

#include "platform/store/sql.h"

#include <memory>

namespace cashline {

class DriverConnection : public SqlConnection {
public:
    // A read-only transaction whose view is fixed before this returns.
    virtual Result<void> begin_read() = 0;
    virtual Result<void> end_read() = 0;
    // False once the engine has ended the transaction on its own: whatever ran next would commit by
    // itself.
    virtual bool transaction_stands() const = 0;
    // False when the connection must be thrown away.
    virtual bool is_usable() const = 0;
};

}
