#include "platform/mail/mime_message.h"

#include "core/text.h"
#include "platform/mail/mime_checks.h"
#include "platform/pages/clean_text.h"

#include <gmime/gmime.h>

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <mutex>

namespace cashline::mail {

namespace {

using pages::clean_line;
using pages::clean_text;

struct ReleaseObject {
    void operator()(gpointer object) const { g_object_unref(object); }
};
template<class T>
using Held = std::unique_ptr<T, ReleaseObject>;

struct FreeText {
    void operator()(char* text) const { g_free(text); }
};
using OwnedText = std::unique_ptr<char, FreeText>;

struct FreeFormat {
    void operator()(GMimeFormatOptions* options) const { g_mime_format_options_free(options); }
};

void initialise_library()
{
    static std::once_flag once;
    std::call_once(once, [] { g_mime_init(); });
}

std::string_view view(char const* text)
{
    return text == nullptr ? std::string_view {} : std::string_view(text);
}

std::string bytes_of(GMimeStream* stream)
{
    auto const* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    return { reinterpret_cast<char const*>(array->data), array->len };
}

// Building
// ------------------------------------------------------------------------------------------

class Builder {
public:
    explicit Builder(OutgoingMessage const& message)
        : m_message(message)
        , m_boundary_key(boundary_key(message))
    {
    }

    std::string build()
    {
        Held<GMimeMessage> mail(g_mime_message_new(FALSE));
        write_addresses(mail.get());
        write_fields(mail.get());
        auto const body = make_body();
        g_mime_message_set_mime_part(mail.get(), body.get());

        std::unique_ptr<GMimeFormatOptions, FreeFormat> format(g_mime_format_options_new());
        g_mime_format_options_set_newline_format(format.get(), GMIME_NEWLINE_FORMAT_DOS);
        g_mime_format_options_set_param_encoding_method(
            format.get(), GMIME_PARAM_ENCODING_METHOD_RFC2231);
        Held<GMimeStream> out(g_mime_stream_mem_new());
        g_mime_object_write_to_stream(GMIME_OBJECT(mail.get()), format.get(), out.get());
        return bytes_of(out.get());
    }

private:
    static void add(GMimeMessage* mail, GMimeAddressType type, Mailbox const& mailbox)
    {
        g_mime_message_add_mailbox(mail, type,
            mailbox.name.empty() ? nullptr : mailbox.name.c_str(), mailbox.address.c_str());
    }

    void write_addresses(GMimeMessage* mail) const
    {
        add(mail, GMIME_ADDRESS_TYPE_FROM, m_message.from);
        for (auto const& mailbox : m_message.to) {
            add(mail, GMIME_ADDRESS_TYPE_TO, mailbox);
        }
        for (auto const& mailbox : m_message.cc) {
            add(mail, GMIME_ADDRESS_TYPE_CC, mailbox);
        }
        if (m_message.reply_to) {
            add(mail, GMIME_ADDRESS_TYPE_REPLY_TO, *m_message.reply_to);
        }
    }

    void write_fields(GMimeMessage* mail) const
    {
        g_mime_message_set_subject(mail, m_message.subject.c_str(), "UTF-8");
        auto* const date = g_date_time_new_from_unix_utc(m_message.date.microseconds / 1'000'000);
        g_mime_message_set_date(mail, date);
        g_date_time_unref(date);
        g_mime_message_set_message_id(mail, m_message.message_id.c_str());
        auto* const object = GMIME_OBJECT(mail);
        if (!m_message.in_reply_to.empty()) {
            auto const value = fmt::format("<{}>", m_message.in_reply_to);
            g_mime_object_set_header(object, "In-Reply-To", value.c_str(), nullptr);
        }
        if (!m_message.references.empty()) {
            auto const value = fmt::format("<{}>", fmt::join(m_message.references, "> <"));
            g_mime_object_set_header(object, "References", value.c_str(), nullptr);
        }
        if (m_message.is_automatic) {
            g_mime_object_set_header(object, "Auto-Submitted", "auto-generated", nullptr);
            g_mime_object_set_header(object, "X-Auto-Response-Suppress", "All", nullptr);
        }
    }

    static Held<GMimeObject> make_part(
        std::string_view content_type, std::string const& bytes, GMimeContentEncoding encoding)
    {
        auto const slash = content_type.find('/');
        std::string const type(content_type.substr(0, slash));
        std::string const subtype(content_type.substr(slash + 1));
        auto* const part = g_mime_part_new_with_type(type.c_str(), subtype.c_str());
        Held<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
        Held<GMimeDataWrapper> content(
            g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
        g_mime_part_set_content(part, content.get());
        g_mime_part_set_content_encoding(part, encoding);
        return Held<GMimeObject>(GMIME_OBJECT(part));
    }

    static GMimeContentEncoding encoding_of(TextEncoding encoding)
    {
        switch (encoding) {
        case TextEncoding::plain:
            return GMIME_CONTENT_ENCODING_7BIT;
        case TextEncoding::quoted_printable:
            return GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
        case TextEncoding::base64:
            return GMIME_CONTENT_ENCODING_BASE64;
        }
        return GMIME_CONTENT_ENCODING_BASE64;
    }

    static Held<GMimeObject> make_text(std::string_view content_type, std::string_view text)
    {
        auto bytes = clean_text(text);
        if (!bytes.ends_with('\n')) {
            bytes += '\n'; // so that encodings and boundaries agree about the last line
        }
        auto const encoding = text_encoding(bytes);
        if (encoding == TextEncoding::base64) {
            bytes = with_crlf(bytes); // Inside base64 nobody else makes the canonical line ends.
        }
        auto part = make_part(content_type, bytes, encoding_of(encoding));
        g_mime_object_set_content_type_parameter(part.get(), "charset", "UTF-8");
        return part;
    }

    Held<GMimeObject> make_calendar() const
    {
        auto part =
            make_part("text/calendar", m_message.calendar->text, GMIME_CONTENT_ENCODING_BASE64);
        g_mime_object_set_content_type_parameter(part.get(), "charset", "UTF-8");
        g_mime_object_set_content_type_parameter(
            part.get(), "method", m_message.calendar->method.c_str());
        return part;
    }

    static Held<GMimeObject> make_attachment(Attachment const& attachment)
    {
        // A message/* part may not be encoded, so its lines and boundaries would be at our mercy.
        bool const is_mail = text::to_lower_ascii(attachment.content_type).starts_with("message/");
        auto part = make_part(is_mail ? "application/octet-stream" : attachment.content_type,
            attachment.bytes, GMIME_CONTENT_ENCODING_BASE64);
        g_mime_object_set_disposition(part.get(), attachment.is_inline ? "inline" : "attachment");
        g_mime_part_set_filename(GMIME_PART(part.get()), clean_line(attachment.file_name).c_str());
        if (!attachment.content_id.empty()) {
            g_mime_object_set_content_id(part.get(), attachment.content_id.c_str());
        }
        return part;
    }

    Held<GMimeObject> make_multipart(
        char const* subtype, std::vector<Held<GMimeObject>> const& parts)
    {
        auto* const multipart = g_mime_multipart_new_with_subtype(subtype);
        // Encoded text cannot contain "=_", so no content can look like a boundary.
        auto const boundary = fmt::format("=_{}_{}", m_boundary_key, m_boundary_count++);
        g_mime_multipart_set_boundary(multipart, boundary.c_str());
        for (auto const& part : parts) {
            g_mime_multipart_add(multipart, part.get());
        }
        return Held<GMimeObject>(GMIME_OBJECT(multipart));
    }

    Held<GMimeObject> make_html()
    {
        auto html = make_text("text/html", m_message.html);
        std::vector<Held<GMimeObject>> parts;
        for (auto const& attachment : m_message.attachments) {
            if (attachment.is_inline) {
                parts.push_back(make_attachment(attachment));
            }
        }
        if (parts.empty()) {
            return html;
        }
        parts.insert(parts.begin(), std::move(html));
        return make_multipart("related", parts);
    }

    Held<GMimeObject> make_body()
    {
        // 1. What a reader chooses from, simplest first; calendar programs look for the last one
        // here.
        std::vector<Held<GMimeObject>> alternatives;
        alternatives.push_back(make_text("text/plain", m_message.text));
        if (!m_message.html.empty()) {
            alternatives.push_back(make_html());
        }
        if (m_message.calendar) {
            alternatives.push_back(make_calendar());
        }
        auto body = alternatives.size() == 1 ? std::move(alternatives[0])
                                             : make_multipart("alternative", alternatives);

        // 2. Files; the invitation once more as a file for programs that do not look into
        // alternatives.
        std::vector<Held<GMimeObject>> parts;
        for (auto const& attachment : m_message.attachments) {
            if (!attachment.is_inline || m_message.html.empty()) {
                parts.push_back(make_attachment(attachment));
            }
        }
        if (m_message.calendar) {
            parts.push_back(make_attachment({ .file_name = "invite.ics",
                .content_type = "application/ics",
                .bytes = m_message.calendar->text }));
        }
        if (parts.empty()) {
            return body;
        }
        parts.insert(parts.begin(), std::move(body));
        return make_multipart("mixed", parts);
    }

    OutgoingMessage const& m_message;
    std::string m_boundary_key;
    int m_boundary_count {};
};

// Reading
// -------------------------------------------------------------------------------------------

std::string content_type_of(GMimeObject* part)
{
    OwnedText const type(g_mime_content_type_get_mime_type(g_mime_object_get_content_type(part)));
    return text::to_lower_ascii(clean_line(view(type.get())));
}

std::string decoded_bytes(GMimePart* part)
{
    auto* const content = g_mime_part_get_content(part);
    if (content == nullptr) {
        return {};
    }
    Held<GMimeStream> out(g_mime_stream_mem_new());
    g_mime_data_wrapper_write_to_stream(content, out.get());
    return bytes_of(out.get());
}

bool is_known_charset(char const* charset)
{
    auto const converter = g_mime_iconv_open("UTF-8", charset);
    if (converter == reinterpret_cast<iconv_t>(-1)) {
        return false;
    }
    g_mime_iconv_close(converter);
    return true;
}

// UTF-8 whatever the label says, if it is valid; else by the label; unlabelled bytes as
// Windows-1252.
std::string decoded_text(GMimePart* part)
{
    auto bytes = decoded_bytes(part);
    auto const* const label =
        g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
    auto const charset = text::to_lower_ascii(view(label));
    bool const may_be_stateful = charset.starts_with("iso-2022") || charset.starts_with("utf-16")
        || charset.starts_with("utf-7") || charset.starts_with("utf-32");
    if (text::is_valid_utf8(bytes) && !may_be_stateful) {
        return clean_text(bytes);
    }
    bool const is_usable =
        !charset.empty() && charset != "us-ascii" && charset != "ascii" && is_known_charset(label);
    if (charset == "utf-8" || !GMIME_IS_TEXT_PART(part)) {
        return clean_text(bytes);
    }
    if (!is_usable) {
        g_mime_text_part_set_charset(GMIME_TEXT_PART(part), "windows-1252");
    }
    OwnedText const converted(g_mime_text_part_get_text(GMIME_TEXT_PART(part)));
    return clean_text(view(converted.get()));
}

Mailbox mailbox_of(InternetAddress* address)
{
    return { .name = clean_line(view(internet_address_get_name(address))),
        .address = clean_line(
            view(internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)))) };
}

class Reader {
public:
    explicit Reader(ParseLimits const& limits) : m_limits(limits) { }

    Result<ReceivedMessage> read(GMimeMessage* mail)
    {
        read_fields(mail);
        read_headers(g_mime_object_get_header_list(GMIME_OBJECT(mail)));
        auto* const body = g_mime_message_get_mime_part(mail);
        if (body != nullptr) {
            TRY(read_part(body, 0));
        }
        promote_calendar_files();
        m_out.is_automatic = looks_automatic(m_out, body == nullptr ? "" : content_type_of(body));
        return std::move(m_out);
    }

private:
    void read_addresses(InternetAddressList* list, std::vector<Mailbox>& out, int depth = 0)
    {
        auto const count = list == nullptr ? 0 : internet_address_list_length(list);
        for (int i = 0; i < count && out.size() < m_limits.addresses_max; ++i) {
            auto* const address = internet_address_list_get_address(list, i);
            if (INTERNET_ADDRESS_IS_MAILBOX(address)) {
                out.push_back(mailbox_of(address));
            } else if (INTERNET_ADDRESS_IS_GROUP(address) && depth < 3) {
                read_addresses(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address)),
                    out, depth + 1);
            }
        }
    }

    std::optional<Mailbox> first_address(InternetAddressList* list)
    {
        std::vector<Mailbox> found;
        read_addresses(list, found);
        return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
    }

    static std::vector<std::string> read_ids(GMimeObject* mail, char const* header)
    {
        std::vector<std::string> ids;
        auto const* const value = g_mime_object_get_header(mail, header);
        if (value == nullptr) {
            return ids;
        }
        auto* const references = g_mime_references_parse(nullptr, value);
        auto const count = std::min(g_mime_references_length(references), 100);
        for (int i = 0; i < count; ++i) {
            ids.push_back(clean_line(view(g_mime_references_get_message_id(references, i))));
        }
        g_mime_references_free(references);
        return ids;
    }

    void read_fields(GMimeMessage* mail)
    {
        m_out.from = first_address(g_mime_message_get_from(mail));
        read_addresses(g_mime_message_get_to(mail), m_out.to);
        read_addresses(g_mime_message_get_cc(mail), m_out.cc);
        m_out.reply_to = first_address(g_mime_message_get_reply_to(mail));
        m_out.subject = clean_line(view(g_mime_message_get_subject(mail)));
        m_out.message_id = clean_line(view(g_mime_message_get_message_id(mail)));
        if (auto* const date = g_mime_message_get_date(mail); date != nullptr) {
            m_out.date = plausible_date(g_date_time_to_unix(date));
        }
        auto const replied = read_ids(GMIME_OBJECT(mail), "In-Reply-To");
        m_out.in_reply_to = replied.empty() ? std::string {} : replied.front();
        m_out.references = read_ids(GMIME_OBJECT(mail), "References");
    }

    void read_headers(GMimeHeaderList* headers)
    {
        auto const count = g_mime_header_list_get_count(headers);
        for (int i = 0; i < count && m_out.headers.size() < m_limits.headers_max; ++i) {
            auto* const header = g_mime_header_list_get_header_at(headers, i);
            m_out.headers.push_back({ clean_line(view(g_mime_header_get_name(header))),
                clean_line(view(g_mime_header_get_value(header))) });
        }
    }

    Result<void> read_part(GMimeObject* part, std::size_t depth)
    {
        if (++m_parts > m_limits.parts_max || depth > m_limits.depth_max) {
            return invalid(
                "mail_too_complex", "The message has too many parts or nests them too deeply.");
        }
        if (GMIME_IS_MULTIPART(part)) {
            auto* const multipart = GMIME_MULTIPART(part);
            for (int i = 0; i < g_mime_multipart_get_count(multipart); ++i) {
                TRY(read_part(g_mime_multipart_get_part(multipart, i), depth + 1));
            }
            return {};
        }
        if (GMIME_IS_MESSAGE_PART(part)) {
            read_forwarded(GMIME_MESSAGE_PART(part));
        } else if (GMIME_IS_PART(part)) {
            read_leaf(GMIME_PART(part));
        }
        return {};
    }

    // A mail inside the mail stays closed: it becomes a file.
    void read_forwarded(GMimeMessagePart* part)
    {
        auto* const inner = g_mime_message_part_get_message(part);
        if (inner == nullptr) {
            return;
        }
        Held<GMimeStream> out(g_mime_stream_mem_new());
        g_mime_object_write_to_stream(GMIME_OBJECT(inner), nullptr, out.get());
        auto const subject = clean_line(view(g_mime_message_get_subject(inner)));
        m_out.attachments.push_back({ .file_name = (subject.empty() ? "message" : subject) + ".eml",
            .content_type = "message/rfc822",
            .bytes = bytes_of(out.get()) });
    }

    void read_leaf(GMimePart* part)
    {
        auto const content_type = content_type_of(GMIME_OBJECT(part));
        bool const is_file =
            view(g_mime_object_get_disposition(GMIME_OBJECT(part))) == "attachment";
        auto const file_name = clean_line(view(g_mime_part_get_filename(part)));
        if (content_type == "text/calendar" && !is_file) {
            auto const* const method =
                g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "method");
            m_out.calendars.push_back({ to_upper(clean_line(view(method))), decoded_text(part) });
            return;
        }
        bool const is_body = (content_type == "text/plain" || content_type == "text/html")
            && !is_file && file_name.empty();
        if (is_body) {
            append_text(content_type == "text/html" ? m_out.html : m_out.text, decoded_text(part));
            return;
        }
        auto const content_id = clean_line(view(g_mime_part_get_content_id(part)));
        m_out.attachments.push_back({ .file_name = file_name,
            .content_type = content_type,
            .bytes = decoded_bytes(part),
            .content_id = content_id,
            .is_inline = !content_id.empty() && !is_file });
    }

    void append_text(std::string& out, std::string_view text)
    {
        if (!out.empty() && !out.ends_with('\n')) {
            out += '\n';
        }
        auto const room = m_limits.text_bytes_max - std::min(m_limits.text_bytes_max, out.size());
        auto const fitting = pages::utf8_prefix(text, room);
        m_out.is_truncated = m_out.is_truncated || fitting.size() < text.size();
        out += fitting;
    }

    // Some programs send the invitation as a file only.
    void promote_calendar_files()
    {
        if (!m_out.calendars.empty()) {
            return;
        }
        for (auto const& file : m_out.attachments) {
            bool const is_calendar = file.content_type == "application/ics"
                || file.content_type == "text/calendar"
                || text::to_lower_ascii(file.file_name).ends_with(".ics");
            if (is_calendar) {
                m_out.calendars.push_back({ {}, clean_text(file.bytes) });
            }
        }
    }

    ParseLimits const& m_limits;
    ReceivedMessage m_out {};
    std::size_t m_parts {};
};

Held<GMimeMessage> construct(std::string_view bytes)
{
    Held<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    Held<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    return Held<GMimeMessage>(g_mime_parser_construct_message(parser.get(), nullptr));
}

}

Result<std::string> build_message(OutgoingMessage const& message)
{
    TRY(check_outgoing(message));
    initialise_library();
    return Builder(message).build();
}

Result<ReceivedMessage> parse_message(std::string_view bytes, ParseLimits const& limits)
{
    if (text::trim(bytes).empty()) {
        return invalid("mail_empty", "The message is empty.");
    }
    if (bytes.size() > limits.bytes_max) {
        return invalid("mail_too_large", "The message is larger than this server accepts.");
    }
    initialise_library();
    auto mail = construct(bytes);
    if (auto const line_end = bytes.rfind('\n'); !mail && line_end != std::string_view::npos) {
        mail = construct(bytes.substr(0, line_end + 1)); // A mail cut inside a header's name.
    }
    if (!mail) {
        return invalid("mail_unreadable", "This is not an e-mail message.");
    }
    return Reader(limits).read(mail.get());
}

}
