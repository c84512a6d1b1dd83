#include "platform/web_api/odata/operations_manner.h"

#include "core/text.h"
#include "platform/query/odata/options.h"
#include "platform/web_api/odata/error_writer.h"
#include "platform/web_api/odata/public_names.h"

namespace cashline::odata {

namespace {

constexpr std::string_view cross_company = "cross-company";

class OperationsCall {
public:
    OperationsCall(Schema const& schema, CompanyOf const& company, Call& call)
        : m_schema(schema)
        , m_company_of(company)
        , m_call(call)
    {
    }

    Result<void> translate()
    {
        auto const path = text::percent_decode(m_call.path);
        if (!path) {
            return invalid("InvalidQueryOption", "The path is not valid percent encoding.");
        }
        auto const set = path->substr(0, path->find_first_of("(/"));
        if (set.empty()) {
            return {};
        }
        m_table = m_schema.find_by_set(set);
        if (!m_table || m_table->is_hidden || !m_table->has_company) {
            return unknown_segment(set);
        }
        TRY(translate_path(*path, set.size()));
        TRY(translate_query());
        return translate_body_of_call();
    }

private:
    Result<std::string> company() const { return m_company_of(m_call.caller); }

    Result<void> translate_path(std::string const& path, std::size_t set_length)
    {
        auto rest = TRY(translate_expression(*m_table, std::string_view(path).substr(set_length)));
        m_has_key = rest.starts_with('(');
        if (m_has_key && rest.contains('=') && !rest.contains("dataareaid=")) {
            rest.insert(1, "dataareaid='" + TRY(company()) + "',");
        }
        std::string written = path.substr(0, set_length);
        for (auto const letter : rest) {
            written += letter == '%' ? "%25" : std::string(1, letter);
        }
        m_call.path = std::move(written);
        return {};
    }

    Result<void> translate_query()
    {
        auto options = TRY(split_query_string(m_call.query));
        auto spans_companies = m_has_key || m_call.request.method != "GET";
        for (auto& option : options) {
            if (option.name == cross_company) {
                spans_companies = spans_companies || option.value == "true";
            } else if (option.name == "$filter" || option.name == "$select"
                || option.name == "$orderby") {
                option.value = TRY(translate_expression(*m_table, option.value));
            }
        }
        if (!spans_companies) {
            keep_to(TRY(company()), options);
        }
        std::string query;
        for (auto const& option : options) {
            query += (query.empty() ? "" : "&") + text::percent_encode(option.name) + "="
                + text::percent_encode(option.value);
        }
        m_call.query = std::move(query);
        return {};
    }

    // The link to the next page carries the filter, so that page is asked for across companies.
    static void keep_to(std::string const& company, std::vector<RawOption>& options)
    {
        std::erase_if(
            options, [](RawOption const& option) { return option.name == cross_company; });
        auto const own = "dataareaid eq '" + company + "'";
        for (auto& option : options) {
            if (option.name == "$filter") {
                option.value = "(" + option.value + ") and " + own;
                options.push_back({ std::string(cross_company), "true" });
                return;
            }
        }
        options.push_back({ "$filter", own });
        options.push_back({ std::string(cross_company), "true" });
    }

    Result<void> translate_body_of_call()
    {
        auto const& method = m_call.request.method;
        if (m_call.request.body.empty() || (method != "POST" && method != "PATCH")) {
            return {};
        }
        auto const written = TRY(body_of(m_call));
        auto body = TRY(translate_body(*m_table, written));
        if (method == "POST" && !m_has_key && body.as_object() && !body.find("dataareaid")) {
            auto members = *body.as_object();
            members.emplace_back("dataareaid", TRY(company()));
            body = json::Value(std::move(members));
        }
        m_call.request.body = body.to_string();
        // Such clients expect the row they made, unasked.
        m_call.preferences.returns_representation =
            m_call.preferences.returns_representation || method == "POST";
        return {};
    }

    Schema const& m_schema;
    CompanyOf const& m_company_of;
    Call& m_call;
    Table const* m_table {};
    bool m_has_key {};
};

}

Result<void> translate_operations_call(Schema const& schema, CompanyOf const& company, Call& call)
{
    return OperationsCall(schema, company, call).translate();
}

}
