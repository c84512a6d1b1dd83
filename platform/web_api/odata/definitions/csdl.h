// The schema and the messages as an OData model (CSDL), and its two ways of writing. One model, so
// that XML and JSON say the same.
#pragma once

#include "platform/metadata/schema.h"
#include "platform/pipeline/registry.h"

namespace cashline::odata {

struct CsdlProperty {
    std::string name {};
    std::string type {}; // "Edm.Guid", "mscrm.account"
    bool is_collection {};
    bool is_nullable { true };
    bool has_variable_scale {};
};

struct CsdlNavigation {
    std::string name {};
    std::string type {};
    bool is_collection {};
    std::string partner {};
    std::string property {}; // the lookup's value on this side; empty for collections
    std::string referenced {}; // the key of the other side
    std::string target_set {};
};

struct CsdlEntity {
    std::string name {};
    std::string base { "crmbaseentity" };
    std::string set {};
    std::string key {}; // empty when the base type has it
    std::vector<std::vector<std::string>> alternate_keys {};
    std::vector<CsdlProperty> properties {};
    std::vector<CsdlNavigation> navigations {};
};

struct CsdlOperation {
    std::string name {};
    bool is_function {};
    bool is_bound {};
    std::vector<CsdlProperty> parameters {}; // the bound one first
    std::optional<CsdlProperty> result {};
};

struct CsdlComplex {
    std::string name {};
    std::vector<CsdlProperty> properties {};
};

struct CsdlModel {
    std::vector<CsdlEntity> entities {};
    std::vector<CsdlComplex> complexes {};
    std::vector<CsdlOperation> operations {};
};

CsdlModel csdl_model(Schema const&, Registry const&);
std::string csdl_xml(CsdlModel const&);
std::string csdl_json(CsdlModel const&);

}
