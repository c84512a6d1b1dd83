// Unit::call and Reader::port, out of line to keep unit.h readable. Included by unit.h only.
#pragma once

#include "platform/pipeline/boxed.h"

#include <typeindex>

namespace cashline {

// Runs a registered message with its rules before and after (run_message.cpp).
Result<Boxed> run_message(Unit& unit, std::string_view name, Boxed request);
struct MessageInfo;
// A function on a snapshot, after the privilege it asks for.
Result<Boxed> answer_function(Reader& reader, MessageInfo const& info, Boxed const& request);
void* find_port(ReadContext const& context, std::type_index port);
[[noreturn]] void port_is_missing(char const* name);

template<class Request>
Result<typename Request::Reply> Unit::call(Request const& request)
{
    Boxed reply = TRY(run_message(*this, Request::name, Boxed::of(request)));
    return std::move(reply.as<typename Request::Reply>());
}

template<class Port>
Port& Reader::port() const
{
    auto* found = find_port(context(), std::type_index(typeid(Port)));
    if (!found) {
        port_is_missing(typeid(Port).name());
    }
    return *static_cast<Port*>(found);
}

}
