// The typed half of Registry: from described structs to MessageInfo. Included by registry.h only.
#pragma once

#include "platform/pipeline/message_codec.h"

namespace cashline {

template<class Request>
MessageRegistration<Request>& MessageRegistration<Request>::bound_to(
    TableId table, Lookup Request::* member)
{
    m_info.bound_table = table;
    auto parse_body = m_info.parse;
    m_info.parse = [parse_body, member](Schema const& schema, json::Value const& body,
                       std::optional<Lookup> bound) -> Result<Boxed> {
        if (!bound) {
            return invalid("InvalidArgument", "This operation is bound to a row: call it on one.");
        }
        auto request = TRY(parse_body(schema, body, bound));
        request.as<Request>().*member = *bound;
        return request;
    };
    return *this;
}

template<class Request>
MessageRegistration<Request>& MessageRegistration<Request>::bound_to_collection(TableId table)
{
    m_info.bound_table = table;
    m_info.bound_to_collection = true;
    return *this;
}

template<class Request>
MessageRegistration<Request>& MessageRegistration<Request>::requires_privilege(
    std::string_view named)
{
    m_info.required_privilege = std::string(named);
    return *this;
}

template<class Request>
MessageRegistration<Request>& MessageRegistration<Request>::lanes(
    std::function<std::vector<Lane>(Request const&)> lanes_of)
{
    m_info.lanes = [lanes_of = std::move(lanes_of)](
                       Boxed const& request) { return lanes_of(request.as<Request>()); };
    return *this;
}

template<class Request>
void describe_message(MessageInfo& info)
{
    using Reply = typename Request::Reply;
    info.parameters = message_codec::parameters_of<Request>();
    info.reply = message_codec::shape_of<Reply>();
    if constexpr (message_codec::shape_of<Reply>() == ReplyShape::complex) {
        info.reply_members = message_codec::parameters_of<Reply>();
    }
    info.parse = [](Schema const& schema, json::Value const& body,
                     std::optional<Lookup>) -> Result<Boxed> {
        return Boxed::of(TRY(message_codec::parse<Request>(schema, body)));
    };
    info.describe_reply = [](Boxed const& reply) {
        return message_codec::to_reply(reply.as<Reply>());
    };
}

template<class Request>
MessageRegistration<Request> Registry::message(
    std::function<Result<typename Request::Reply>(Unit&, Request const&)> handler)
{
    auto& info = add_message(Request::name);
    describe_message<Request>(info);
    info.run = [handler = std::move(handler)](Unit& unit, Boxed const& request) -> Result<Boxed> {
        return Boxed::of(TRY(handler(unit, request.as<Request>())));
    };
    return MessageRegistration<Request>(info);
}

template<class Request>
MessageRegistration<Request> Registry::function(
    std::function<Result<typename Request::Reply>(Reader&, Request const&)> handler)
{
    auto& info = add_message(Request::name);
    describe_message<Request>(info);
    info.is_function = true;
    info.answer = [handler = std::move(handler)](
                      Reader& reader, Boxed const& request) -> Result<Boxed> {
        return Boxed::of(TRY(handler(reader, request.as<Request>())));
    };
    return MessageRegistration<Request>(info);
}

template<class Request>
void Registry::before_message(std::function<Result<void>(Unit&, Request const&)> rule)
{
    add_message(Request::name)
        .before.push_back([rule = std::move(rule)](Unit& unit, Boxed const& request) {
            return rule(unit, request.as<Request>());
        });
}

template<class Request>
void Registry::after_message(
    std::function<Result<void>(Unit&, Request const&, typename Request::Reply const&)> rule)
{
    add_message(Request::name)
        .after.push_back(
            [rule = std::move(rule)](Unit& unit, Boxed const& request, Boxed const& reply) {
                return rule(unit, request.as<Request>(), reply.as<typename Request::Reply>());
            });
}

template<class Port>
void Registry::provide(std::unique_ptr<Port> port)
{
    m_ports[std::type_index(typeid(Port))] = std::shared_ptr<Port>(std::move(port));
}

template<class Port>
Port* Registry::find_port() const
{
    auto const found = m_ports.find(std::type_index(typeid(Port)));
    return found == m_ports.end() ? nullptr : static_cast<Port*>(found->second.get());
}

}
