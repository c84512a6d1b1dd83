// The shop's templates (kinds shop_page, shop_part, shop_style of the definitions), compiled once.
#pragma once

#include "core/json.h"
#include "platform/metadata/schema.h"
#include "platform/pages/template.h"

#include <map>

namespace cashline::commerce {

class Pages {
public:
    // Refuses templates that could not be rendered, naming template and line.
    static Result<Pages> compile(Schema const&);

    Result<std::string> render(std::string_view page, json::Value const& data) const;
    // The style sheet and the icon as they are; the address of the sheet carries its hash, so
    // browsers keep it until it changes.
    std::string const& style() const { return m_style; }
    std::string const& icon() const { return m_icon; }
    std::string const& style_path() const { return m_style_path; }

private:
    std::map<std::string, pages::Template, std::less<>> m_templates {};
    std::string m_style {};
    std::string m_icon {};
    std::string m_style_path {};
};

}
