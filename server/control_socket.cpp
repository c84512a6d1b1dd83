#include "server/control_socket.h"

#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace cashline::server {

namespace {

// A command with a file's content may be long, but not endless.
constexpr std::size_t request_bytes_max = 64 * 1'024 * 1'024;

std::string socket_path(std::string const& data_path) { return data_path + "/control.sock"; }

// The path of a socket is short by law; a long one is reached from its own folder.
Result<sockaddr_un> address_of(std::string const& path)
{
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        return invalid("data_path_too_long",
            "The path of the data folder is too long for its control socket: " + path);
    }
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}

bool send_all(int connection, std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const sent = ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool send_line(int connection, json::Value const& document)
{
    return send_all(connection, document.to_string() + "\n");
}

// The next line without its end; nothing when the connection ended first.
std::optional<std::string> receive_line(int connection, std::string& buffer)
{
    while (true) {
        if (auto const end = buffer.find('\n'); end != std::string::npos) {
            auto line = buffer.substr(0, end);
            buffer.erase(0, end + 1);
            return line;
        }
        char bytes[4'096];
        auto const count = ::recv(connection, bytes, sizeof bytes, 0);
        if (count <= 0 || buffer.size() > request_bytes_max) {
            return std::nullopt;
        }
        buffer.append(bytes, static_cast<std::size_t>(count));
    }
}

json::Value as_json(Result<CommandOutput> const& output)
{
    json::Value document { json::Object {} };
    if (output) {
        document.set("text", output->text);
        document.set("exitCode", output->exit_code);
        return document;
    }
    auto const& problem = output.error();
    json::Value error { json::Object {} };
    error.set("fault", static_cast<int>(problem.fault));
    error.set("code", problem.code);
    error.set("text", problem.text);
    error.set("column", problem.column);
    document.set("error", std::move(error));
    return document;
}

Result<CommandOutput> from_json(json::Value const& document)
{
    if (auto const* error = document.find("error")) {
        return std::unexpected(Error { .fault = static_cast<Fault>(error->integer("fault")),
            .code = std::string(error->text("code")),
            .text = std::string(error->text("text")),
            .column = std::string(error->text("column")) });
    }
    return CommandOutput { .text = std::string(document.text("text")),
        .exit_code = static_cast<int>(document.integer("exitCode")) };
}

}

Result<std::unique_ptr<ControlSocket>> ControlSocket::listen(
    std::string const& data_path, Handler handler)
{
    auto const path = socket_path(data_path);
    auto const address = TRY(address_of(path));
    ::unlink(path.c_str()); // left behind by a process that was killed; the lock is ours
    auto const socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto const is_listening = socket >= 0
        && ::bind(socket, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0
        && ::chmod(path.c_str(), 0600) == 0 && ::listen(socket, 8) == 0;
    if (!is_listening) {
        if (socket >= 0) {
            ::close(socket);
        }
        return internal("control_socket_failed", "Cannot listen on " + path + ".");
    }
    std::unique_ptr<ControlSocket> control(new ControlSocket(path, socket, std::move(handler)));
    return control;
}

ControlSocket::ControlSocket(std::string path, int socket, Handler handler)
    : m_path(std::move(path))
    , m_socket(socket)
    , m_handler(std::move(handler))
    , m_thread([this] { run(); })
{
}

ControlSocket::~ControlSocket()
{
    m_is_stopping = true;
    ::shutdown(m_socket, SHUT_RDWR);
    m_thread.join();
    ::close(m_socket);
    ::unlink(m_path.c_str());
}

void ControlSocket::run()
{
    while (!m_is_stopping) {
        pollfd waiting { .fd = m_socket, .events = POLLIN, .revents = 0 };
        if (::poll(&waiting, 1, 500) <= 0) {
            continue;
        }
        auto const connection = ::accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) {
            continue;
        }
        serve(connection);
        ::close(connection);
    }
}

void ControlSocket::serve(int connection)
{
    std::string buffer;
    auto const line = receive_line(connection, buffer);
    auto const request = line ? json::parse(*line) : Result<json::Value>(json::Value {});
    if (!line || !request) {
        return;
    }
    auto const* arguments = request->find("arguments");
    auto const output = m_handler(std::string(request->text("command")),
        Arguments(arguments ? *arguments : json::Value { json::Object {} }),
        [connection](std::string_view text) {
            send_line(connection, json::Object { { "progress", text } });
        });
    send_line(connection, as_json(output));
}

Result<CommandOutput> run_in_server(std::string const& data_path, std::string const& name,
    Arguments const& arguments, std::function<void(std::string_view)> const& progress)
{
    auto const address = TRY(address_of(socket_path(data_path)));
    auto const connection = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto const is_connected = connection >= 0
        && ::connect(connection, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0;
    auto result = Result<CommandOutput>(refuse(Fault::unavailable, "server_unreachable",
        "The process that has " + data_path
            + " open does not answer. Is it starting or stopping?"));
    json::Value const request { json::Object {
        { "command", name }, { "arguments", arguments.values() } } };
    if (is_connected && send_line(connection, request)) {
        std::string buffer;
        while (auto const line = receive_line(connection, buffer)) {
            auto const document = json::parse(*line);
            if (document && document->find("progress")) {
                progress(document->text("progress"));
            } else if (document) {
                result = from_json(*document);
                break;
            }
        }
    }
    if (connection >= 0) {
        ::close(connection);
    }
    return result;
}

}
