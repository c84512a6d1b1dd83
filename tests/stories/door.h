// The one way in which the stories touch Cashline: rows, messages, pages of the shop, mails. Each
// call is made as a person. There are two doors with the same meaning: one into the pipeline and
// the queries of this process, one through sockets into the running server with sign-in.
#pragma once

#include "core/id.h"
#include "core/json.h"
#include "core/money.h"
#include "platform/pipeline/platform.h"
#include "platform/web_api/http/message.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cashline::story {

// A row as the Web API names it.
struct Record {
    std::string set {};
    Id id {};

    std::string address() const { return set + "(" + id.to_string() + ")"; }
    std::string bind() const { return "/" + address(); }
    bool operator==(Record const&) const = default;
};

struct Answer {
    std::string code {}; // of a refusal, as on the wire; empty when it went well
    std::string text {}; // what a refusal says
    json::Value body {}; // a row, a document, or rows in "value"
    std::vector<Lookup> rows {}; // what a write made or a message answered with

    bool went_well() const { return code.empty(); }
    Id id() const { return rows.empty() ? Id {} : rows.front().id; }
    json::Array const& list() const { return body.array("value"); }
};

// A person at a browser, without an account of ours: the shop knows her by her cookies.
struct Browser {
    std::map<std::string, std::string> cookies {};
};

struct Page {
    int status {};
    std::string location {};
    std::string type {};
    std::string body {};

    bool shows(std::string_view text) const { return body.contains(text); }
};

using Typed = std::vector<std::pair<std::string, std::string>>;

// A person's page that stays open while others work.
class OpenPage {
public:
    virtual ~OpenPage() = default;
    // Whether it is told, without asking, that this row came or changed.
    virtual bool hears_of(Id row) = 0;
};

class Door {
public:
    explicit Door(Platform& platform) : m_platform(platform) { }
    virtual ~Door() = default;

    virtual Answer create(std::string_view who, std::string const& set, json::Value const& row) = 0;
    virtual Answer update(
        std::string_view who, Record const& record, json::Value const& changes) = 0;
    // "leads(…)?$select=…" or "leads?$filter=…", as typed into an address line.
    virtual Answer get(std::string_view who, std::string const& address) = 0;
    // A function or an action by its name, bound to a record where it has one.
    virtual Answer call(std::string_view who, std::string const& name,
        json::Value const& parameters, Record const& bound = {}) = 0;
    // A whole RFC 5322 message, handed in by the mail server's application user.
    virtual Answer hand_in_mail(std::string const& message) = 0;
    // A file behind an address that the server gave out.
    virtual std::string download(std::string_view who, std::string const& address) = 0;
    // A document of a row as the browser shows it, and a page that stays open. Nothing where there
    // are no pages: in process nobody is signed in.
    virtual std::optional<std::string> paper(std::string_view who, std::string const& address);
    virtual std::unique_ptr<OpenPage> keep_open(std::string_view who, std::string const& tables);
    // Jobs and followers have done what is due.
    virtual void settle() = 0;
    // Until the server has written something more, or a moment has passed. In process nothing
    // happens by itself.
    virtual void wait_for_news() { }

    Page open(Browser& browser, std::string const& target);
    Page post(Browser& browser, std::string const& target, Typed const& fields);
    // Opens the page, takes over what its form hides, and sends it.
    Page submit(Browser& browser, std::string const& page, std::string const& target, Typed fields);

    Platform& platform() { return m_platform; }

protected:
    virtual http::Response exchange(http::Request request) = 0;
    Answer answer_of(http::Response const& response);
    std::int64_t jobs_due();
    // A job that is to be tried again failed once: in a story nothing does.
    void expect_no_failed_job();

private:
    Page send(Browser& browser, http::Request request);

    Platform& m_platform;
};

// What a page hides in its form under this name; empty when nothing.
std::string hidden_value(std::string const& html, std::string const& name);
// A text literal inside an address: 'O''Malley %26 Sons'.
std::string literal_of(std::string_view value);
// For text inside XML and WebVTT.
std::string escaped(std::string_view value);
// The address with what an address must not hold written in percents.
std::string encoded_address(std::string const& address);

}
