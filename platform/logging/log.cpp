#include "platform/logging/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace cashline::log {

namespace {

spdlog::logger& logger()
{
    static auto const shared = [] {
        auto made = spdlog::stderr_logger_mt("cashline");
        made->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
        made->flush_on(spdlog::level::info);
        return made;
    }();
    return *shared;
}

}

void info(std::string_view line) { logger().info("{}", line); }

void warning(std::string_view line) { logger().warn("{}", line); }

void error(std::string_view line) { logger().error("{}", line); }

}
