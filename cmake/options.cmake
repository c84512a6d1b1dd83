# Compilations are cached where ccache is installed.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

# Compiler settings shared by every target.
add_library(cashline_options INTERFACE)
target_include_directories(cashline_options INTERFACE
    ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
target_compile_options(cashline_options INTERFACE
    -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor
    -Wno-gnu-statement-expression -Wno-gnu-statement-expression-from-macro-expansion
    -Wno-missing-field-initializers -Wno-missing-designated-field-initializers
    -fno-omit-frame-pointer)
# libstdc++ 12 calls a function of its own that C++23 deprecates (std::stable_sort).
target_compile_options(cashline_options INTERFACE -Wno-deprecated-declarations)
target_link_options(cashline_options INTERFACE -fuse-ld=lld)

# ccache accepts a clang PCH only without its time stamp.
add_library(cashline_pch INTERFACE)
if(CASHLINE_PCH)
    target_compile_options(cashline_pch INTERFACE "SHELL:-Xclang -fno-pch-timestamp")
    target_precompile_headers(cashline_pch INTERFACE
        <algorithm> <array> <chrono> <cstdint> <expected> <functional> <map> <memory>
        <optional> <span> <string> <string_view> <unordered_map> <utility> <variant> <vector>)
endif()

# The JSON reader's library picks its instructions when it is compiled; without these it is the slow one.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    set_source_files_properties(${CMAKE_SOURCE_DIR}/core/json_reader.cpp PROPERTIES
        COMPILE_OPTIONS "-msse4.2;-mpclmul"
        SKIP_PRECOMPILE_HEADERS ON) # a PCH is for one set of target features
endif()
