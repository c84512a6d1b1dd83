// A command of the program: its name, options and what it does. Commands stand in a plain list
// (commands/all.cpp). Those that work on a company's data are written once and run inside the
// server when one has that data open, otherwise in the process that was started for them.
#pragma once

#include "core/json.h"
#include "platform/pipeline/platform.h"

#include <functional>
#include <string>
#include <vector>

namespace cashline::server {

struct CommandOption {
    std::string name {}; // "name" for --name NAME; for a positional argument as it is shown
    std::string help {};
    bool is_required {};
    bool is_flag {}; // without a value
    bool is_positional {};
    bool may_repeat {};
    bool is_path {}; // made absolute: the server that carries it out may stand in another folder
    std::string preset {};
};

// Values by the name of their option.
class Arguments {
public:
    explicit Arguments(json::Value values = json::Value { json::Object {} })
        : m_values(std::move(values))
    {
    }

    std::string text(std::string_view name) const;
    bool has(std::string_view name) const { return m_values.find(name) != nullptr; }
    bool flag(std::string_view name) const { return m_values.flag(name); }
    std::vector<std::string> all(std::string_view name) const;
    json::Value const& values() const { return m_values; }

private:
    json::Value m_values;
};

// What a command that works on a company has in hand.
struct CompanyContext {
    Platform& platform;
    std::string data_path {}; // absolute
    // A line for whoever waits; only shown on a terminal.
    std::function<void(std::string_view)> progress {};
};

struct CommandOutput {
    std::string text {};
    int exit_code {};
};

struct Command {
    std::string name {}; // words with blanks between: "app-user add"
    std::string summary {};
    std::vector<CommandOption> options {};
    // One of the two. on_company gets --data added to its options.
    std::function<Result<CommandOutput>(CompanyContext&, Arguments const&)> on_company {};
    std::function<int(Arguments const&)> run {};
};

std::vector<Command> all_commands();

}
