// Steps 1 to 4: from the shop to a meeting that was understood.
#include "core/text.h"
#include "tests/stories/story.h"

namespace cashline::story {

namespace {

constexpr std::int64_t accepted = 870000001;
constexpr std::int64_t tentative = 870000003;

std::string unfolded(std::string text)
{
    for (auto fold = text.find("\r\n "); fold != std::string::npos; fold = text.find("\r\n ")) {
        text.erase(fold, 3);
    }
    return text;
}

// The value of a calendar property, whatever its parameters.
std::string property(std::string const& calendar, std::string const& name)
{
    auto const at = calendar.find("\r\n" + name);
    auto const end = calendar.find("\r\n", at + 2);
    auto const line = at == std::string::npos ? "" : calendar.substr(at + 2, end - at - 2);
    auto const colon = line.find(':');
    return colon == std::string::npos ? "" : line.substr(colon + 1);
}

std::string path_of(std::string const& url)
{
    auto const host = url.find("://");
    return host == std::string::npos ? url : url.substr(url.find('/', host + 3));
}

Typed request_of(Plot const& plot)
{
    return { { "firstname", plot.first_name }, { "lastname", plot.last_name },
        { "company", plot.company }, { "email", plot.email }, { "phone", "+353 21 555 0199" },
        { "country", plot.country }, { "city", plot.city },
        { "product", plot.wishes.front().product }, { "message", plot.text }, { "website", "" } };
}

}

void Story::step_01_mona_asks_to_become_a_partner()
{
    auto const& product = m_plot.wishes.front().product;
    EXPECT_EQ(m_door.open(m_mona, "/shop/").status, 200);
    auto const listed = m_door.open(m_mona, "/shop/products?q=" + product);
    EXPECT_TRUE(listed.shows("/shop/products/" + product)) << listed.body;
    EXPECT_EQ(m_door.open(m_mona, "/shop/products/" + product).status, 200);

    auto const leads = count("ada", "leads?$filter=statecode eq 0");
    m_worklist = m_door.keep_open(m_plot.seller, "lead,cl_notification");
    auto const sent = m_door.submit(m_mona, "/shop/partner-request?product=" + product,
        "/shop/partner-request", request_of(m_plot));
    ASSERT_EQ(sent.status, 303) << sent.body;
    auto const mark = sent.location.find("reference=");
    ASSERT_NE(mark, std::string::npos) << sent.location;
    m_reference = sent.location.substr(mark + std::string_view("reference=").size());
    EXPECT_TRUE(m_door.open(m_mona, sent.location).shows(m_reference));
    // The lead was there when she was thanked.
    EXPECT_EQ(count("ada", "leads?$filter=statecode eq 0"), leads + 1);
    ++m_moves["lead"];
}

void Story::step_02_the_request_is_a_lead_of_the_right_seller()
{
    auto const found = only(m_plot.seller, "leads?$filter=cl_reference eq '" + m_reference + "'");
    m_lead = { "leads", id_of(found, "leadid") };
    EXPECT_TRUE(!m_worklist || m_worklist->hears_of(m_lead.id)) << "Her list stays as it was.";
    m_worklist.reset();
    EXPECT_EQ(found.text("_ownerid_value"), guid("systemuser", m_plot.seller));
    EXPECT_EQ(found.text("description"), m_plot.text);
    EXPECT_EQ(found.text("companyname"), m_plot.company);
    EXPECT_EQ(found.integer("leadsourcecode"), 8);
    EXPECT_FALSE(found.flag("cl_existingcustomer"));
    EXPECT_TRUE(has_bell(m_plot.seller, m_lead.id));
    EXPECT_TRUE(mail_to(m_plot.email, m_reference).is_found());
    // It is hers alone.
    expect_refused(m_door.get(m_plot.colleague, m_lead.address()), "ObjectDoesNotExist");
    an_existing_customer_asks();
}

// Somebody of a company we know asks in the shop: a lead that is tied to both, owned by whoever
// looks after the company, and qualified into an opportunity alone.
void Story::an_existing_customer_asks()
{
    auto const known = rows("sam",
        "contacts?$select=firstname,lastname,emailaddress1,_parentcustomerid_value,_ownerid_value"
        "&$filter=emailaddress1 ne null and _parentcustomerid_value ne null&$orderby=createdon"
        "&$top=1");
    ASSERT_EQ(known.size(), 1U);
    auto const& person = known.front();
    auto plot = m_plot;
    plot.first_name = person.text("firstname");
    plot.last_name = person.text("lastname");
    plot.email = person.text("emailaddress1");
    plot.company = "Somewhere else";
    Browser browser;
    auto const sent =
        m_door.submit(browser, "/shop/partner-request", "/shop/partner-request", request_of(plot));
    ASSERT_EQ(sent.status, 303) << sent.body;
    auto const reference = sent.location.substr(sent.location.find('=') + 1);
    auto const lead = only("sam", "leads?$filter=cl_reference eq '" + reference + "'");
    EXPECT_TRUE(lead.flag("cl_existingcustomer"));
    EXPECT_EQ(lead.text("_customerid_value"), person.text("_parentcustomerid_value"));
    EXPECT_EQ(lead.text("_parentcontactid_value"), person.text("contactid"));
    for (auto const* seller : { "daisy", "tom", "lena", "grace", "noah" }) {
        if (lead.text("_ownerid_value") == guid("systemuser", seller)) {
            qualify_for_existing_customer({ "leads", id_of(lead, "leadid") }, seller);
            return;
        }
    }
    ADD_FAILURE() << "Nobody we know owns the lead: " << lead.to_string();
}

void Story::qualify_for_existing_customer(Record const& lead, std::string const& owner)
{
    auto const accounts = count("ada", "accounts");
    auto const contacts = count("ada", "contacts");
    auto const preview = done(owner, "cl_PreviewQualification", {}, lead).body;
    EXPECT_EQ(preview.find("account")->text("action"), "reuse") << preview.to_string();
    EXPECT_EQ(preview.find("contact")->text("action"), "reuse") << preview.to_string();
    EXPECT_EQ(preview.find("opportunity")->text("action"), "create") << preview.to_string();
    auto const reply = done(owner, "QualifyLead",
        json::Object { { "CreateAccount", true }, { "CreateContact", true },
            { "CreateOpportunity", true }, { "Status", 3 } },
        lead);
    auto const qualified = row(owner, lead);
    ++m_moves["opportunity"];
    auto const deal =
        row(owner, { "opportunities", id_of(qualified, "_qualifyingopportunityid_value") });
    EXPECT_EQ(deal.text("_customerid_value"), qualified.text("_customerid_value"));
    EXPECT_EQ(count("ada", "accounts"), accounts);
    EXPECT_EQ(count("ada", "contacts"), contacts);
}

void Story::step_03_the_seller_books_a_meeting()
{
    auto const process = done(m_plot.seller, "cl_RetrieveProcess",
        json::Object { { "LogicalName", "lead" }, { "RecordId", m_lead.id.to_string() } })
                             .body;
    EXPECT_EQ(process.text("name"), "Lead to Opportunity Sales Process");
    for (auto const& stage : process.array("stages")) {
        if (stage.text("id") == process.text("activeStageId")) {
            EXPECT_EQ(stage.text("name"), m_deal.set.empty() ? "Qualify" : "Develop");
        }
    }
    auto const start = m_door.platform().environment().now().plus_seconds(3 * 86'400);
    m_meeting = made(m_plot.seller, "appointments",
        json::Object { { "subject", "Boards for " + m_plot.company },
            { "scheduledstart", start.to_string() },
            { "scheduledend", start.plus_seconds(3'600).to_string() }, { "isonlinemeeting", true },
            { "cl_agenda", "What you need, and when." },
            { "regardingobjectid_lead_appointment@odata.bind", m_lead.bind() },
            { "appointment_activity_parties",
                json::Array { json::Object { { "participationtypemask", 5 },
                    { "partyid_lead@odata.bind", m_lead.bind() } } } } });
    answer_the_invitation();
    guest_opens_the_meeting();
}

std::string Story::reply_mail(std::string const& state, std::string const& stamp) const
{
    auto const uid = property(m_calendar, "UID");
    auto const calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Mona//Mail//EN\r\n"
                          "METHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:"
        + uid + "\r\nDTSTAMP:" + stamp + "\r\nSEQUENCE:" + property(m_calendar, "SEQUENCE")
        + "\r\nDTSTART:" + property(m_calendar, "DTSTART")
        + "\r\nORGANIZER:" + property(m_calendar, "ORGANIZER") + "\r\nATTENDEE;PARTSTAT=" + state
        + ":mailto:" + m_plot.email + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    auto const organizer = property(m_calendar, "ORGANIZER");
    return "From: " + m_plot.email + "\r\nTo: " + organizer.substr(organizer.find(':') + 1)
        + "\r\nSubject: " + state + "\r\nMessage-ID: <" + state + stamp
        + "@mail.example>\r\nMIME-Version: 1.0\r\n"
          "Content-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\n"
        + calendar;
}

// First perhaps, by the mail server; then certainly, as a file that the seller opens.
void Story::answer_the_invitation()
{
    auto const invitation = mail_to(m_plot.email, "Boards for " + m_plot.company);
    ASSERT_TRUE(invitation.is_found());
    m_calendar = unfolded(m_door.download("ada", invitation.attachment("text/calendar")));
    EXPECT_TRUE(m_calendar.contains("METHOD:REQUEST")) << m_calendar;
    EXPECT_TRUE(m_calendar.contains("mailto:" + m_plot.email)) << m_calendar;
    auto const state = [&] {
        for (auto const& party : row(m_plot.seller, m_meeting,
                 "subject&$expand="
                 "appointment_activity_parties")
                 .array("appointment_activity_parties")) {
            if (party.integer("participationtypemask") == 5) {
                return party.integer("cl_partstat");
            }
        }
        return std::int64_t { -1 };
    };
    auto const stamp = [&](std::int64_t seconds) {
        auto text = m_door.platform().environment().now().plus_seconds(seconds).to_string();
        std::erase_if(text, [](char one) { return one == '-' || one == ':'; });
        return text.substr(0, 15) + "Z";
    };
    auto const handed_in = m_door.hand_in_mail(reply_mail("TENTATIVE", stamp(60)));
    EXPECT_EQ(handed_in.body.text("outcome"), "applied") << handed_in.body.to_string();
    EXPECT_EQ(state(), tentative);
    EXPECT_TRUE(has_bell(m_plot.seller, m_meeting.id));
    auto const opened = done(m_plot.seller, "cl_OpenCalendarFile",
        json::Object { { "FileName", "answer.eml" },
            { "Content", text::base64_encode(reply_mail("ACCEPTED", stamp(120))) } },
        m_meeting);
    EXPECT_EQ(opened.body.text("Outcome"), "applied") << opened.body.to_string();
    EXPECT_EQ(state(), accepted);
}

void Story::guest_opens_the_meeting()
{
    auto const link = std::string(
        row(m_plot.seller, m_meeting, "onlinemeetingjoinurl").text("onlinemeetingjoinurl"));
    EXPECT_TRUE(m_calendar.contains(link)) << link << "\n" << m_calendar;
    Browser guest;
    auto const page = m_door.open(guest, path_of(link));
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.shows("Boards for ")) << page.body;
    auto const entered = m_door.post(guest, path_of(link), { { "name", m_plot.first_name } });
    EXPECT_TRUE(entered.shows("Welcome, " + m_plot.first_name)) << entered.body;
    EXPECT_EQ(m_door.open(guest, "/meet/nothing").status, 404);
}

void Story::step_04_the_transcript_becomes_insights_and_a_mail()
{
    auto const seller = std::string(row(m_plot.seller,
        { "systemusers", Id::parse(guid("systemuser", m_plot.seller)).value() }, "fullname")
            .text("fullname"));
    auto const buyer = m_plot.first_name + " " + m_plot.last_name;
    auto const transcript = "WEBVTT\n\n00:00:00.000 --> 00:00:08.000\n<v " + seller
        + ">Hello, what do you need for the season?</v>\n\n00:00:09.000 --> 00:00:30.000\n<v "
        + buyer + ">We love your surfboards, they are great. But " + escaped(m_plot.competitor)
        + " offers a better price.</v>\n\n00:00:31.000 --> 00:00:40.000\n<v " + seller
        + ">I'll send you the price list tomorrow.</v>\n\n";
    auto const attach = [&](std::string const& content) {
        return m_door.call(m_plot.seller, "cl_AttachTranscript",
            json::Object {
                { "FileName", "meeting.vtt" }, { "Content", text::base64_encode(content) } },
            m_meeting);
    };
    expect_refused(attach(transcript.substr(0, transcript.find("<v " + buyer) + 5)), "vtt_torn");
    ASSERT_EQ(attach(transcript).code, "");
    auto const found = done(m_plot.seller, "cl_RetrieveInsights", {}, m_meeting).body;
    EXPECT_EQ(found.array("cues").size(), 3U);
    EXPECT_FALSE(found.array("sentiment").empty());
    EXPECT_NE(found.find("talkToListen")->find("sellerShare"), nullptr);
    ASSERT_FALSE(found.array("questions").empty());
    EXPECT_EQ(found.array("questions")[0].text("text"), "Hello, what do you need for the season?");
    EXPECT_FALSE(found.array("topics").empty());
    ASSERT_FALSE(found.array("competitors").empty());
    EXPECT_EQ(found.array("competitors")[0].text("name"), m_plot.competitor);
    ASSERT_FALSE(found.array("actionItems").empty());
    EXPECT_TRUE(found.array("actionItems")[0].text("text").contains("price list"));
    auto const task = done(m_plot.seller, "cl_CreateTaskFromActionItem",
        json::Object { { "ActionItemId", found.array("actionItems")[0].text("id") } }, m_meeting);
    EXPECT_EQ(row(m_plot.seller, { "tasks", id_of(task.body, "TaskId") }).integer("statecode"), 0);

    auto const drafted = done(m_plot.seller, "cl_DraftFollowUp", {}, m_meeting);
    Record const draft { "emails", id_of(drafted.body, "EmailId") };
    auto const subject = std::string(row(m_plot.seller, draft).text("subject"));
    auto const send = [&](std::string const& who) {
        return m_door.call(who, "SendEmail", json::Object { { "IssueSend", true } }, draft);
    };
    EXPECT_FALSE(send(m_plot.colleague).went_well());
    EXPECT_EQ(row(m_plot.seller, draft).integer("statecode"), 0);
    ASSERT_EQ(send(m_plot.seller).code, "");
    EXPECT_TRUE(mail_to(m_plot.email, subject).is_found());
    EXPECT_EQ(row(m_plot.seller, draft).integer("statecode"), 1);
}

}
