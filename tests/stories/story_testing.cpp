// What all steps use: asking, doing, looking into mailboxes, and what must hold after every step.
#include "core/text.h"
#include "platform/web_api/odata/error_codes.h"
#include "server/demo/demo_company.h"
#include "tests/stories/story.h"

#include <chrono>
#include <set>

namespace cashline::story {

namespace {

using namespace std::chrono_literals;

std::string told(Answer const& answer) { return answer.code + ": " + answer.text; }

}

Amount amount_of(json::Value const& row, std::string_view name)
{
    auto const* value = row.find(name);
    auto const amount = !value          ? std::nullopt
        : value->as_number() != nullptr ? Amount::parse(value->as_number()->to_string())
        : value->as_string() != nullptr ? Amount::parse(*value->as_string())
                                        : std::nullopt;
    EXPECT_TRUE(amount.has_value()) << "No amount " << name << " in " << row.to_string();
    return amount.value_or(Amount {});
}

Id id_of(json::Value const& row, std::string_view name)
{
    auto const id = Id::parse(row.text(name));
    EXPECT_TRUE(id.has_value()) << "No id " << name << " in " << row.to_string();
    return id.value_or(Id {});
}

std::string guid(std::string_view table, std::string_view name)
{
    return demo::named(table, name).to_string();
}

json::Value Story::row(std::string_view who, Record const& record, std::string const& columns)
{
    auto const answer =
        m_door.get(who, record.address() + (columns.empty() ? "" : "?$select=" + columns));
    EXPECT_TRUE(answer.went_well()) << who << " reads " << record.address() << ": " << told(answer);
    return answer.body;
}

std::vector<json::Value> Story::rows(std::string_view who, std::string const& address)
{
    auto const answer = m_door.get(who, address);
    EXPECT_TRUE(answer.went_well()) << who << " lists " << address << ": " << told(answer);
    return answer.list();
}

json::Value Story::only(std::string_view who, std::string const& address)
{
    auto found = rows(who, address);
    EXPECT_EQ(found.size(), 1U) << who << ": " << address;
    return found.size() == 1 ? std::move(found.front()) : json::Value {};
}

std::int64_t Story::count(std::string_view who, std::string const& address)
{
    auto const separator = address.contains('?') ? "&" : "?";
    auto const answer = m_door.get(who, address + separator + "$count=true&$top=1");
    EXPECT_TRUE(answer.went_well()) << told(answer);
    return answer.body.integer("@odata.count", -1);
}

// What jobs do comes a little later; over HTTP they run on the server's own threads.
bool Story::eventually(std::function<bool()> const& is_so)
{
    auto const patience = std::chrono::steady_clock::now() + 10s;
    while (true) {
        m_door.settle();
        if (is_so()) {
            return true;
        }
        if (std::chrono::steady_clock::now() > patience) {
            return false;
        }
        m_door.wait_for_news();
    }
}

Record Story::made(std::string_view who, std::string const& set, json::Value const& row)
{
    auto const answer = m_door.create(who, set, row);
    EXPECT_TRUE(answer.went_well()) << who << " creates in " << set << ": " << told(answer);
    return { set, answer.id() };
}

void Story::changed(std::string_view who, Record const& record, json::Value const& changes)
{
    auto const answer = m_door.update(who, record, changes);
    EXPECT_TRUE(answer.went_well())
        << who << " changes " << record.address() << ": " << told(answer);
}

Answer Story::done(std::string_view who, std::string const& name, json::Value const& parameters,
    Record const& bound)
{
    auto answer = m_door.call(
        who, name, parameters.is_null() ? json::Value { json::Object {} } : parameters, bound);
    EXPECT_TRUE(answer.went_well()) << who << " calls " << name << ": " << told(answer);
    return answer;
}

void Story::expect_refused(Answer const& answer, std::string_view code)
{
    EXPECT_EQ(answer.code, odata::wire_code(code)) << answer.text;
}

std::string Story::Mail::attachment(std::string_view type) const
{
    for (auto const& file : entry.array("attachments")) {
        if (file.text("type").contains(type)) {
            return std::string(file.text("url"));
        }
    }
    return {};
}

// Without a mail server mails stay in the outbox, where the administrator opens them.
Story::Mail Story::mail_to(std::string_view address, std::string_view words)
{
    Mail found;
    auto const search = [&] {
        auto const outbox = done("ada", "cl_RetrieveOutbox", json::Object { { "Top", 200 } }).body;
        for (auto const& mail : outbox.array("mails")) {
            auto const is_it = mail.text("to").contains(address) && mail.text("status") == "stored"
                && (mail.text("subject").contains(words) || mail.text("text").contains(words));
            if (is_it) {
                found = { .entry = mail, .text = std::string(mail.text("text")) };
                return true;
            }
        }
        return false;
    };
    EXPECT_TRUE(eventually(search)) << "No mail to " << address << " with '" << words << "'.";
    return found;
}

bool Story::has_bell(std::string_view who, Id about)
{
    return eventually([&] {
        for (auto const& bell : rows(who, "cl_notifications?$filter=cl_isread eq false&$top=200")) {
            if (bell.text("cl_recordid") == about.to_string()) {
                return true;
            }
        }
        return false;
    });
}

// The maps screen compares every pair of rows, as `verify` does.
void Story::expect_both_sides_equal()
{
    auto const screen = done("ada", "cl_RetrieveMaps").body;
    EXPECT_FALSE(screen.array("maps").empty());
    for (auto const& map : screen.array("maps")) {
        if (map.integer("differences") == 0 && map.integer("waiting") == 0) {
            continue;
        }
        auto const found =
            done("ada", "cl_RetrieveMapDifferences", json::Object { { "Map", map.text("name") } });
        ADD_FAILURE() << map.text("name") << ": " << found.body.to_string();
    }
}

// Re-added from the postings: each voucher is zero, and so is the ledger.
void Story::expect_ledger_balances()
{
    std::map<std::string, std::int64_t> vouchers;
    for (auto const& entry : rows("ines",
             "GeneralJournalAccountEntries?$select=_voucherid_value,accountingdebitamount,"
             "accountingcreditamount")) {
        vouchers[std::string(entry.text("_voucherid_value"))] +=
            amount_of(entry, "accountingdebitamount").ten_thousandths
            - amount_of(entry, "accountingcreditamount").ten_thousandths;
    }
    for (auto const& [voucher, balance] : vouchers) {
        EXPECT_EQ(balance, 0) << "Voucher " << voucher;
    }
}

Amount Story::figure(std::string_view who, std::string_view id)
{
    auto const board = done(who, "cl_RetrieveSalesDashboard").body;
    for (auto const& shown : board.array("figures")) {
        if (shown.text("id") == id) {
            std::string digits;
            for (auto const character : shown.text("text")) {
                auto const is_number = (character >= '0' && character <= '9') || character == '.';
                digits += is_number ? std::string(1, character) : "";
            }
            auto const amount = Amount::parse(digits);
            EXPECT_TRUE(amount.has_value()) << shown.to_string();
            return amount.value_or(Amount {});
        }
    }
    ADD_FAILURE() << "The dashboard has no figure " << id;
    return {};
}

std::map<std::string, std::int64_t> Story::chain(std::string_view who)
{
    std::map<std::string, std::int64_t> counts;
    auto const board = done(who, "cl_RetrieveSalesDashboard").body;
    for (auto const& shown : board.array("chain")) {
        counts[std::string(shown.text("step"))] = shown.integer("count");
    }
    EXPECT_EQ(counts.size(), 5U) << board.to_string();
    return counts;
}

// The manager's dashboard has moved by what this part did, and by nothing else.
void Story::expect_dashboard_follows(std::map<std::string, std::int64_t> const& before)
{
    for (auto const& [step, count] : chain("sam")) {
        EXPECT_EQ(count - before.at(step), m_moves[step]) << step;
    }
    m_moves.clear();
}

void Story::play(std::vector<Part> const& parts)
{
    for (auto const& [name, part] : parts) {
        SCOPED_TRACE(name);
        auto const before = chain("sam");
        (this->*part)();
        expect_dashboard_follows(before);
        expect_both_sides_equal();
        expect_ledger_balances();
        // Later parts build on this one: what they would report is only its echo.
        if (::testing::Test::HasFailure()) {
            return;
        }
    }
}

std::vector<Story::Part> whole_story()
{
    return {
        { "the stage", &Story::set_the_stage },
        { "step 1", &Story::step_01_mona_asks_to_become_a_partner },
        { "step 2", &Story::step_02_the_request_is_a_lead_of_the_right_seller },
        { "step 3", &Story::step_03_the_seller_books_a_meeting },
        { "step 4", &Story::step_04_the_transcript_becomes_insights_and_a_mail },
        { "step 5", &Story::step_05_the_seller_qualifies },
        { "step 6", &Story::step_06_the_team_works_on_the_opportunity },
        { "step 7", &Story::step_07_products_become_a_quote },
        { "step 8", &Story::step_08_the_quote_becomes_an_order_and_the_deal_is_won },
        { "step 9", &Story::step_09_both_sides_are_equal },
        { "step 10", &Story::step_10_goods_go_out_and_an_invoice_follows },
        { "step 11", &Story::step_11_the_buyer_orders_again_and_pays },
        { "step 12", &Story::step_12_the_dashboard_has_followed },
    };
}

}
