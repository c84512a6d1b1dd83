#include "platform/store/postgresql_parameters.h"

#include <gtest/gtest.h>

namespace cashline {

namespace {

std::string rewritten(std::string_view sql) { return with_dollar_parameters(sql).sql; }

}

TEST(PostgresqlParameters, numbers_are_rewritten_wherever_they_are_parameters)
{
    EXPECT_EQ(rewritten("SELECT ?1,?22::uuid,(?3)"), "SELECT $1,$22::uuid,($3)");
    EXPECT_EQ(with_dollar_parameters("?2 ?11 ?1").parameters, 11U);
    EXPECT_EQ(with_dollar_parameters("SELECT 1").parameters, 0U);
    EXPECT_EQ(rewritten("?1"), "$1");
}

TEST(PostgresqlParameters, quoted_and_commented_marks_stay)
{
    for (std::string_view const sql : { "'?1'", "'it''s ?1'", "\"a?1\"", "\"a\"\"?1\"", "-- ?1",
             "/* ?1 */", "/* /* ?1 */ ?2 */", "$$?1$$", "$tag$ ?1 $x$ ?2 $tag$", "E'\\' ?1'",
             "'unfinished ?1", "a ? b", "a ?| b", "?" }) {
        EXPECT_EQ(rewritten(sql), sql);
    }
}

TEST(PostgresqlParameters, parameters_behind_quoted_text_are_found)
{
    EXPECT_EQ(rewritten("'a' || ?1"), "'a' || $1");
    EXPECT_EQ(rewritten("'\\' || ?1"), "'\\' || $1");
    EXPECT_EQ(rewritten("-- ?1\n?2"), "-- ?1\n$2");
    EXPECT_EQ(rewritten("/* ?1 */?2"), "/* ?1 */$2");
    EXPECT_EQ(rewritten("$a$?1$a$ ?2"), "$a$?1$a$ $2");
    EXPECT_EQ(rewritten("a - ?1 / ?2"), "a - $1 / $2");
    EXPECT_EQ(rewritten("name'?1'?2"), "name'?1'$2");
    EXPECT_EQ(rewritten("cost$ ?1"), "cost$ $1");
}

}
