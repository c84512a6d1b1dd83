#include "core/check.h"

#include <cstdio>
#include <cstdlib>

namespace cashline {

CheckFailed::CheckFailed(char const* condition, std::source_location where)
{
    std::snprintf(m_text, sizeof m_text, "%s:%u: %s", where.file_name(),
        static_cast<unsigned>(where.line()), condition);
}

void verification_failed(char const* condition, std::source_location where)
{
    std::fprintf(stderr, "%s:%u: in %s: verification failed: %s\n", where.file_name(),
        static_cast<unsigned>(where.line()), where.function_name(), condition);
    std::fflush(stderr);
    std::abort();
}

void check_failed(char const* condition, std::source_location where)
{
    throw CheckFailed(condition, where);
}

}
