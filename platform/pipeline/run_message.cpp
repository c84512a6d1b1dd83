#include "core/check.h"
#include "platform/pipeline/unit_state.h"

namespace cashline {

namespace {

Result<void> authorise(Caller const& caller, MessageInfo const& info)
{
    if (info.required_privilege.empty() || caller.is_system()
        || (caller.rights && caller.rights->may(info.required_privilege))) {
        return {};
    }
    return denied("PrivilegeDenied",
        "User '" + caller.user_name + "' is missing the privilege " + info.required_privilege
            + ", which " + info.name + " asks for.");
}

}

Result<Boxed> run_message(Unit& unit, std::string_view name, Boxed request)
{
    auto& state = state_of(unit);
    auto const* info = state.context.registry->find_message(name);
    CHECK(info != nullptr);
    TRY(authorise(unit.caller(), *info));
    if (info->is_function) {
        return info->answer(unit, request);
    }
    Nested const nested(state, name);
    TRY(refuse_endless_rules(state));
    for (auto const& rule : info->before) {
        TRY(rule(unit, request));
    }
    auto reply = TRY(info->run(unit, request));
    for (auto const& rule : info->after) {
        TRY(rule(unit, request, reply));
    }
    return reply;
}

Result<Boxed> answer_function(Reader& reader, MessageInfo const& info, Boxed const& request)
{
    TRY(authorise(reader.caller(), info));
    return info.answer(reader, request);
}

void* find_port(ReadContext const& context, std::type_index port)
{
    return context.registry ? context.registry->find_port(port) : nullptr;
}

void port_is_missing(char const* name) { check_failed(name, std::source_location::current()); }

}
