#include "server/command_line.h"

#include "server/run_on_company.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>
#include <filesystem>

namespace cashline::server {

namespace {

// Where the parser puts the values of one option.
struct Slot {
    CommandOption const* option {};
    std::vector<std::string> values {};
    bool is_set {};
};

struct Bound {
    Command command {};
    std::deque<Slot> slots {}; // addresses must stay
};

void bind(CLI::App& app, Slot& slot)
{
    auto const& option = *slot.option;
    auto const name = option.is_positional ? option.name : "--" + option.name;
    if (option.is_flag) {
        app.add_flag(name, slot.is_set, option.help);
        return;
    }
    auto* const added = app.add_option(name, slot.values, option.help);
    added->required(option.is_required);
    if (!option.may_repeat) {
        added->expected(1)->allow_extra_args(false); // the next word is the next one's
    }
    if (!option.preset.empty()) {
        added->default_str(option.preset);
    }
}

std::string absolute_path(std::string const& path)
{
    std::error_code problem;
    auto const absolute = std::filesystem::absolute(path, problem);
    return problem ? path : absolute.lexically_normal().string();
}

Arguments arguments_of(Bound const& bound)
{
    json::Value values { json::Object {} };
    for (auto const& slot : bound.slots) {
        auto const& option = *slot.option;
        if (option.is_flag) {
            values.set(option.name, slot.is_set);
        } else if (option.may_repeat) {
            json::Array list(slot.values.begin(), slot.values.end());
            values.set(option.name, std::move(list));
        } else if (!slot.values.empty()) {
            auto const& text = slot.values.front();
            values.set(option.name, option.is_path ? absolute_path(text) : text);
        } else if (!option.preset.empty()) {
            values.set(option.name, option.preset);
        }
    }
    return Arguments(std::move(values));
}

CLI::App* subcommand_named(CLI::App& app, std::string const& name)
{
    auto const all = app.get_subcommands([](CLI::App*) { return true; });
    auto const found =
        std::ranges::find(all, name, [](CLI::App* each) { return each->get_name(); });
    return found == all.end() ? nullptr : *found;
}

// The parser of the last word of "app-user add", below those of the words before it.
CLI::App* parser_of(CLI::App& root, Command const& command)
{
    auto* app = &root;
    for (std::size_t start = 0; start < command.name.size();) {
        auto const end = std::min(command.name.find(' ', start), command.name.size());
        auto const word = command.name.substr(start, end - start);
        auto* const known = subcommand_named(*app, word);
        auto const is_last = end == command.name.size();
        app = known ? known : app->add_subcommand(word, is_last ? command.summary : "");
        if (!is_last) {
            app->require_subcommand(1);
        }
        start = end + 1;
    }
    return app;
}

}

std::string Arguments::text(std::string_view name) const
{
    return std::string(m_values.text(name));
}

std::vector<std::string> Arguments::all(std::string_view name) const
{
    std::vector<std::string> list;
    for (auto const& value : m_values.array(name)) {
        if (auto const* text = value.as_string()) {
            list.push_back(*text);
        }
    }
    return list;
}

int run_command_line(int count, char const* const* words)
{
    CLI::App root { "Cashline: from the first hello to cash in the bank, in one program." };
    root.require_subcommand(1);
    std::deque<Bound> bounds;
    Bound const* chosen = nullptr;
    for (auto& command : all_commands()) {
        auto& bound = bounds.emplace_back(Bound { .command = std::move(command) });
        if (bound.command.on_company) {
            bound.command.options.push_back(data_option());
        }
        auto* const parser = parser_of(root, bound.command);
        for (auto const& option : bound.command.options) {
            bind(*parser, bound.slots.emplace_back(Slot { .option = &option }));
        }
        parser->final_callback([&chosen, &bound] { chosen = &bound; });
    }
    try {
        root.parse(count, words);
    } catch (CLI::ParseError const& problem) {
        return root.exit(problem);
    }
    auto const arguments = arguments_of(*chosen);
    return chosen->command.run ? chosen->command.run(arguments)
                               : run_on_company(chosen->command, arguments);
}

}
