// cl_OpenCalendarFile: an answer to an invitation that a person has as a file (.ics, or the whole
// mail as .eml). docs/contracts/open-calendar-file.md.
#pragma once

#include "platform/pipeline/registry.h"

namespace cashline::activities {

struct OpenCalendarFile {
    static constexpr char const* name = "cl_OpenCalendarFile";
    struct Reply {
        std::string outcome {};
        std::string message {};
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("Outcome", &Reply::outcome);
            visit("Message", &Reply::message);
        }
    };
    Lookup appointment {};
    std::string file_name {};
    std::string content {}; // base64
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("FileName", &OpenCalendarFile::file_name);
        visit("Content", &OpenCalendarFile::content);
    }
};

Result<OpenCalendarFile::Reply> open_calendar_file(Unit&, OpenCalendarFile const&);

}
