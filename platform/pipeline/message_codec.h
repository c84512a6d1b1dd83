// Between JSON and described structs: reads parameters with their types, refuses unknown and
// missing ones
// ("InvalidArgument", naming the parameter), writes replies. See message.h for the member types.
#pragma once

#include "platform/pipeline/message.h"

namespace cashline::message_codec {

// One overload per member type; `name` is for the refusal's text.
Result<void> read(Schema const&, std::string_view name, json::Value const&, bool&);
Result<void> read(Schema const&, std::string_view name, json::Value const&, std::int32_t&);
Result<void> read(Schema const&, std::string_view name, json::Value const&, std::int64_t&);
Result<void> read(Schema const&, std::string_view name, json::Value const&, std::string&);
Result<void> read(Schema const&, std::string_view name, json::Value const&, Decimal&);
Result<void> read(Schema const&, std::string_view name, json::Value const&, Amount&);
Result<void> read(Schema const&, std::string_view name, json::Value const&, Id&);
Result<void> read(Schema const&, std::string_view name, json::Value const&, Date&);
Result<void> read(Schema const&, std::string_view name, json::Value const&, Timestamp&);
Result<void> read(Schema const&, std::string_view name, json::Value const&, Lookup&);
Result<void> read(Schema const&, std::string_view name, json::Value const&, Row&);
Result<void> read(Schema const&, std::string_view name, json::Value const&, json::Value&);

json::Value write(bool);
json::Value write(std::int32_t);
json::Value write(std::int64_t);
json::Value write(std::string const&);
json::Value write(Decimal const&);
json::Value write(Amount const&);
json::Value write(Id const&);
json::Value write(Date const&);
json::Value write(Timestamp const&);
json::Value write(Lookup const&);
json::Value write(json::Value const&);

template<class T>
inline constexpr bool is_optional = false;
template<class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template<class T>
inline constexpr bool is_list = false;
template<class T>
inline constexpr bool is_list<std::vector<T>> = true;

template<class T>
constexpr ParameterType type_of()
{
    if constexpr (is_optional<T> || is_list<T>) {
        return type_of<typename T::value_type>();
    } else if constexpr (std::is_same_v<T, bool>) {
        return ParameterType::boolean;
    } else if constexpr (std::is_same_v<T, std::int32_t>) {
        return ParameterType::int32;
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        return ParameterType::int64;
    } else if constexpr (std::is_same_v<T, std::string>) {
        return ParameterType::text;
    } else if constexpr (std::is_same_v<T, Decimal>) {
        return ParameterType::decimal;
    } else if constexpr (std::is_same_v<T, Amount>) {
        return ParameterType::money;
    } else if constexpr (std::is_same_v<T, Id>) {
        return ParameterType::id;
    } else if constexpr (std::is_same_v<T, Date>) {
        return ParameterType::date;
    } else if constexpr (std::is_same_v<T, Timestamp>) {
        return ParameterType::timestamp;
    } else if constexpr (std::is_same_v<T, Lookup>) {
        return ParameterType::reference;
    } else if constexpr (std::is_same_v<T, Row>) {
        return ParameterType::row;
    } else {
        static_assert(std::is_same_v<T, json::Value>, "not a message member type");
        return ParameterType::open;
    }
}

template<class T>
constexpr bool is_collection_member()
{
    if constexpr (is_optional<T>) {
        return is_collection_member<typename T::value_type>();
    } else {
        return is_list<T>;
    }
}

template<class Struct>
std::vector<ParameterInfo> parameters_of()
{
    std::vector<ParameterInfo> list;
    Struct::describe([&]<class T>(char const* name, T Struct::*) {
        list.push_back({ .name = name,
            .type = type_of<T>(),
            .required = !is_optional<T>,
            .is_collection = is_collection_member<T>() });
    });
    return list;
}

template<class T>
Result<void> read_member(
    Schema const& schema, std::string_view name, json::Value const& value, T& member)
{
    if constexpr (is_optional<T>) {
        if (value.is_null()) {
            member.reset();
            return {};
        }
        typename T::value_type inner {};
        TRY(read_member(schema, name, value, inner));
        member = std::move(inner);
        return {};
    } else if constexpr (is_list<T>) {
        auto const* items = value.as_array();
        if (!items) {
            return invalid(
                "InvalidArgument", "Parameter '" + std::string(name) + "' takes a list.");
        }
        for (auto const& item : *items) {
            TRY(read_member(schema, name, item, member.emplace_back()));
        }
        return {};
    } else {
        return read(schema, name, value, member);
    }
}

// Refuses members of the body that the message does not know.
Result<void> refuse_unknown(json::Value const& body, std::vector<ParameterInfo> const& known);

template<class Request>
Result<Request> parse(Schema const& schema, json::Value const& body)
{
    Request request {};
    TRY(refuse_unknown(body, parameters_of<Request>()));
    Result<void> outcome {};
    Request::describe([&]<class T>(char const* name, T Request::* member) {
        if (!outcome) {
            return;
        }
        auto const* value = body.find(name);
        if (value && !(value->is_null() && !is_optional<T>)) {
            outcome = read_member(schema, name, *value, request.*member);
        } else if (!is_optional<T>) {
            outcome =
                invalid("InvalidArgument", "Parameter '" + std::string(name) + "' is missing.");
        }
    });
    TRY(outcome);
    return request;
}

template<class T>
json::Value write_member(T const& member)
{
    if constexpr (is_optional<T>) {
        return member ? write_member(*member) : json::Value {};
    } else if constexpr (is_list<T>) {
        json::Array items;
        for (auto const& item : member) {
            items.push_back(write_member(item));
        }
        return items;
    } else {
        return write(member);
    }
}

template<class Reply>
constexpr ReplyShape shape_of()
{
    if constexpr (std::is_same_v<Reply, NoReply>) {
        return ReplyShape::none;
    } else if constexpr (std::is_same_v<Reply, EntityReply>) {
        return ReplyShape::entity;
    } else if constexpr (std::is_same_v<Reply, EntitiesReply>) {
        return ReplyShape::entities;
    } else {
        return ReplyShape::complex;
    }
}

MessageReply make_reply(ReplyShape shape, json::Value complex, std::vector<Lookup> rows);

template<class Reply>
MessageReply to_reply(Reply const& reply)
{
    if constexpr (std::is_same_v<Reply, EntityReply>) {
        return make_reply(ReplyShape::entity, {}, { reply.row });
    } else if constexpr (std::is_same_v<Reply, EntitiesReply>) {
        return make_reply(ReplyShape::entities, {}, reply.rows);
    } else if constexpr (std::is_same_v<Reply, NoReply>) {
        return make_reply(ReplyShape::none, {}, {});
    } else {
        json::Value complex { json::Object {} };
        Reply::describe([&]<class T>(char const* name, T Reply::* member) {
            complex.set(name, write_member(reply.*member));
        });
        return make_reply(ReplyShape::complex, std::move(complex), {});
    }
}

}
