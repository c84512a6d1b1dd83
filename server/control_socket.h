// DIR/control.sock: how commands reach the server that has their company open. Only the owner of
// the folder can connect. One request per connection: a line of JSON in, lines of JSON out
// ({"progress"} while it runs, {"text","exitCode"} or {"error"} at the end).
#pragma once

#include "server/command.h"

#include <atomic>
#include <thread>

namespace cashline::server {

class ControlSocket {
public:
    using Handler = std::function<Result<CommandOutput>(
        std::string const& name, Arguments const&, std::function<void(std::string_view)> progress)>;

    static Result<std::unique_ptr<ControlSocket>> listen(
        std::string const& data_path, Handler handler);
    ~ControlSocket();

private:
    ControlSocket(std::string path, int socket, Handler handler);
    void run();
    void serve(int connection);

    std::string m_path;
    int m_socket;
    Handler m_handler;
    std::atomic<bool> m_is_stopping {};
    std::thread m_thread {};
};

// Sends a command to the server of that folder and waits for its end.
Result<CommandOutput> run_in_server(std::string const& data_path, std::string const& name,
    Arguments const& arguments, std::function<void(std::string_view)> const& progress);

}
