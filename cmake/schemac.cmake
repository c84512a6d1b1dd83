# Definitions (*.yaml) become typed handles and embedded data; see tools/schemac/README.md.
# One header per table lands in generated/<folder>/<table>_table.h, the embedded definitions in
# generated/definitions.cpp (linked into the platform layer's users through cashline_definitions).
file(GLOB_RECURSE definition_files CONFIGURE_DEPENDS
    ${CMAKE_SOURCE_DIR}/platform/*.yaml ${CMAKE_SOURCE_DIR}/apps/*.yaml)
set(generated ${CMAKE_BINARY_DIR}/generated)
add_custom_command(
    OUTPUT ${generated}/definitions.cpp ${generated}/schemac.stamp
    COMMAND schemac --root ${CMAKE_SOURCE_DIR} --out ${generated}
    COMMAND ${CMAKE_COMMAND} -E touch ${generated}/schemac.stamp
    DEPENDS schemac ${definition_files}
    COMMENT "schemac: definitions to handles")
add_custom_target(cashline_generated DEPENDS ${generated}/definitions.cpp)
