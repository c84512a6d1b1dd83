// What clients ask about the schema: $metadata, EntityDefinitions, RelationshipDefinitions.
#include "platform/pages/xml.h"
#include "tests/wire/wire_testing.h"

#include <algorithm>
#include <set>

namespace cashline {

namespace {

class Definitions : public WireTest {
protected:
    static std::string label(json::Value const& document)
    {
        auto const* name = document.find("DisplayName");
        auto const* user = name ? name->find("UserLocalizedLabel") : nullptr;
        return std::string(user ? user->text("Label") : "");
    }
    static std::set<std::string> names(json::Value const& list, char const* property)
    {
        std::set<std::string> found;
        for (auto const& each : list.array("value")) {
            found.insert(std::string(each.text(property)));
        }
        return found;
    }
    static json::Value const* named(json::Value const& list, char const* property, char const* name)
    {
        for (auto const& each : list.array("value")) {
            if (each.text(property) == name) {
                return &each;
            }
        }
        return nullptr;
    }
};
INSTANTIATE_TEST_SUITE_P(Databases, Definitions, both_databases(), database_name);

std::string const account_definition = "EntityDefinitions(LogicalName='account')";

TEST_P(Definitions, metadata_is_a_model_whose_references_all_lead_somewhere)
{
    auto const answer = get("$metadata", { { "Accept", "application/xml" } });
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(answer.headers.value("Content-Type"), "application/xml");
    EXPECT_EQ(answer.headers.value("OData-Version"), "4.0");
    auto const document = xml::read(answer.content());
    ASSERT_TRUE(document.has_value()) << document.error().text;
    auto const* schema = document->find("DataServices/Schema");
    ASSERT_NE(schema, nullptr);
    EXPECT_EQ(schema->attribute("Namespace"), "Microsoft.Dynamics.CRM");

    std::set<std::string> types;
    for (auto const* type : schema->all("EntityType")) {
        EXPECT_TRUE(types.insert("mscrm." + std::string(type->attribute("Name"))).second);
    }
    EXPECT_TRUE(types.contains("mscrm.account") && types.contains("mscrm.crmbaseentity"));
    std::set<std::string> sets;
    for (auto const* set : schema->find("EntityContainer")->all("EntitySet")) {
        sets.insert(std::string(set->attribute("Name")));
    }
    EXPECT_TRUE(sets.contains("accounts") && sets.contains("opportunities"));
    for (auto const* type : schema->all("EntityType")) {
        std::set<std::string> members;
        for (auto const* property : type->all("Property")) {
            EXPECT_TRUE(members.insert(std::string(property->attribute("Name"))).second);
            EXPECT_TRUE(property->attribute("Type").starts_with("Edm."));
        }
        for (auto const* navigation : type->all("NavigationProperty")) {
            auto target = std::string(navigation->attribute("Type"));
            if (target.starts_with("Collection(")) {
                target = target.substr(11, target.size() - 12);
            }
            EXPECT_TRUE(types.contains(target)) << target;
        }
    }
    for (auto const* set : schema->find("EntityContainer")->all("EntitySet")) {
        for (auto const* binding : set->all("NavigationPropertyBinding")) {
            EXPECT_TRUE(sets.contains(std::string(binding->attribute("Target"))));
        }
    }
}

TEST_P(Definitions, metadata_knows_keys_lookups_and_messages)
{
    auto const text = std::string(get("$metadata").content());
    for (auto const* part : { "<PropertyRef Name=\"accountid\"/>",
             "<Property Name=\"_primarycontactid_value\" Type=\"Edm.Guid\"",
             "<ReferentialConstraint Property=\"_primarycontactid_value\" "
             "ReferencedProperty=\"contactid\"/>",
             "<EntityType Name=\"task\" BaseType=\"mscrm.activitypointer\">",
             "<Action Name=\"QualifyLead\" IsBound=\"true\">"
             "<Parameter Name=\"entity\" Type=\"mscrm.lead\" Nullable=\"false\"/>",
             "<Function Name=\"WhoAmI\"", "<FunctionImport Name=\"WhoAmI\"",
             "<ActionImport Name=\"WinOpportunity\"", "<ComplexType Name=\"WhoAmIResponse\"" }) {
        EXPECT_TRUE(text.contains(part)) << part;
    }
    // Tables that are not on the wire do not show.
    EXPECT_FALSE(text.contains("password"));
}

TEST_P(Definitions, metadata_comes_as_json_when_asked)
{
    auto const answer = get("$metadata", { { "Accept", "application/json" } });
    EXPECT_TRUE(answer.headers.value("Content-Type").starts_with("application/json"));
    auto const model = json_of(answer);
    auto const* schema = model.find("Microsoft.Dynamics.CRM");
    ASSERT_NE(schema, nullptr);
    auto const* account = schema->find("account");
    ASSERT_NE(account, nullptr);
    EXPECT_EQ(account->array("$Key")[0], json::Value("accountid"));
    EXPECT_EQ(account->find("name")->text("$Type"), "Edm.String");
    EXPECT_EQ(json_of(get("$metadata?$format=json")), model);
}

TEST_P(Definitions, lists_the_tables_that_the_service_document_names)
{
    auto const service = json_of(get(""));
    auto sets = names(service, "name");
    EXPECT_TRUE(sets.erase("EntityDefinitions") == 1 && sets.erase("RelationshipDefinitions") == 1);
    auto const answer = json_of(get("EntityDefinitions?$select=EntitySetName,LogicalName"));
    EXPECT_EQ(names(answer, "EntitySetName"), sets);
    EXPECT_EQ(answer.text("@odata.context"),
        std::string(base) + "/$metadata#EntityDefinitions(EntitySetName,LogicalName)");
    auto const& first = answer.array("value")[0];
    EXPECT_EQ(first.as_object()->size(), 3U); // The key comes along.
}

TEST_P(Definitions, tells_a_table_by_name_and_by_id)
{
    auto const account = json_of(get(account_definition));
    EXPECT_EQ(
        account.text("@odata.context"), std::string(base) + "/$metadata#EntityDefinitions/$entity");
    EXPECT_EQ(account.text("EntitySetName"), "accounts");
    EXPECT_EQ(account.text("PrimaryIdAttribute"), "accountid");
    EXPECT_EQ(account.text("PrimaryNameAttribute"), "name");
    EXPECT_EQ(account.integer("ObjectTypeCode"), 1);
    EXPECT_EQ(account.text("OwnershipType"), "UserOwned");
    EXPECT_EQ(label(account), "Account");
    EXPECT_EQ(account.array("Privileges").size(), 8U);
    auto const id = std::string(account.text("MetadataId"));
    EXPECT_EQ(json_of(get("EntityDefinitions(" + id + ")")), account);
    EXPECT_EQ(get("EntityDefinitions(LogicalName='nonsense')").status, 404);
}

TEST_P(Definitions, filters_by_equality_and_logic_and_refuses_the_rest)
{
    auto const filtered = [&](char const* filter) {
        return names(
            json_of(get("EntityDefinitions?$select=LogicalName&$filter=" + std::string(filter))),
            "LogicalName");
    };
    EXPECT_EQ(filtered("LogicalName%20eq%20'lead'"), std::set<std::string> { "lead" });
    auto const both = filtered("LogicalName%20eq%20'lead'%20or%20(LogicalName%20eq%20'account'"
                               "%20and%20IsActivity%20eq%20false)");
    EXPECT_EQ(both, (std::set<std::string> { "account", "lead" }));
    auto const owned =
        filtered("OwnershipType%20eq%20Microsoft.Dynamics.CRM.OwnershipTypes'UserOwned'");
    EXPECT_TRUE(owned.contains("account") && !owned.contains("pricelevel"));
    EXPECT_TRUE(filtered("IsActivity%20eq%20true").contains("appointment"));
    EXPECT_TRUE(filtered("IsAuditEnabled/Value%20eq%20true").contains("account"));
    EXPECT_FALSE(filtered("not%20(LogicalName%20eq%20'lead')").contains("lead"));

    EXPECT_EQ(code_of(get("EntityDefinitions?$filter=startswith(LogicalName,'a')")).substr(4),
        "0x8006088a");
    EXPECT_EQ(code_of(get("EntityDefinitions?$top=1")), "400 0x80060888");
    EXPECT_EQ(code_of(get("EntityDefinitions?$orderby=LogicalName")), "400 0x80060888");
    EXPECT_EQ(get("EntityDefinitions?$select=Nonsense").status, 400);
    EXPECT_EQ(get("EntityDefinitions?$filter=Nonsense%20eq%20'a'").status, 400);
    EXPECT_EQ(get("EntityDefinitions?$expand=Nonsense").status, 400);
}

TEST_P(Definitions, describes_columns_by_their_type)
{
    auto const columns = json_of(get(account_definition + "/Attributes"));
    EXPECT_EQ(columns.text("@odata.context"),
        std::string(base) + "/$metadata#EntityDefinitions('account')/Attributes");
    auto const* name = named(columns, "LogicalName", "name");
    ASSERT_NE(name, nullptr);
    EXPECT_EQ(name->text("@odata.type"), "#Microsoft.Dynamics.CRM.StringAttributeMetadata");
    EXPECT_EQ(name->text("AttributeType"), "String");
    EXPECT_EQ(name->integer("MaxLength"), 160);
    EXPECT_EQ(name->find("RequiredLevel")->text("Value"), "ApplicationRequired");
    auto const* contact = named(columns, "LogicalName", "primarycontactid");
    ASSERT_NE(contact, nullptr);
    EXPECT_EQ(contact->text("AttributeType"), "Lookup");
    EXPECT_EQ(contact->array("Targets")[0], json::Value("contact"));
    auto const* created = named(columns, "LogicalName", "createdon");
    ASSERT_NE(created, nullptr);
    EXPECT_FALSE(created->flag("IsValidForUpdate", true));

    auto const one = json_of(get(account_definition + "/Attributes(LogicalName='name')"));
    EXPECT_EQ(one.text("MetadataId"), name->text("MetadataId"));
    EXPECT_EQ(json_of(get(account_definition + "/Attributes(" + std::string(one.text("MetadataId"))
                          + ")"))
                  .text("LogicalName"),
        "name");
    EXPECT_EQ(get(account_definition + "/Attributes(LogicalName='nonsense')").status, 404);
}

TEST_P(Definitions, shows_the_options_of_choices_by_cast)
{
    auto const picklists = json_of(get(account_definition
        + "/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName"
          "&$expand=OptionSet,GlobalOptionSet"));
    auto const* industry = named(picklists, "LogicalName", "industrycode");
    ASSERT_NE(industry, nullptr);
    auto const* set = industry->find("OptionSet");
    ASSERT_NE(set, nullptr);
    EXPECT_EQ(set->text("OptionSetType"), "Picklist");
    EXPECT_GT(set->array("Options").size(), 5U);
    EXPECT_TRUE(industry->find("GlobalOptionSet")->is_null());
    EXPECT_EQ(named(picklists, "LogicalName", "name"), nullptr);

    auto const states = json_of(get("EntityDefinitions(LogicalName='lead')/Attributes(LogicalName="
                                    "'statecode')/Microsoft.Dynamics.CRM.StateAttributeMetadata"
                                    "?$select=LogicalName&$expand=OptionSet"));
    auto const& options = states.find("OptionSet")->array("Options");
    ASSERT_EQ(options.size(), 3U);
    EXPECT_EQ(options[1].integer("Value"), 1);
    EXPECT_TRUE(options[1].find("DefaultStatus"));
    // A column of another type is not of that cast.
    EXPECT_EQ(get(account_definition
                  + "/Attributes(LogicalName='name')/Microsoft.Dynamics.CRM."
                    "PicklistAttributeMetadata")
                  .status,
        404);
}

TEST_P(Definitions, shows_keys_and_relationships_of_a_table)
{
    auto const currency = json_of(get("EntityDefinitions(LogicalName='account')?$select="
                                      "LogicalName&$expand=Attributes($select=LogicalName;$filter="
                                      "AttributeType%20eq%20'Money'),ManyToOneRelationships,Keys"));
    EXPECT_FALSE(currency.array("Attributes").empty());
    EXPECT_FALSE(currency.array("ManyToOneRelationships").empty());
    auto const parents = json_of(get(account_definition + "/ManyToOneRelationships"));
    auto const* contact = named(parents, "ReferencingAttribute", "primarycontactid");
    ASSERT_NE(contact, nullptr);
    EXPECT_EQ(contact->text("ReferencedEntity"), "contact");
    EXPECT_EQ(contact->text("ReferencedAttribute"), "contactid");
    EXPECT_EQ(contact->text("ReferencingEntityNavigationPropertyName"), "primarycontactid");
    auto const children = json_of(get(account_definition + "/OneToManyRelationships"));
    EXPECT_TRUE(names(children, "ReferencingEntity").contains("opportunity"));
    auto const many =
        json_of(get("EntityDefinitions(LogicalName='opportunity')/ManyToManyRelationships"));
    EXPECT_TRUE(names(many, "SchemaName").contains("opportunitycompetitors_association"));
}

TEST_P(Definitions, tells_a_relationship_by_name)
{
    auto const all = json_of(get("RelationshipDefinitions?$select=SchemaName"));
    EXPECT_GT(all.array("value").size(), 100U);
    auto const one = json_of(get("RelationshipDefinitions(SchemaName='opportunity_quotes')"));
    EXPECT_EQ(one.text("@odata.type"), "#Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata");
    EXPECT_EQ(one.text("ReferencedEntity"), "opportunity");
    EXPECT_EQ(one.text("ReferencingEntity"), "quote");
    EXPECT_EQ(one.find("CascadeConfiguration")->text("Delete"), "Cascade");
    auto const many = json_of(
        get("RelationshipDefinitions/Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata"));
    EXPECT_TRUE(names(many, "IntersectEntityName").contains("opportunitycompetitors"));
    EXPECT_EQ(get("RelationshipDefinitions(SchemaName='nonsense')").status, 404);
}

TEST_P(Definitions, are_read_only)
{
    auto const posted =
        ask({ .method = "POST", .path = "EntityDefinitions", .body = R"({"SchemaName":"new_x"})" });
    EXPECT_EQ(posted.status, 405);
    EXPECT_EQ(ask({ .method = "DELETE", .path = account_definition }).status, 405);
}

}

}
