#include "platform/pages/template.h"

#include "core/text.h"
#include "platform/pages/template_scanner.h"

#include <fmt/format.h>
#include <kainjow/mustache.hpp>

#include <algorithm>

namespace cashline::pages {

namespace {

namespace mustache = kainjow::mustache;

constexpr std::size_t partial_depth_max = 8;
constexpr std::size_t lookups_max = 2'000'000; // ends a page whose sections multiply
constexpr std::size_t input_factor = 32; // the estimate of a section's text is generous

// Puts the text of partials in the place of their tags, so that the renderer needs no lookup and
// cannot recurse. The size limit also ends partials that double each other.
class Inliner {
public:
    explicit Inliner(TemplateOptions const& options) : m_options(options) { }

    Result<void> append(std::string_view text, std::string& out)
    {
        std::size_t position = 0;
        for (auto const& tag : TRY(scan_template(text))) {
            if (tag.kind != TagKind::partial) {
                continue;
            }
            out += text.substr(position, tag.begin - position);
            TRY(append_partial(tag, out));
            position = tag.end;
        }
        out += text.substr(position);
        if (out.size() > template_bytes_max) {
            return invalid(
                "template_too_large", "The template with its partials is larger than 256 KB.");
        }
        return {};
    }

private:
    Result<void> append_partial(Tag const& tag, std::string& out)
    {
        auto const found = m_options.partials.find(tag.name);
        if (found == m_options.partials.end()) {
            return invalid("template_unknown_partial",
                fmt::format("There is no partial “{}”{}.", tag.name, at_line(tag.line)));
        }
        if (std::ranges::find(m_open, tag.name) != m_open.end()
            || m_open.size() >= partial_depth_max) {
            return invalid("template_partial_cycle",
                fmt::format("The partial “{}” includes itself or is nested too deeply.", tag.name));
        }
        m_open.push_back(tag.name);
        TRY(append(found->second, out));
        m_open.pop_back();
        return {};
    }

    TemplateOptions const& m_options;
    std::vector<std::string_view> m_open {};
};

mustache::data to_mustache(json::Value const& value)
{
    if (auto const* flag = value.as_bool()) {
        return mustache::data(*flag);
    }
    if (auto const* number = value.as_number()) {
        return mustache::data(number->to_string());
    }
    if (auto const* text = value.as_string()) {
        // An empty text is empty for sections too, as in other Mustache implementations.
        return text->empty() ? mustache::data(false) : mustache::data(*text);
    }
    if (auto const* array = value.as_array()) {
        mustache::data list(mustache::data::type::list);
        for (auto const& item : *array) {
            list.push_back(to_mustache(item));
        }
        return list;
    }
    if (auto const* object = value.as_object()) {
        mustache::data members(mustache::data::type::object);
        for (auto const& [name, member] : *object) {
            members[name] = to_mustache(member);
        }
        return members;
    }
    return mustache::data(false); // null
}

// The most text a single pass through one section can write by itself, nested sections not counted.
std::size_t largest_section_text(std::string_view text, std::vector<Tag> const& tags)
{
    std::vector<std::size_t> own { 0 };
    std::size_t largest = 0;
    std::size_t position = 0;
    for (auto const& tag : tags) {
        own.back() += tag.begin - position;
        position = tag.end;
        if (tag.kind == TagKind::section || tag.kind == TagKind::inverted_section) {
            own.push_back(0);
        } else if (tag.kind == TagKind::section_end) {
            largest = std::max(largest, own.back());
            own.pop_back();
        }
    }
    return std::max(largest, own.back() + text.size() - position);
}

// Counts what a rendering costs; when the budget is spent every name is empty and the sections run
// dry. The library holds a line back until it ends, so memory is bounded by counting what goes in,
// not only what comes out.
struct Budget {
    std::size_t lookups_left { lookups_max };
    std::size_t input_left {};
    std::size_t output_left {};
    bool is_spent {};

    void take_input(std::size_t bytes)
    {
        is_spent = is_spent || bytes > input_left;
        input_left -= std::min(bytes, input_left);
    }
};

class Context : public mustache::context<std::string> {
public:
    Context(mustache::data const* root, Budget& budget, std::size_t section_bytes)
        : context(root)
        , m_budget(budget)
        , m_section_bytes(section_bytes)
    {
    }

    // Called for each item of a section.
    void push(mustache::data const* item) override
    {
        m_budget.take_input(m_section_bytes + 16);
        context::push(item);
    }

    mustache::data const* get(std::string const& name) const override
    {
        if (m_budget.is_spent || m_budget.lookups_left == 0) {
            m_budget.is_spent = true;
            return nullptr;
        }
        --m_budget.lookups_left;
        auto const* found = context::get(name);
        if (found != nullptr && found->is_string()) {
            m_budget.take_input(found->string_value().size());
        }
        return m_budget.is_spent ? nullptr : found;
    }

    mustache::data const* get_partial(std::string const&) const override { return nullptr; }

private:
    Budget& m_budget;
    std::size_t m_section_bytes;
};

// Collects the output through the library's stream interface, up to the budget.
class Sink {
public:
    Sink(std::string& out, Budget& budget) : m_out(out), m_budget(budget) { }

    Sink& operator<<(std::string const& text)
    {
        if (m_budget.is_spent || text.size() > m_budget.output_left) {
            m_budget.is_spent = true;
            return *this;
        }
        m_budget.output_left -= text.size();
        m_out += text;
        return *this;
    }

private:
    std::string& m_out;
    Budget& m_budget;
};

}

struct Template::Compiled {
    // The library's render is not const but changes nothing when no lambdas or partials are left,
    // which the inlining guarantees; so one object serves all threads.
    mutable mustache::mustache tree;
    std::size_t output_max {};
    std::size_t section_bytes {};
};

Template::Template(std::shared_ptr<Compiled const> compiled) : m_compiled(std::move(compiled)) { }

Result<Template> Template::compile(std::string_view text, TemplateOptions const& options)
{
    std::string whole;
    TRY(Inliner(options).append(text, whole));
    auto const tags = TRY(scan_template(whole)); // Together, partials may nest too deeply.
    auto compiled = std::make_shared<Compiled>(
        mustache::mustache(whole), options.output_max, largest_section_text(whole, tags));
    if (!compiled->tree.is_valid()) {
        return invalid("template_malformed", compiled->tree.error_message());
    }
    if (options.escaping == Escaping::none) {
        compiled->tree.set_custom_escape([](std::string const& value) { return value; });
    }
    return Template(std::move(compiled));
}

Result<std::string> Template::render(json::Value const& data) const
{
    auto const root = to_mustache(data);
    Budget budget { .input_left = m_compiled->output_max * input_factor,
        .output_left = m_compiled->output_max };
    Context context(&root, budget, m_compiled->section_bytes);
    std::string out;
    Sink sink(out, budget);
    m_compiled->tree.render(context, sink);
    if (budget.is_spent) {
        return invalid("template_output_too_large",
            "The page became too large; its sections multiply the data too often.");
    }
    return out;
}

Result<std::string> render(
    std::string_view text, json::Value const& data, TemplateOptions const& options)
{
    return TRY(Template::compile(text, options)).render(data);
}

namespace {

bool covers(std::vector<std::string> const& allowed, std::string_view path)
{
    return std::ranges::any_of(allowed, [&](std::string const& entry) {
        return entry == path
            || (entry.size() > path.size() && entry.starts_with(path) && entry[path.size()] == '.');
    });
}

// A name is looked up from the innermost section outwards, so any of those paths may be the allowed
// one.
bool is_allowed(std::vector<std::string> const& allowed, std::vector<std::string> const& sections,
    std::string_view name)
{
    if (name == ".") {
        return !sections.empty();
    }
    return covers(allowed, name) || std::ranges::any_of(sections, [&](std::string const& section) {
        return covers(allowed, fmt::format("{}.{}", section, name));
    });
}

// The full paths a section may stand for: itself, and below each enclosing one that allows it.
std::string section_path(std::vector<std::string> const& allowed,
    std::vector<std::string> const& sections, std::string_view name)
{
    for (auto enclosing = sections.rbegin(); enclosing != sections.rend(); ++enclosing) {
        auto path = fmt::format("{}.{}", *enclosing, name);
        if (covers(allowed, path)) {
            return path;
        }
    }
    return std::string(name);
}

Result<void> check_tag(
    Tag const& tag, PlaceholderRules const& rules, std::vector<std::string> const& sections)
{
    if (tag.kind == TagKind::partial) {
        if (std::ranges::find(rules.partials, tag.name) == rules.partials.end()) {
            return invalid("template_unknown_partial",
                fmt::format("There is no partial “{}”{}.", tag.name, at_line(tag.line)));
        }
        return {};
    }
    bool const is_raw_allowed = is_allowed(rules.allowed_raw, sections, tag.name);
    if (!is_raw_allowed && !is_allowed(rules.allowed, sections, tag.name)) {
        return invalid("template_unknown_placeholder",
            fmt::format("There is no placeholder “{}” here{}.", tag.name, at_line(tag.line)));
    }
    if (tag.kind == TagKind::raw_value && !is_raw_allowed) {
        return invalid("template_raw_placeholder",
            fmt::format("“{}” may not stand unescaped{}. Write {{{{{}}}}}.", tag.name,
                at_line(tag.line), tag.name));
    }
    return {};
}

}

Result<void> check_placeholders(std::string_view text, PlaceholderRules const& rules)
{
    auto const tags = TRY(scan_template(text));
    auto known = rules.allowed;
    known.insert(known.end(), rules.allowed_raw.begin(), rules.allowed_raw.end());
    std::vector<std::string> sections;
    for (auto const& tag : tags) {
        if (tag.kind == TagKind::comment) {
            continue;
        }
        if (tag.kind == TagKind::section_end) {
            sections.pop_back();
            continue;
        }
        TRY(check_tag(tag, rules, sections));
        if (tag.kind == TagKind::section || tag.kind == TagKind::inverted_section) {
            sections.push_back(section_path(known, sections, tag.name));
        }
    }
    return {};
}

}
