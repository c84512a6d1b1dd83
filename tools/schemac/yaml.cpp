#include "tools/schemac/yaml.h"

#include <yaml-cpp/yaml.h>

namespace cashline {

namespace {

json::Value scalar(YAML::Node const& node)
{
    auto const& text = node.Scalar();
    if (node.Tag() == "!") { // quoted
        return text;
    }
    if (text.empty() || text == "null" || text == "~") {
        return {};
    }
    if (text == "true" || text == "false") {
        return text == "true";
    }
    if (auto const number = Decimal::parse(text)) {
        return *number;
    }
    return text;
}

json::Value convert(YAML::Node const& node)
{
    if (node.IsSequence()) {
        json::Array items;
        for (auto const& item : node) {
            items.push_back(convert(item));
        }
        return items;
    }
    if (node.IsMap()) {
        json::Object members;
        for (auto const& member : node) {
            members.emplace_back(member.first.Scalar(), convert(member.second));
        }
        return members;
    }
    return node.IsScalar() ? scalar(node) : json::Value {};
}

}

Result<json::Value> read_yaml(std::filesystem::path const& file)
{
    try {
        return convert(YAML::LoadFile(file.string()));
    } catch (YAML::Exception const& problem) {
        return invalid("bad_definition", file.string() + ": " + problem.what());
    }
}

}
