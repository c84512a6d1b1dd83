#include "platform/web_api/odata/platform_messages.h"

#include "platform/organization/organization_table.h"

namespace cashline::odata {

namespace {

// What clients compare with when they decide which features to use.
constexpr std::string_view api_version = "9.2.0.0";

struct WhoAmI {
    static constexpr char const* name = "WhoAmI";
    struct Reply {
        Id business_unit_id {};
        Id user_id {};
        Id organization_id {};
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("BusinessUnitId", &Reply::business_unit_id);
            visit("UserId", &Reply::user_id);
            visit("OrganizationId", &Reply::organization_id);
        }
    };
    template<class Visitor>
    static void describe(Visitor&&)
    {
    }
};

Result<WhoAmI::Reply> who_am_i(Reader& reader, WhoAmI const&)
{
    auto const& caller = reader.caller();
    return WhoAmI::Reply { .business_unit_id = caller.rights->unit,
        .user_id = caller.user,
        .organization_id = organization_id() };
}

struct RetrieveVersion {
    static constexpr char const* name = "RetrieveVersion";
    struct Reply {
        std::string version {};
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("Version", &Reply::version);
        }
    };
    template<class Visitor>
    static void describe(Visitor&&)
    {
    }
};

Result<RetrieveVersion::Reply> retrieve_version(Reader&, RetrieveVersion const&)
{
    return RetrieveVersion::Reply { .version = std::string(api_version) };
}

struct RetrieveCurrentOrganization {
    static constexpr char const* name = "RetrieveCurrentOrganization";
    struct Reply {
        json::Value detail {};
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("Detail", &Reply::detail);
        }
    };
    std::optional<std::string> access_type {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("AccessType", &RetrieveCurrentOrganization::access_type);
    }
};

Result<RetrieveCurrentOrganization::Reply> retrieve_current_organization(
    Reader& reader, RetrieveCurrentOrganization const&)
{
    auto everything = reader.elevated_reader();
    auto const row = TRY(everything.retrieve(organization::table, organization_id()));
    auto const name = row.text_or(organization::name);
    auto const address = row.text_or(organization::public_url);
    json::Value endpoints { json::Object { { "Count", address.empty() ? 0 : 1 },
        { "IsReadOnly", false }, { "Keys", json::Array {} }, { "Values", json::Array {} } } };
    if (!address.empty()) {
        endpoints.set("Keys", json::Array { "WebApplication" });
        endpoints.set("Values", json::Array { address });
    }
    return RetrieveCurrentOrganization::Reply {
        .detail = json::Object { { "OrganizationId", organization_id().to_string() },
            { "FriendlyName", name }, { "OrganizationVersion", api_version },
            { "EnvironmentId", organization_id().to_string() }, { "UrlName", "cashline" },
            { "UniqueName", "cashline" }, { "State", "Enabled" },
            { "Endpoints", std::move(endpoints) } }
    };
}

struct RetrieveTotalRecordCount {
    static constexpr char const* name = "RetrieveTotalRecordCount";
    struct Reply {
        json::Value counts {};
        template<class Visitor>
        static void describe(Visitor&& visit)
        {
            visit("EntityRecordCountCollection", &Reply::counts);
        }
    };
    std::vector<std::string> entity_names {};
    template<class Visitor>
    static void describe(Visitor&& visit)
    {
        visit("EntityNames", &RetrieveTotalRecordCount::entity_names);
    }
};

// Whole tables, whoever asks; only who may read a table learns how long it is.
Result<RetrieveTotalRecordCount::Reply> retrieve_total_record_count(
    Reader& reader, RetrieveTotalRecordCount const& request)
{
    json::Array keys;
    json::Array values;
    auto everything = reader.elevated_reader();
    for (auto const& table_name : request.entity_names) {
        auto const* table = reader.schema().find(table_name);
        if (!table || table->is_hidden) {
            return invalid("QueryBuilderNoEntity",
                "The entity with a name = '" + table_name + "' was not found.");
        }
        auto probe = Query::from(table->id);
        probe.columns = { table->id_column };
        TRY(reader.first(std::move(probe)));
        keys.push_back(table_name);
        values.push_back(TRY(everything.count(Query::from(table->id))));
    }
    auto const count = static_cast<std::int64_t>(keys.size());
    return RetrieveTotalRecordCount::Reply {
        .counts = json::Object { { "Count", count }, { "IsReadOnly", false },
            { "Keys", std::move(keys) }, { "Values", std::move(values) } }
    };
}

}

void register_platform_messages(Registry& registry)
{
    registry.function<WhoAmI>(who_am_i);
    registry.function<RetrieveVersion>(retrieve_version);
    registry.function<RetrieveCurrentOrganization>(retrieve_current_organization);
    registry.function<RetrieveTotalRecordCount>(retrieve_total_record_count);
}

}
