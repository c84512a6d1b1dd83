# The sentiment lexicon: the npm package pinned in tools/lexicon becomes generated/apps/insights/analysis/
# vader_lexicon.inc. Downloaded once per checkout; a present node_modules is used as it is.
set(lexicon_folder ${CMAKE_SOURCE_DIR}/tools/lexicon)
set(lexicon_package ${lexicon_folder}/node_modules/vader-sentiment)
set(lexicon_table ${CMAKE_BINARY_DIR}/generated/apps/insights/analysis/vader_lexicon.inc)
if(NOT EXISTS ${lexicon_package}/vader_lexicon.txt)
    add_custom_command(
        OUTPUT ${lexicon_package}/vader_lexicon.txt
        COMMAND npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
        WORKING_DIRECTORY ${lexicon_folder}
        COMMENT "npm: vader-sentiment")
endif()
add_custom_command(
    OUTPUT ${lexicon_table}
    COMMAND node ${lexicon_folder}/convert.mjs ${lexicon_package} ${lexicon_table}
    DEPENDS ${lexicon_folder}/convert.mjs ${lexicon_package}/vader_lexicon.txt
    COMMENT "lexicon: words to valences")
add_custom_target(cashline_lexicon DEPENDS ${lexicon_table})
add_dependencies(cashline_generated cashline_lexicon)
