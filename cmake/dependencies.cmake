# Libraries from Debian 12; docs/decisions/0003-dependencies.md says why each is here.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(PostgreSQL REQUIRED)
find_package(CURL REQUIRED)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(OPENSSL REQUIRED IMPORTED_TARGET openssl)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-uc icu-i18n)
pkg_check_modules(FMT REQUIRED IMPORTED_TARGET fmt)
pkg_check_modules(SPDLOG REQUIRED IMPORTED_TARGET spdlog)
pkg_check_modules(GMIME REQUIRED IMPORTED_TARGET gmime-3.0)
pkg_check_modules(ICAL REQUIRED IMPORTED_TARGET libical)
pkg_check_modules(PANGO REQUIRED IMPORTED_TARGET pangocairo cairo cairo-pdf)
pkg_check_modules(PUGIXML REQUIRED IMPORTED_TARGET pugixml)
pkg_check_modules(LIBXML REQUIRED IMPORTED_TARGET libxml-2.0)
pkg_check_modules(YAMLCPP REQUIRED IMPORTED_TARGET yaml-cpp)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(ZLIB REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(BROTLI REQUIRED IMPORTED_TARGET libbrotlienc libbrotlidec libbrotlicommon)
find_library(SIMDJSON_LIBRARY simdjson REQUIRED)
find_library(DATE_TZ_LIBRARY NAMES date-tz REQUIRED)
if(CASHLINE_TESTS)
    find_package(GTest REQUIRED)
    find_library(RAPIDCHECK_LIBRARY rapidcheck REQUIRED)
endif()

add_library(cashline_dependencies INTERFACE)
target_link_libraries(cashline_dependencies INTERFACE
    PkgConfig::SQLITE PostgreSQL::PostgreSQL CURL::libcurl PkgConfig::OPENSSL PkgConfig::SODIUM
    PkgConfig::ICU PkgConfig::FMT PkgConfig::SPDLOG PkgConfig::GMIME PkgConfig::ICAL
    PkgConfig::PANGO PkgConfig::PUGIXML PkgConfig::LIBXML PkgConfig::ZSTD PkgConfig::ZLIB
    PkgConfig::BROTLI ${SIMDJSON_LIBRARY} ${DATE_TZ_LIBRARY} Threads::Threads)
