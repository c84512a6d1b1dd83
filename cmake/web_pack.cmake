# The built front end (web/dist), where there is one, packed and linked into the program.
enable_language(ASM)
file(GLOB_RECURSE web_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/dist/*)
set(web_pack ${CMAKE_BINARY_DIR}/generated/web.pack)
add_custom_command(
    OUTPUT ${web_pack}
    COMMAND pack ${CMAKE_SOURCE_DIR}/web/dist ${web_pack}
    DEPENDS pack ${web_files}
    COMMENT "pack: the front end into the program")
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/web_pack.S CONTENT [[
    .section .rodata
    .global cashline_web_pack_begin
    .global cashline_web_pack_end
    .balign 16
cashline_web_pack_begin:
    .incbin "@web_pack@"
cashline_web_pack_end:
    .byte 0
    .section .note.GNU-stack,"",@progbits
]] @ONLY)
add_library(cashline_web_pack STATIC ${CMAKE_BINARY_DIR}/generated/web_pack.S)
set_source_files_properties(${CMAKE_BINARY_DIR}/generated/web_pack.S PROPERTIES
    OBJECT_DEPENDS ${web_pack})
