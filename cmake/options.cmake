# Compiler settings shared by every target.
add_library(cashline_options INTERFACE)
target_include_directories(cashline_options INTERFACE
    ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
target_compile_options(cashline_options INTERFACE
    -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor
    -Wno-gnu-statement-expression -Wno-gnu-statement-expression-from-macro-expansion
    -Wno-missing-field-initializers -Wno-missing-designated-field-initializers
    -fno-omit-frame-pointer)
target_link_options(cashline_options INTERFACE -fuse-ld=lld)

# ccache accepts a clang PCH only without its time stamp.
add_library(cashline_pch INTERFACE)
if(CASHLINE_PCH)
    target_compile_options(cashline_pch INTERFACE "SHELL:-Xclang -fno-pch-timestamp")
    target_precompile_headers(cashline_pch INTERFACE
        <algorithm> <array> <chrono> <cstdint> <expected> <functional> <map> <memory>
        <optional> <span> <string> <string_view> <unordered_map> <utility> <variant> <vector>)
endif()
